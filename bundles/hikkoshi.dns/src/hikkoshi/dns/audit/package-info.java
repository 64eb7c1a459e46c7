/// The audit of a domain's mail set-up: single checks with stable ids, each a pure judgement of what DNS says — the live one, or a planned zone before
/// it is public.
@NullMarked
package hikkoshi.dns.audit;

import org.jspecify.annotations.NullMarked;
