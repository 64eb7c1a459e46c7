/// Commands of other people's tools that ask a server what Hikkoshi asks it: for a ticket to its host, or for a second opinion.
@NullMarked
package hikkoshi.core.command;

import org.jspecify.annotations.NullMarked;
