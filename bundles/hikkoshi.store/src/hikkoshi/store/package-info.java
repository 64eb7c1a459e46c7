/// Evidence in SQLite: one append-only, hash-chained file per project, shared by processes. The form on disk is in `docs/evidence.md`.
@NullMarked
package hikkoshi.store;

import org.jspecify.annotations.NullMarked;
