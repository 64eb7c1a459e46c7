/// When the old answer must be gone: TTL arithmetic over everything that was heard from authoritative servers and caches. Pure.
@NullMarked
package hikkoshi.core.ledger;

import org.jspecify.annotations.NullMarked;
