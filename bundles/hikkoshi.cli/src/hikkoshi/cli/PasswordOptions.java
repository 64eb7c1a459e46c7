package hikkoshi.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.ServerNameVault;
import hikkoshi.core.secret.TokenCommand;
import hikkoshi.core.secret.TokenCommands;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Option;

/// Where a headless run takes passwords from: a file with mode 0600, the environment, the platform's secure storage, a person. Never the
/// command line, which every user of the machine can read. And which programs print access tokens.
final class PasswordOptions {
	@Option(names = "--passwords", paramLabel = "FILE", descriptionKey = "passwords")
	private @Nullable Path file;

	@Option(names = "--ask", descriptionKey = "ask")
	private boolean ask;

	@Option(names = "--token-command", paramLabel = "SERVER=PROGRAM", descriptionKey = "token-command")
	private List<String> tokenCommands = new ArrayList<>();

	/// The sources in the order in which they are asked. A person is asked here and now.
	Secrets secrets(Face face, Migration migration, List<ProbeTask<?>> tasks, Phrases words) throws IOException, CommandFailure {
		List<Secrets> sources = new ArrayList<>();
		if (file != null) {
			sources.add(PasswordFile.read(file, words));
		}
		sources.add(new EnvironmentPasswords(System.getenv()));
		face.services().vaults().forEach(vault -> sources.add(new ServerNameVault(migration, vault)));
		Map<String, TokenCommand> programs = new TokenPrograms(System.getenv(), tokenCommands).of(migration, words);
		if (ask) {
			sources.add(AskedPasswords.ask(wanted(tasks), new TokenCommands(programs, new SecretChain(sources)), face.terminal(), words));
		}
		return new TokenCommands(programs, new SecretChain(sources));
	}

	private static Set<CredentialId> wanted(List<ProbeTask<?>> tasks) {
		Set<CredentialId> wanted = new LinkedHashSet<>();
		for (ProbeTask<?> task : tasks) {
			if (task.target() instanceof Account account) {
				wanted.add(CredentialId.of(account));
			}
		}
		return wanted;
	}
}
