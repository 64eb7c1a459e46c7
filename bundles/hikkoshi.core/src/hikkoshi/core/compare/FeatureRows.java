package hikkoshi.core.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import hikkoshi.core.compare.Comparison.Area;
import hikkoshi.core.compare.Comparison.Cell;
import hikkoshi.core.compare.Comparison.Row;
import hikkoshi.core.compare.Comparison.State;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;

/// What the doors for one protocol offer on both sides, feature by feature.
final class FeatureRows {
	private static final String SMTPUTF8 = "SMTPUTF8";
	private static final String LOGIN_DISABLED = "LOGINDISABLED";
	/// In clients' and servers' terms: what takes a password as it is typed.
	private static final Set<String> TYPED = Set.of("AUTH=PLAIN", "AUTH=LOGIN");

	private final Migration migration;
	private final Protocol protocol;
	private final DoorsSeen before;
	private final DoorsSeen after;
	/// What a login has shown besides; only IMAP shows more there.
	private final Optional<Offer> behindBefore;
	private final Optional<Offer> behindAfter;
	private final List<Row> rows = new ArrayList<>();

	FeatureRows(Migration migration, Protocol protocol, DoorsSeen before, DoorsSeen after, Profiles profiles) {
		this.migration = migration;
		this.protocol = protocol;
		this.before = before;
		this.after = after;
		behindBefore = protocol == Protocol.IMAP ? profiles.offer(Side.OLD) : Optional.empty();
		behindAfter = protocol == Protocol.IMAP ? profiles.offer(Side.NEW) : Optional.empty();
	}

	List<Row> rows() {
		if (!before.told() && !after.told()) {
			return List.of();
		}
		Set<String> features = new TreeSet<>(before.features());
		features.addAll(after.features());
		behindBefore.ifPresent(offer -> features.addAll(offer.features().keySet()));
		behindAfter.ifPresent(offer -> features.addAll(offer.features().keySet()));
		if (isSmtp() && !unicodeAddresses().isEmpty()) {
			features.add(SMTPUTF8);
		}
		for (String feature : features) {
			// mechanisms are a matter of the time before the login
			if (!Extensions.silent(feature)) {
				row(feature);
			}
		}
		if (before.told() && after.told()) {
			tls();
			passwords();
			switch (protocol) {
				case POP3 -> {
					value("EXPIRE");
					value("LOGIN-DELAY");
				}
				case IMAP, SUBMISSION, SMTP -> {}
			}
		}
		return rows;
	}

	private boolean isSmtp() {
		return protocol == Protocol.SUBMISSION || protocol == Protocol.SMTP;
	}

	private void row(String feature) {
		Cell oldCell = cell(before, behindBefore, feature);
		Cell newCell = cell(after, behindAfter, feature);
		add(feature, oldCell, newCell);
	}

	private static Cell cell(DoorsSeen doors, Optional<Offer> behind, String feature) {
		List<DoorsSeen.Seen> with = doors.with(feature);
		if (behind.isPresent() && !feature.startsWith(Offer.AUTH) && Extensions.within(behind.get(), feature)) {
			return Cell.yes(behind.get().features().getOrDefault(feature, ""));
		}
		if (!doors.told()) {
			return Cell.UNKNOWN;
		}
		String text = String.join(" / ", doors.values(feature));
		if (with.isEmpty()) {
			return Cell.NO;
		}
		return new Cell(with.size() == doors.seen().size() ? State.YES : State.PARTLY, text);
	}

