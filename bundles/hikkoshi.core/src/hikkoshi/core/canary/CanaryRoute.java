package hikkoshi.core.canary;

import java.util.Locale;
import java.util.Optional;

import hikkoshi.core.model.Side;

/// By which way a canary sets out.
public sealed interface CanaryRoute {
	/// A login for sending on that side, then whatever way that server takes: what the MX records say, unless it keeps the domain to itself.
	record Submission(Side side) implements CanaryRoute {
		@Override
		public String token() {
			return side.token() + "-submission";
		}
	}

	/// Straight to that side's port for other servers, as a sender does that still, or already, thinks it is the right one.
	record Direct(Side side) implements CanaryRoute {
		@Override
		public String token() {
			return side.token() + "-direct";
		}
	}

	/// From an account with somebody else, as a stranger's mail comes.
	///
	/// @param key of the account in the policy
	record Outside(String key) implements CanaryRoute {
		private static final String PREFIX = "outside:";

		@Override
		public String token() {
			return PREFIX + key;
		}
	}

	/// The word on the command line, in evidence and reports, e.g. `old-submission`, `new-direct`, `outside:gmail`.
	String token();

	/// Reads a token; empty for what is none.
	static Optional<CanaryRoute> parse(String token) {
		if (token.startsWith(Outside.PREFIX) && token.length() > Outside.PREFIX.length()) {
			return Optional.of(new Outside(token.substring(Outside.PREFIX.length())));
		}
		for (Side side : Side.values()) {
			for (CanaryRoute route : new CanaryRoute[] {new Submission(side), new Direct(side)}) {
				if (route.token().equals(token.toLowerCase(Locale.ROOT))) {
					return Optional.of(route);
				}
			}
		}
		return Optional.empty();
	}
}
