package hikkoshi.core.discover;

import java.util.List;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.model.Security;

/// What is at one port of one address, asked under one name: the row of the table of `discover.port`. Its judgement is the evidence's reason.
///
/// @param name what TLS was asked for
/// @param speech null when nothing that is known here speaks
/// @param security TLS or STARTTLS when a handshake came to its end (whatever the certificate), else NONE
/// @param version of TLS, e.g. `TLSv1.3`
/// @param names in the certificate, separated by blanks
/// @param from ISO 8601, like `until`
/// @param sha256 of the certificate
/// @param verdict `ok` when the certificate is trusted for the name; else the id of what is wrong
/// @param greeting the server's first line, escaped
/// @param capabilities what it offers (with TLS, if there is any), separated by `; `
public record PortFact(
		String address, int port, String name, State state, @Nullable Speech speech, Security security, String version, String names, String issuer, String from,
		String until, String sha256, String verdict, String greeting, String capabilities) {
	/// Is somebody there.
	public enum State {
		OPEN,
		/// The host says that nobody is.
		CLOSED,
		/// No answer to the knock, or no way to the address.
		SILENT,
		/// Open, and nothing that could be understood.
		OTHER
	}

	public static final String OK = "ok";
	private static final List<String> COLUMNS = List.of("found.address", "found.port", "found.name", "found.state", "found.protocol", "found.security",
			"found.tls", "found.names", "found.issuer", "found.from", "found.until", "found.sha256", "found.verdict", "found.greeting", "found.capabilities");

	public static PortFact nothing(String address, int port, String name, State state, String verdict) {
		return new PortFact(address, port, name, state, null, Security.NONE, "", "", "", "", "", "", verdict, "", "");
	}

	/// Whether the name that was asked for is proven by the certificate and a trusted chain.
	public boolean proven() {
		return security != Security.NONE && verdict.equals(OK);
	}

	public static Facts.Table table(PortFact f) {
		return new Facts.Table(COLUMNS, List.of(List.of(f.address, String.valueOf(f.port), f.name, FactRows.token(f.state), f.speech == null ? "" : f.speech.token(),
				f.security.token(), f.version, f.names, f.issuer, f.from, f.until, f.sha256, f.verdict, f.greeting, f.capabilities)));
	}

	public static List<PortFact> read(Facts facts) {
		return FactRows.read(facts,
				row -> new PortFact(row.cell("found.address"), row.number("found.port"), row.cell("found.name"), row.word("found.state", State.class, State.OTHER),
						Speech.of(row.cell("found.protocol")).orElse(null), Security.of(row.cell("found.security")).orElse(Security.NONE), row.cell("found.tls"),
						row.cell("found.names"), row.cell("found.issuer"), row.cell("found.from"), row.cell("found.until"), row.cell("found.sha256"),
						row.cell("found.verdict"), row.cell("found.greeting"), row.cell("found.capabilities")));
	}
}