	private void add(String feature, Cell oldCell, Cell newCell) {
		Reason reason;
		Outcome outcome = Outcome.WARN;
		if (oldCell.state() == State.UNKNOWN || newCell.state() == State.UNKNOWN) {
			reason = Reason.of(CompareReasons.SIDE_UNKNOWN, (oldCell.state() == State.UNKNOWN ? Side.OLD : Side.NEW).token(), protocol.token());
			outcome = Outcome.UNKNOWN;
		} else if (feature.equals(SMTPUTF8) && isSmtp() && newCell.state() == State.NO && !unicodeAddresses().isEmpty()) {
			reason = Reason.of(CompareReasons.SMTPUTF8_NEEDED, unicodeAddresses().size(), unicodeAddresses().getFirst());
		} else if (newCell.state() == State.NO && loginMayShow(feature)) {
			reason = Reason.of(CompareReasons.BEHIND_LOGIN, feature, after.server().key());
			outcome = Outcome.UNKNOWN;
		} else if (newCell.state() == State.NO && TYPED.contains(feature) && commandTakesPasswords(after)) {
			reason = Reason.of(CompareReasons.BY_COMMAND, feature.substring(Offer.AUTH.length()));
			outcome = Outcome.PASS;
		} else if (newCell.state() == State.NO) {
			reason = lacks(feature);
		} else if (feature.equals("SIZE") && shorter(before.values(feature), after.values(feature))) {
			reason = Reason.of(CompareReasons.SIZE_SMALLER, Sizes.shown(Sizes.most(Sizes.sizes(before.values(feature)))),
					Sizes.shown(Sizes.least(Sizes.sizes(after.values(feature)))));
		} else if (newCell.state() == State.PARTLY) {
			reason = disagree(feature, after);
		} else if (oldCell.state() == State.PARTLY) {
			reason = disagree(feature, before);
		} else if (after.values(feature).size() > 1 || before.values(feature).size() > 1) {
			reason = disagreeValue(feature, after.values(feature).size() > 1 ? after : before);
		} else {
			outcome = Outcome.PASS;
			reason = Reason.of(oldCell.equals(newCell) ? CompareReasons.SAME : oldCell.state() == State.NO ? CompareReasons.GAINS : CompareReasons.DIFFERS);
		}
		rows.add(new Row(Area.of(protocol), feature, oldCell, newCell, outcome, reason));
	}

	/// Many IMAP servers tell most of what they can only behind the login.
	private boolean loginMayShow(String feature) {
		return protocol == Protocol.IMAP && behindAfter.isEmpty() && !feature.startsWith(Offer.AUTH);
	}

	private Reason lacks(String feature) {
		String shown = feature.startsWith(Offer.AUTH) ? feature.substring(Offer.AUTH.length()) : feature;
		return Extensions.key(protocol, feature).map(key -> Reason.of(CompareReasons.LACKS + "." + key, shown, protocol.token()))
				.orElseGet(() -> Reason.of(CompareReasons.LACKS, shown, protocol.token()));
	}

	private static Reason disagree(String feature, DoorsSeen doors) {
		return Reason.of(CompareReasons.DISAGREE, feature, doors.server().key(), places(doors.with(feature)), places(doors.without(feature)));
	}

	private static String places(List<DoorsSeen.Seen> seen) {
		return seen.stream().map(DoorsSeen.Seen::place).collect(Collectors.joining(", "));
	}

	private static Reason disagreeValue(String feature, DoorsSeen doors) {
		return Reason.of(CompareReasons.DISAGREE_VALUE, feature, doors.server().key(), doors.with(feature).stream()
				.map(one -> one.place() + ": " + one.offer().features().getOrDefault(feature, "")).collect(Collectors.joining("; ")));
	}

	private static boolean shorter(List<String> old, List<String> now) {
		return !old.isEmpty() && Sizes.least(Sizes.sizes(now)) < Sizes.most(Sizes.sizes(old));
	}

