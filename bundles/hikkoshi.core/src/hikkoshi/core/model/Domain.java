package hikkoshi.core.model;

/// A DNS domain that moves.
///
/// @param wave key of the wave it cuts over with
/// @param oldServer key of its server on the OLD side
/// @param newServer key of its server on the NEW side
/// @param dkim selectors of its DKIM keys, as far as a person named them
public record Domain(DomainName name, String wave, String oldServer, String newServer, DkimSelectors dkim) implements Target {
	/// Whose selectors nobody named.
	public Domain(DomainName name, String wave, String oldServer, String newServer) {
		this(name, wave, oldServer, newServer, DkimSelectors.NONE);
	}

	@Override
	public Id id() {
		return new Id("domain:" + name);
	}

	public String server(Side side) {
		return side == Side.OLD ? oldServer : newServer;
	}
}
