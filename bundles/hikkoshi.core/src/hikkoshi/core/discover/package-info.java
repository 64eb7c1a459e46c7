/// What a name's mail set-up *is* today: everything that DNS, HTTP and the mail ports say of a host or domain, gathered as evidence, and the
/// server entries of `migration.yaml` that follow from it. The questions themselves are probes of the leaves.
@NullMarked
package hikkoshi.core.discover;

import org.jspecify.annotations.NullMarked;
