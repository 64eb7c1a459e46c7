package hikkoshi.core.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import hikkoshi.core.model.IpText;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsOptions;
import hikkoshi.core.probe.DnsQuestion;

/// The same question as a command line of another tool, for a shell: whatever a name holds, it stays one word.
public final class DigCommand {
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

	private DigCommand() {}

	/// For BIND's `dig`, 9.20 for TLS and HTTPS.
	public static String dig(DnsQuestion question) {
		return command("dig", question, "norecurse");
	}

	/// For Knot's `kdig`.
	public static String kdig(DnsQuestion question) {
		return command("kdig", question, "nordflag");
	}

	private static String command(String tool, DnsQuestion question, String noRecursion) {
		NameServer server = question.server();
		DnsOptions options = question.options();
		List<String> words = new ArrayList<>(List.of(tool, "@" + IpText.of(server.address())));
		if (server.port() != server.transport().port()) {
			words.addAll(List.of("-p", String.valueOf(server.port())));
		}
		switch (server.transport()) {
			case UDP -> {
				// what both do anyhow
			}
			case TCP -> words.add("+tcp");
			case DOT -> words.add("+tls");
			case DOH -> words.add((options.get() ? "+https-get=" : "+https=") + server.path());
		}
		if (server.transport().isEncrypted() && !server.tlsName().isEmpty()) {
			words.addAll(List.of("+tls-ca", "+tls-hostname=" + server.tlsName()));
		}
		if (!options.recursionDesired()) {
			words.add("+" + noRecursion);
		}
		if (options.checkingDisabled()) {
			words.add("+cdflag");
		}
		words.add(options.ednsSize() == 0 ? "+noedns" : "+bufsize=" + options.ednsSize());
		if (options.dnssecOk()) {
			words.add("+dnssec");
		}
		if (LookupSpec.isAddress(question.name()) && question.type().equals("PTR")) {
			words.addAll(List.of("-x", question.name()));
		} else {
			words.addAll(List.of("-q", question.name(), "-t", question.type()));
		}
		return String.join(" ", words.stream().map(DigCommand::quoted).toList());
	}

	static String quoted(String word) {
		return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
	}
}