	private void tls() {
		String old = before.seen().stream().map(DoorsSeen.Seen::tls).max(Comparator.naturalOrder()).orElse("");
		String now = after.seen().stream().map(DoorsSeen.Seen::tls).min(Comparator.naturalOrder()).orElse("");
		boolean older = now.compareTo(old) < 0;
		rows.add(new Row(Area.of(protocol), "tls", old.isEmpty() ? Cell.NO : Cell.yes(old), now.isEmpty() ? Cell.NO : Cell.yes(now),
				older ? Outcome.WARN : Outcome.PASS, older ? Reason.of(CompareReasons.TLS_OLDER, old, now.isEmpty() ? "-" : now)
						: Reason.of(old.equals(now) ? CompareReasons.SAME : CompareReasons.DIFFERS)));
	}

	/// Whether a password can still be used, by a mechanism or by the protocol's own command.
	private void passwords() {
		boolean command = commandTakesPasswords(after);
		if (protocol == Protocol.IMAP && !command && commandTakesPasswords(before)) {
			rows.add(new Row(Area.IMAP, "login-command", Cell.yes(""), Cell.NO, Outcome.WARN, Reason.of(CompareReasons.LOGIN_DISABLED)));
		}
		for (DoorsSeen.Seen door : after.seen()) {
			List<String> mechanisms = door.offer().mechanisms();
			boolean tokens = !mechanisms.isEmpty() && mechanisms.stream().allMatch(name -> Extensions.key(protocol, Offer.AUTH + name).equals(Optional.of("auth.oauth")));
			if (tokens && !command) {
				rows.add(new Row(Area.of(protocol), "password", Cell.NONE, Cell.NO, Outcome.WARN,
						Reason.of(CompareReasons.TOKENS_ONLY, String.join(", ", mechanisms))));
				return;
			}
		}
	}

	/// LOGIN of IMAP, USER of POP3; SMTP has none.
	private boolean commandTakesPasswords(DoorsSeen doors) {
		return switch (protocol) {
			case IMAP -> doors.seen().stream().noneMatch(one -> one.offer().has(LOGIN_DISABLED));
			case POP3 -> doors.seen().stream().allMatch(one -> one.offer().features().isEmpty() || one.offer().has("USER"));
			case SUBMISSION, SMTP -> false;
		};
	}

	/// Days of EXPIRE (RFC 2449, 6.7: none said means nothing promised) and seconds of LOGIN-DELAY (6.6), where one side says something.
	private void value(String feature) {
		if (before.with(feature).isEmpty() && after.with(feature).isEmpty()) {
			return;
		}
		Cell oldCell = cell(before, Optional.empty(), feature);
		Cell newCell = cell(after, Optional.empty(), feature);
		boolean expire = feature.equals("EXPIRE");
		long old = expire ? Sizes.most(days(before)) : Sizes.most(seconds(before));
		long now = expire ? Sizes.least(days(after)) : Sizes.most(seconds(after));
		boolean worse = expire ? !after.with(feature).isEmpty() && now < old : now > old;
		Reason same = Reason.of(oldCell.equals(newCell) ? CompareReasons.SAME : CompareReasons.DIFFERS);
		rows.add(new Row(Area.POP3, feature, oldCell, newCell, worse ? Outcome.WARN : Outcome.PASS, worse
				? Reason.of(expire ? CompareReasons.EXPIRE_SHORTER : CompareReasons.DELAY_LONGER, shown(oldCell), shown(newCell)) : same));
	}

	private static String shown(Cell cell) {
		return cell.text().isEmpty() ? "-" : cell.text();
	}

	private static List<String> days(DoorsSeen doors) {
		// "60 USER", "NEVER"
		return doors.values("EXPIRE").stream().map(text -> text.split("\\s+")[0]).toList();
	}

	private static List<String> seconds(DoorsSeen doors) {
		List<String> said = doors.values("LOGIN-DELAY").stream().map(text -> text.split("\\s+")[0]).toList();
		return said.isEmpty() ? List.of("0") : said;
	}

	private List<EmailAddress> unicodeAddresses() {
		return migration.addresses().stream().filter(address -> !address.localPart().chars().allMatch(c -> c < 0x80)).toList();
	}
}
