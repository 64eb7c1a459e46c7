/// A certification authority that lives only in memory and for one rehearsal, and the server certificates that it issues.
@NullMarked
package hikkoshi.rehearsal.tls;

import org.jspecify.annotations.NullMarked;
