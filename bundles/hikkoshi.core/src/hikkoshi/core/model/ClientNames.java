package hikkoshi.core.model;

import org.jspecify.annotations.Nullable;

/// Names under which people's mail programs reach a server, besides the one that Hikkoshi itself proves.
///
/// @param setup a name that leads to this server alone while the move lasts, e.g. `old.example.org`; set-up sheets hand it out
/// @param last the name that mail programs keep once the move is over, e.g. `mail.example.org`
public record ClientNames(@Nullable DomainName setup, @Nullable DomainName last) {
	public static final ClientNames NONE = new ClientNames(null, null);
}
