package hikkoshi.core.format;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Recipient;

/// Reads e-mail addresses out of files by the thousand, with the bounds that files need. Remembers the domains it has seen, since a roster
/// names few of them often. For one thread.
public final class Addresses {
	/// RFC 5321, 4.5.3.1.3, and room for Unicode.
	static final int LONGEST = 320;
	private static final int MOST_DOMAINS = 20_000;
	/// A power of two.
	private static final int RECENT = 1_024;

	private final Map<String, @Nullable DomainName> domains = new HashMap<>();
	/// Domains as they were written lately, each at a place that follows from its letters: found without cutting the text, which saves a
	/// twentieth of the garbage of an import.
	private final @Nullable String[] spellings = new @Nullable String[RECENT];
	private final @Nullable DomainName[] recent = new @Nullable DomainName[RECENT];

	/// The address of a mailbox, an alias, a group or a forwarder; blanks around it do not matter.
	///
	/// @return empty when it is none, when its domain is a number (an IP address, or a mistyped one), or when it is too long
	public Optional<EmailAddress> parse(String written) {
		String text = written.strip();
		int at = text.lastIndexOf('@');
		if (at <= 0 || text.length() > LONGEST) {
			return Optional.empty();
		}
		DomainName domain = domain(text, at + 1);
		if (domain == null || !isPrintable(text)) {
			return Optional.empty();
		}
		try {
			return Optional.of(EmailAddress.of(text, domain));
		} catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}

	/// An address, or `@example.org` and `*@example.org` for a whole domain, which both become `*@example.org` ([Recipient#ANY]).
	public Optional<EmailAddress> parseAny(String written) {
		String text = written.strip();
		return parse(text.startsWith("@") ? Recipient.ANY + text : text);
	}

	private @Nullable DomainName domain(String text, int from) {
		int hash = 0;
		for (int i = from; i < text.length(); i++) {
			hash = 31 * hash + text.charAt(i);
		}
		int place = (hash ^ hash >>> 16) & RECENT - 1;
		String spelling = spellings[place];
		if (spelling != null && spelling.length() == text.length() - from && text.startsWith(spelling, from)) {
			return recent[place];
		}
		String written = text.substring(from);
		DomainName domain = domain(written).orElse(null);
		if (domain != null) {
			spellings[place] = written;
			recent[place] = domain;
		}
		return domain;
	}

	/// A domain that could receive mail.
	public Optional<DomainName> domain(String text) {
		DomainName known = domains.get(text);
		if (known != null || domains.containsKey(text)) {
			return Optional.ofNullable(known);
		}
		Optional<DomainName> domain = Hosts.name(text).filter(name -> !Hosts.isNumeric(name));
		if (domains.size() < MOST_DOMAINS) {
			domains.put(text, domain.orElse(null));
		}
		return domain;
	}

	/// Whether an address stands for all those of its domain.
	public static boolean isCatchAll(EmailAddress address) {
		return address.toString().startsWith(Recipient.ANY + "@");
	}

	/// Whether a text can be a login name.
	public static boolean isUser(String user) {
		return user.length() <= LONGEST && isPrintable(user);
	}

	/// Whether it fits on one line of a dialogue: no control characters, no line separators, nothing that could not be decoded.
	public static boolean isPrintable(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < ' ' || c >= 0x7f && (c <= 0x9f || c == 0x2028 || c == 0x2029 || c == 0xfffd)) {
				return false;
			}
		}
		return true;
	}
}
