/// What every embedded server needs below its protocol: threads and sockets that end together.
@NullMarked
package hikkoshi.rehearsal.net;

import org.jspecify.annotations.NullMarked;
