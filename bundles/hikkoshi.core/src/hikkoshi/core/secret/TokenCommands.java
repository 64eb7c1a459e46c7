package hikkoshi.core.secret;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.model.Authentication.OAuth;
import hikkoshi.core.model.Server;

/// Secrets, and the programs that print access tokens for some servers. Outermost around all other places: what a person has named a program for
/// is asked of nobody else.
///
/// @param commands by the server's key
public record TokenCommands(Map<String, TokenCommand> commands, Secrets secrets) implements Secrets {
	public TokenCommands {
		commands = Map.copyOf(commands);
	}

	/// Whether a program may speak for a server: it logs in with access tokens, and no token endpoint gives them.
	public static boolean fit(Server server) {
		return server.authentication() instanceof OAuth(OAuth.Refresh refresh) && refresh == null;
	}

	@Override
	public Optional<TokenCommand> tokenCommand(String server) {
		return Optional.ofNullable(commands.get(server));
	}

	@Override
	public Optional<Secret> find(CredentialId id) throws IOException {
		return secrets.find(id);
	}

	/// A program is trusted to know everybody: whether it does, running it says.
	@Override
	public boolean knows(CredentialId id) throws IOException {
		return commands.containsKey(id.server()) || secrets.knows(id);
	}

	@Override
	public void store(CredentialId id, Secret secret) throws IOException {
		secrets.store(id, secret);
	}

	@Override
	public boolean replace(CredentialId id, Secret secret) throws IOException {
		return secrets.replace(id, secret);
	}

	@Override
	public void remove(CredentialId id) throws IOException {
		secrets.remove(id);
	}

	@Override
	public boolean writable() {
		return secrets.writable();
	}
}
