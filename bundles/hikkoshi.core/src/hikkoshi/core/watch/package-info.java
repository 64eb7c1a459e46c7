/// The verdict on propagation: whether mail for a domain arrives only on the new side, and how that is known. Pure: ledger, arrivals, canaries and `now` are
/// arguments. Says ENDED only when every condition is proven; what nobody has seen is never taken for good.
@NullMarked
package hikkoshi.core.watch;

import org.jspecify.annotations.NullMarked;
