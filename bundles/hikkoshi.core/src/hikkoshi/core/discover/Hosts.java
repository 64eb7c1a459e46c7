package hikkoshi.core.discover;

import java.net.InetAddress;
import java.util.Optional;

import hikkoshi.core.model.DomainName;

/// Names and addresses out of facts, which hold them as text.
final class Hosts {
	private Hosts() {}

	static Optional<DomainName> name(String text) {
		try {
			return text.isEmpty() || address(text).isPresent() ? Optional.empty() : Optional.of(DomainName.parse(text));
		} catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}

	/// Literals only: nothing here asks DNS.
	static Optional<InetAddress> address(String text) {
		try {
			return text.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(text));
		} catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}
}
