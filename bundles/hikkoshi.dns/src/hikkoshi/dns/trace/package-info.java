/// The way from the root to a name, with every server of every zone on it asked: what is wrong with the delegations.
@NullMarked
package hikkoshi.dns.trace;

import org.jspecify.annotations.NullMarked;
