package hikkoshi.core.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Protocol;

/// What there is to say of one login: the same words in gates, overviews and reports.
public final class AccountReasons {
	private AccountReasons() {}

	/// The probe that proves logins over a protocol.
	public static String probe(Protocol protocol) {
		return protocol.token() + ".login";
	}

	public static Reason never(Account account) {
		return reason(GateReasons.ACCOUNT_NEVER, account);
	}

	public static Reason failed(Account account, Sighting sighting) {
		return because(GateReasons.ACCOUNT_FAILED, account, sighting);
	}

	public static Reason unknown(Account account, Sighting sighting) {
		return because(GateReasons.ACCOUNT_UNKNOWN, account, sighting);
	}

	public static Reason stale(Account account, Sighting sighting, Duration maxAge) {
		return reason(GateReasons.ACCOUNT_STALE, account, sighting.lastSeen(), maxAge);
	}

	private static Reason because(String id, Account account, Sighting sighting) {
		List<Object> args = new ArrayList<>();
		args.add(sighting.firstSeen());
		args.add(sighting.evidence().reason().id());
		args.addAll(sighting.evidence().reason().args());
		return reason(id, account, args.toArray());
	}

	private static Reason reason(String id, Account account, Object... more) {
		List<Object> args = new ArrayList<>(List.of(account.mailbox(), account.server().side().token(), account.endpoint().protocol().token(),
				IpText.withPort(account.address(), account.endpoint().port())));
		args.addAll(List.of(more));
		return Reason.of(id, args.toArray());
	}
}
