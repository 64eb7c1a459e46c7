/// Drives the rehearsal servers with raw sockets.
@NullMarked
package hikkoshi.rehearsal.tests;

import org.jspecify.annotations.NullMarked;
