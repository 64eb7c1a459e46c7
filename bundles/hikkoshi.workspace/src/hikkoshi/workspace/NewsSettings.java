package hikkoshi.workspace;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.report.Notifier;

/// Whom the watches of this workspace tell, as a person has set it. Kept in the workspace and never in a project: who opens a stranger's project must not run
/// the stranger's programs.
///
/// @param popup whether the window shows it
/// @param program to run, as written; empty for none
/// @param webhook `https://` address, as written; empty for none
/// @param mailTo whom to mail, as written; empty for nobody. Never from a project: a stranger's project mails nobody
/// @param mailVia key of the account outside, of the migration that is watched, which sends it
public record NewsSettings(boolean popup, String program, String webhook, String mailTo, String mailVia) {
	private static final String NODE = "hikkoshi.workspace/watch-news";
	private static final String POPUP = "popup";
	private static final String PROGRAM = "program";
	private static final String WEBHOOK = "webhook";
	private static final String MAIL_TO = "mail-to";
	private static final String MAIL_VIA = "mail-via";

	/// What a new workspace has.
	public static final NewsSettings DEFAULT = new NewsSettings(true, "", "", "", "");

	private static Preferences node() {
		return InstanceScope.INSTANCE.getNode(NODE);
	}

	/// As they are set now.
	public static NewsSettings known() {
		return new NewsSettings(node().getBoolean(POPUP, true), node().get(PROGRAM, ""), node().get(WEBHOOK, ""), node().get(MAIL_TO, ""), node().get(MAIL_VIA, ""));
	}

	/// @throws BackingStoreException when they could not be kept
	public void keep() throws BackingStoreException {
		node().putBoolean(POPUP, popup);
		node().put(PROGRAM, program.strip());
		node().put(WEBHOOK, webhook.strip());
		node().put(MAIL_TO, mailTo.strip());
		node().put(MAIL_VIA, mailVia.strip());
		node().flush();
	}

	/// Whether the program is none, or one that may be run.
	public boolean isProgramGood() {
		return program.isBlank() || path().isPresent();
	}

	/// Whether the address is none, or one of the web over TLS.
	public boolean isWebhookGood() {
		return webhook.isBlank() || uri().isPresent();
	}

	/// Whether nobody is to be mailed, or a good address by an account.
	public boolean isMailGood() {
		return mailTo.isBlank() && mailVia.isBlank() || address().isPresent() && !mailVia.isBlank();
	}

	/// Whom to mail, where that is complete.
	public Optional<EmailAddress> address() {
		try {
			return mailTo.isBlank() || mailVia.isBlank() ? Optional.empty() : Optional.of(EmailAddress.parse(mailTo.strip()));
		} catch (IllegalArgumentException e) {
			return Optional.empty();
		}
	}

	/// Who tells those outside; what is not good is left out.
	public Notifier notifier() {
		return new Notifier(path().orElse(null), uri().orElse(null));
	}

	private Optional<Path> path() {
		try {
			return program.isBlank() ? Optional.empty() : Optional.of(Path.of(program.strip())).filter(path -> path.isAbsolute() && Files.isExecutable(path) && !Files.isDirectory(path));
		} catch (InvalidPathException e) {
			return Optional.empty();
		}
	}

	private Optional<URI> uri() {
		try {
			return Optional.of(URI.create(webhook.strip())).filter(uri -> "https".equals(uri.getScheme()) && uri.getHost() != null);
		} catch (IllegalArgumentException e) {
			return Optional.empty();
		}
	}
}
