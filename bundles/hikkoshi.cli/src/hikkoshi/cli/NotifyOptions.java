package hikkoshi.cli;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.report.Notifier;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Option;

/// Whom a watch tells when a verdict changes. Never from a file of the project: who opens a stranger's project runs nothing of the stranger's.
final class NotifyOptions {
	@Option(names = "--notify", paramLabel = "PROGRAM", descriptionKey = "watch.notify")
	private @Nullable Path program;

	@Option(names = "--webhook", paramLabel = "URL", descriptionKey = "watch.webhook")
	private @Nullable String webhook;

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
