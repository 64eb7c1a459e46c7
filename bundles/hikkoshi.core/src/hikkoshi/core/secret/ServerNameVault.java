package hikkoshi.core.secret;

import java.io.IOException;
import java.util.Optional;

import hikkoshi.core.model.Authentication.OAuth;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;

/// Keeps passwords under a server's DNS name instead of its key in one migration. Keys like `old` repeat from customer to customer: in a
/// vault that all migrations share, a key alone would hand one customer's password to another one's server.
///
/// @param migration says which key is which server; an unknown key finds nothing
/// @param vault shared by all migrations of a person
public record ServerNameVault(Migration migration, Secrets vault) implements Secrets {
	@Override
	public Optional<Secret> find(CredentialId id) throws IOException {
		Optional<CredentialId> named = place(id);
		return named.isPresent() ? vault.find(named.get()) : Optional.empty();
	}

	@Override
	public void store(CredentialId id, Secret secret) throws IOException {
		vault.store(place(id).orElseThrow(() -> new IOException("no server " + id.server() + " in this migration")), secret);
	}

	@Override
	public void remove(CredentialId id) throws IOException {
		Optional<CredentialId> named = place(id);
		if (named.isPresent()) {
			vault.remove(named.get());
		}
	}

	@Override
	public boolean writable() {
		return vault.writable();
	}

	/// Where a secret of this migration lies in the vault; empty for a server that the migration does not have.
	public Optional<CredentialId> place(CredentialId id) {
		return migration.server(id.server()).map(ServerNameVault::place)
				.or(() -> migration.policy().canary().outside().stream().filter(sender -> sender.key().equals(id.server())).map(sender -> sender.name().ascii()).findFirst())
				.map(place -> new CredentialId(place, id.user()));
	}

	/// A refresh token goes to a token endpoint, and which one a project file says. It is kept under both names, so that a stranger's project that
	/// names a server of ours and an endpoint of its own finds nothing to send there.
	private static String place(Server server) {
		return server.authentication() instanceof OAuth(OAuth.Refresh refresh) && refresh != null ? server.name().ascii() + " " + refresh.tokenEndpoint()
				: server.name().ascii();
	}
}
