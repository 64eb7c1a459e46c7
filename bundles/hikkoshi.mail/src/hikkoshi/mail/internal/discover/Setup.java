package hikkoshi.mail.internal.discover;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.discover.ConfigFact;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.wire.Words;

/// What the set-up documents have in common.
final class Setup {
	/// Reasons that leave it open whether there is a document.
	private static final Set<String> OPEN = Set.of(Reasons.CONNECT_TIMEOUT, Reasons.READ_TIMEOUT, Reasons.TOO_SLOW, Reasons.UNREACHABLE, Reasons.RESET, Reasons.CLOSED,
			Reasons.UNEXPECTED);

	private Setup() {}

	static Optional<Integer> port(String text) {
		return text.matches("[0-9]{1,5}") ? Optional.of(Integer.parseInt(text)).filter(port -> port >= 1 && port <= Endpoint.MAX_PORT) : Optional.empty();
	}

	/// A host as a document names it, with the domain in the place of its slot.
	static String host(String text, DomainName domain) {
		String host = text.replace("%EMAILDOMAIN%", domain.ascii()).strip().toLowerCase(Locale.ROOT);
		return Words.clean(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
	}

	/// `label.domain`; empty when that would be no name.
	static Optional<DomainName> below(String label, DomainName domain) {
		try {
			return Optional.of(DomainName.parse(label + "." + domain));
		} catch (IllegalArgumentException e) {
			return Optional.empty();
		}
	}

	/// A place that did not answer, so that a document may be there all the same.
	static Optional<ConfigFact> silence(List<ConfigFact> facts) {
		return facts.stream().filter(fact -> fact.kind() == ConfigFact.Kind.ASKED && OPEN.contains(fact.status())).findFirst();
	}
}
