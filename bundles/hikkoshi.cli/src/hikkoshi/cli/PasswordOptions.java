package hikkoshi.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Migration;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.ServerNameVault;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Option;

/// Where a headless run takes passwords from: a file with mode 0600, the environment, the platform's secure storage, a person. Never the
/// command line, which every user of the machine can read.
final class PasswordOptions {
	@Option(names = "--passwords", paramLabel = "FILE", descriptionKey = "passwords")
	private @Nullable Path file;

	@Option(names = "--ask", descriptionKey = "ask")
	private boolean ask;

	/// The sources in the order in which they are asked.
	Secrets secrets(Services services, Migration migration, Terminal terminal, Phrases words) throws IOException, CommandFailure {
		List<Secrets> sources = new ArrayList<>();
		if (file != null) {
			sources.add(PasswordFile.read(file, words));
		}
		sources.add(new EnvironmentPasswords(System.getenv()));
		services.vaults().forEach(vault -> sources.add(new ServerNameVault(migration, vault)));
		if (ask) {
			sources.add(new AskedPasswords(terminal, words));
		}
		return new SecretChain(sources);
	}
}
