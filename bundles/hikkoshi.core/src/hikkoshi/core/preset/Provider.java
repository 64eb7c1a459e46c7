package hikkoshi.core.preset;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;

/// A big mail provider as it describes itself. Its machines are shared and stand at many changing addresses: what is proven at one address holds for the
/// provider, not for that machine.
///
/// @param id e.g. `gmail`
/// @param title as people call it; a name, so the same in every language
/// @param hosts names of its machines in lower case; `*.` at the beginning stands for every name below
/// @param logins SASL mechanisms, or `APP-PASSWORD` for a password made for one program
public record Provider(String id, String title, List<String> hosts, Sourced<List<Door>> doors, Sourced<List<String>> logins, Map<Limit, Sourced<Long>> limits) {
	public Provider {
		hosts = List.copyOf(hosts);
		limits = Map.copyOf(limits);
	}

	/// A fact with where and when it was read.
	public record Sourced<T>(T fact, String source, LocalDate read) {}

	/// Where mail programs connect.
	public record Door(DomainName host, Endpoint endpoint) {}

	/// What a provider may limit, for each account.
	public enum Limit {
		/// IMAP connections at a time.
		CONNECTIONS,
		/// Sessions of submission at a time.
		SUBMISSIONS,
		/// Read over IMAP in a day.
		DOWNLOAD_MB,
		/// Written over IMAP in a day: what a copy into it must keep to.
		UPLOAD_MB,
		/// The longest message.
		MESSAGE_BYTES,
		MESSAGES_A_MINUTE,
		MESSAGES_A_DAY,
		RECIPIENTS_A_DAY;

		/// e.g. `upload-mb`
		public String token() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}
	}

	/// Whether a machine of that name is the provider's.
	public boolean has(DomainName host) {
		String name = host.ascii().toLowerCase(Locale.ROOT);
		return hosts.stream().anyMatch(pattern -> pattern.startsWith("*.") ? name.endsWith(pattern.substring(1)) : name.equals(pattern));
	}

	public Optional<Sourced<Long>> limit(Limit limit) {
		return Optional.ofNullable(limits.get(limit));
	}
}
