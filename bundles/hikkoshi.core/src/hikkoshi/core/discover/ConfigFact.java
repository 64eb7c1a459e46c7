package hikkoshi.core.discover;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Security;

/// One thing that a set-up document on the web says: a row of the table of `discover.autoconfig` and `discover.autodiscover`.
///
/// @param kind a place that was asked, or a server that its document names
/// @param url where the document was asked for, or found
/// @param status of a place: the HTTP status, or the id of the reason why there was none; of a server: empty
/// @param proven whether TLS has proven who said it
/// @param speech null for a server of another kind (Exchange's own protocol), and for a place
/// @param host as the document names it; empty for a place
/// @param authentication the document's word, e.g. `password-cleartext`
/// @param user how login names are made, e.g. `%EMAILADDRESS%`
/// @param words what else the answer said, e.g. the login schemes of a 401
public record ConfigFact(
		Kind kind, String url, String status, boolean proven, @Nullable Speech speech, String host, int port, Security security,
		String authentication, String user, String words) {
	/// What a row says.
	public enum Kind {
		ASKED,
		SERVER
	}

	private static final List<String> COLUMNS = List.of("found.kind", "found.url", "found.status", "found.proven", "found.protocol", "found.host",
			"found.port", "found.security", "found.authentication", "found.user", "found.words");
	private static final String YES = "yes";

	public static ConfigFact asked(String url, String status, boolean proven, String words) {
		return new ConfigFact(Kind.ASKED, url, status, proven, null, "", 0, Security.NONE, "", "", words);
	}

	public static ConfigFact server(String url, boolean proven, Speech speech, String host, int port, Security security, String authentication, String user) {
		return new ConfigFact(Kind.SERVER, url, "", proven, speech, host, port, security, authentication, user, "");
	}

	/// The server's name, if a host can be called so.
	public Optional<DomainName> target() {
		return kind == Kind.SERVER ? Hosts.name(host) : Optional.empty();
	}

	public static Facts.Table table(List<ConfigFact> facts) {
		return new Facts.Table(COLUMNS,
				facts.stream().map(f -> List.of(FactRows.token(f.kind), f.url, f.status, f.proven ? YES : "no", f.speech == null ? "" : f.speech.token(), f.host,
						f.port == 0 ? "" : String.valueOf(f.port), f.kind == Kind.SERVER ? f.security.token() : "", f.authentication, f.user, f.words)).toList());
	}

	public static List<ConfigFact> read(Facts facts) {
		return FactRows.read(facts,
				row -> new ConfigFact(row.word("found.kind", Kind.class, Kind.ASKED), row.cell("found.url"), row.cell("found.status"),
						row.cell("found.proven").equals(YES), Speech.of(row.cell("found.protocol")).orElse(null), row.cell("found.host"), row.number("found.port"),
						Security.of(row.cell("found.security")).orElse(Security.NONE), row.cell("found.authentication"), row.cell("found.user"),
						row.cell("found.words")));
	}
}
