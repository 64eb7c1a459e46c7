package hikkoshi.cli;

import java.security.SecureRandom;
import java.util.function.Supplier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.report.NewsMail;
import hikkoshi.core.report.NewsPost;
import hikkoshi.core.report.Notifier;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Option;

/// Whom a watch tells when a verdict changes. Never from a file of the project: who opens a stranger's project runs nothing of the stranger's.
final class NotifyOptions {
	@Option(names = "--notify", paramLabel = "PROGRAM", descriptionKey = "watch.notify")
	private @Nullable Path program;

	@Option(names = "--webhook", paramLabel = "URL", descriptionKey = "watch.webhook")
	private @Nullable String webhook;

	@Option(names = "--mail-via", paramLabel = "KEY", descriptionKey = "watch.mail-via")
	private @Nullable String via;

	@Option(names = "--mail-to", paramLabel = "ADDRESS", descriptionKey = "watch.mail-to")
	private @Nullable String to;

	/// @return null when nobody wants mail
	/// @throws CommandFailure for an account or an address that is none
	@Nullable NewsMail mail(Migration migration, Supplier<NewsPost> post, Phrases words) throws CommandFailure {
		String key = via;
		if (key == null) {
			if (to != null) {
				throw new CommandFailure(ExitCode.USAGE, words.say("watch.mail-via-missing"));
			}
			return null;
		}
		OutsideSender by = migration.policy().canary().outside().stream().filter(sender -> sender.key().equals(key)).findFirst()
				.orElseThrow(() -> new CommandFailure(ExitCode.USAGE, words.say("watch.no-mail-account", key)));
		String address = to;
		try {
			return new NewsMail(post.get(), by, address == null ? by.from() : EmailAddress.parse(address), _ -> CanaryToken.invent(new SecureRandom()).text(), words);
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("watch.no-mail-address", String.valueOf(address)));
		}
	}

	Notifier notifier(Phrases words) throws CommandFailure {
		Path executable = program == null ? null : program.toAbsolutePath();
		if (executable != null && !Files.isExecutable(executable)) {
			throw new CommandFailure(ExitCode.USAGE, words.say("watch.no-program", executable));
		}
		return new Notifier(executable, webhook == null ? null : uri(webhook, words));
	}

	private static URI uri(String text, Phrases words) throws CommandFailure {
		try {
			URI uri = URI.create(text);
			if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
				return uri;
			}
		} catch (IllegalArgumentException e) {
			// said below
		}
		throw new CommandFailure(ExitCode.USAGE, words.say("watch.no-webhook", text));
	}
}
