package hikkoshi.core.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import hikkoshi.core.compare.Comparison.Area;
import hikkoshi.core.compare.Comparison.Cell;
import hikkoshi.core.compare.Comparison.Row;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

import org.jspecify.annotations.Nullable;

/// What accounts of both servers have shown behind their logins, and the rows that this gives.
final class Profiles {
	static final String PROBE = "imap.profile";
	private static final long KIB = 1024;

	/// @param sighting the newest
	private record Seen(String user, Sighting sighting, Profile profile) {}

	private final Migration migration;
	private final Server oldServer;
	private final Server newServer;
	private final Instant now;
	private final Map<String, Seen> before = new HashMap<>();
	private final Map<String, Seen> after = new HashMap<>();
	private final Map<Side, Sighting> failed = new HashMap<>();
	private final @Nullable Seen old;
	private final @Nullable Seen fresh;

	Profiles(Migration migration, Server oldServer, Server newServer, EvidenceView evidence, Instant now) {
		this.migration = migration;
		this.oldServer = oldServer;
		this.newServer = newServer;
		this.now = now;
		for (Sighting sighting : evidence.latest()) {
			if (sighting.evidence().probe().equals(PROBE)) {
				take(oldServer, sighting, before);
				take(newServer, sighting, after);
			}
		}
		// best the same mailbox on both sides: folders and quotas are comparable then
		Optional<Mailbox> both = migration.mailboxes().stream()
				.filter(mailbox -> before.containsKey(mailbox.user(Side.OLD)) && after.containsKey(mailbox.user(Side.NEW))).findFirst();
		old = both.map(mailbox -> before.get(mailbox.user(Side.OLD))).orElseGet(() -> newest(before));
		fresh = both.map(mailbox -> after.get(mailbox.user(Side.NEW))).orElseGet(() -> newest(after));
	}

	private void take(Server server, Sighting sighting, Map<String, Seen> seen) {
		String id = sighting.evidence().target().value();
		String mark = Account.idProof(server);
		int user = id.indexOf(mark);
		if (!id.startsWith(Account.idPrefix(server)) || user < 0 || sighting.lastSeen().plus(migration.policy().evidenceMaxAge()).isBefore(now)) {
			return;
		}
		String name = id.substring(user + mark.length());
		Optional<Profile> profile = sighting.evidence().outcome() == Outcome.PASS || sighting.evidence().outcome() == Outcome.WARN
				? Profile.in(sighting.evidence().facts())
				: Optional.empty();
		if (profile.isEmpty()) {
			failed.merge(server.side(), sighting, (a, b) -> a.lastSeen().isAfter(b.lastSeen()) ? a : b);
			return;
		}
		seen.merge(name, new Seen(name, sighting, profile.get()), (a, b) -> a.sighting.lastSeen().isAfter(b.sighting.lastSeen()) ? a : b);
	}

	private static @Nullable Seen newest(Map<String, Seen> seen) {
		return seen.values().stream().max((a, b) -> a.sighting.lastSeen().compareTo(b.sighting.lastSeen())).orElse(null);
	}

	/// What IMAP offers behind a login on that side.
	Optional<Offer> offer(Side side) {
		Seen seen = side == Side.OLD ? old : fresh;
		return Optional.ofNullable(seen).flatMap(one -> Offer.in(one.sighting.evidence().facts(), Offer.LOGIN));
	}

	List<Row> rows() {
		List<Row> rows = new ArrayList<>();
		if (hasImap(oldServer) && hasImap(newServer)) {
			unread(oldServer, old).ifPresent(rows::add);
			unread(newServer, fresh).ifPresent(rows::add);
			if (old != null && fresh != null) {
				rows.addAll(new ProfileRows(old.profile, fresh.profile).rows());
				quotas(rows);
			}
		}
		return rows;
	}

	private static boolean hasImap(Server server) {
		return server.endpoints().stream().anyMatch(endpoint -> endpoint.protocol() == Protocol.IMAP);
	}

	private Optional<Row> unread(Server server, @Nullable Seen seen) {
		if (seen != null) {
			return Optional.empty();
		}
		boolean isOld = server.side() == Side.OLD;
		Sighting tried = failed.get(server.side());
		Reason reason = Reason.of(CompareReasons.NO_PROFILE, server.key());
		if (tried != null) {
			Reason why = tried.evidence().reason();
			reason = Reason.of(CompareReasons.PROFILE_NOT_READ, Stream.concat(Stream.of(server.key(), why.id()), why.args().stream()).toArray());
		}
		return Optional.of(new Row(Area.MAILBOX, "profile", isOld ? Cell.UNKNOWN : Cell.NONE, isOld ? Cell.NONE : Cell.UNKNOWN, Outcome.UNKNOWN, reason));
	}

	/// A row for each mailbox that was looked at on both sides.
	private void quotas(List<Row> rows) {
		for (Mailbox mailbox : migration.mailboxes()) {
			Seen left = before.get(mailbox.user(Side.OLD));
			Seen right = after.get(mailbox.user(Side.NEW));
			if (left == null || right == null) {
				continue;
			}
			OptionalLong used = number(left.profile.quota("STORAGE").map(Profile.Quota::usage));
			OptionalLong most = number(left.profile.quota("STORAGE").map(Profile.Quota::limit));
			OptionalLong limit = number(right.profile.quota("STORAGE").map(Profile.Quota::limit));
			if (most.isPresent() || limit.isPresent()) {
				boolean tooSmall = used.isPresent() && limit.isPresent() && limit.getAsLong() < used.getAsLong();
				Cell oldCell = used.isPresent() ? Cell.yes(size(used) + " / " + size(most)) : Cell.NO;
				Cell newCell = limit.isPresent() ? Cell.yes(size(limit)) : Cell.NO;
				rows.add(new Row(Area.MAILBOX, "quota " + mailbox.address(), oldCell, newCell, tooSmall ? Outcome.WARN : Outcome.PASS,
						tooSmall ? Reason.of(CompareReasons.QUOTA_SMALLER, mailbox.address(), size(used), size(limit)) : Reason.of(CompareReasons.DIFFERS)));
			}
		}
	}

	private static OptionalLong number(Optional<Long> value) {
		return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
	}

	/// STORAGE is counted in KiB (RFC 9208, 5.1).
	private static String size(OptionalLong kib) {
		return kib.isEmpty() ? "∞" : Sizes.shown(kib.getAsLong() > Long.MAX_VALUE / KIB ? Long.MAX_VALUE : kib.getAsLong() * KIB);
	}
}
