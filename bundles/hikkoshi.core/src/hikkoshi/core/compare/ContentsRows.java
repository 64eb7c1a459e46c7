package hikkoshi.core.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import hikkoshi.core.compare.Comparison.Area;
import hikkoshi.core.compare.Comparison.Cell;
import hikkoshi.core.compare.Comparison.Row;
import hikkoshi.core.compare.Contents.Folder;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Server;

/// What lies in the mailboxes of both sides, side by side: whether it fits, whether every folder is there, whether messages are missing. One row for what is
/// as it was, and one for each trouble, of each mailbox whose old side was counted.
final class ContentsRows {
	private static final int NAMED = 5;

	private final Mailbox mailbox;
	private final Contents before;
	private final Contents after;
	private final List<Row> rows = new ArrayList<>();

	private ContentsRows(Mailbox mailbox, Contents before, Contents after) {
		this.mailbox = mailbox;
		this.before = before;
		this.after = after;
	}

	static List<Row> of(Migration migration, Server oldServer, Server newServer, EvidenceView evidence, Instant now) {
		List<Row> rows = new ArrayList<>();
		for (Mailbox mailbox : migration.mailboxes()) {
			Optional<Contents> old = counted(migration, mailbox, oldServer, evidence, now);
			if (old.isPresent()) {
				Optional<Contents> fresh = counted(migration, mailbox, newServer, evidence, now);
				rows.addAll(fresh.isPresent() ? new ContentsRows(mailbox, old.get(), fresh.get()).rows() : List.of(new Row(Area.MAILBOX, "contents " + mailbox.address(),
						Cell.yes(String.valueOf(old.get().messages())), Cell.UNKNOWN, Outcome.UNKNOWN, Reason.of(CompareReasons.NOT_COUNTED, mailbox.address(), newServer.key()))));
			}
		}
		return rows;
	}

	private static Optional<Contents> counted(Migration migration, Mailbox mailbox, Server server, EvidenceView evidence, Instant now) {
		return migration.accounts(mailbox, server.side()).stream().filter(account -> account.server().equals(server) && account.endpoint().protocol() == Protocol.IMAP)
				.flatMap(account -> evidence.latest(Contents.PROBE, account.id()).stream())
				.filter(seen -> !seen.lastSeen().plus(migration.policy().evidenceMaxAge()).isBefore(now)).max(Comparator.comparing(Sighting::lastSeen))
				.flatMap(seen -> Contents.in(seen.evidence().facts()));
	}

	private List<Row> rows() {
		quota();
		folders();
		longer();
		if (before.notCounted() > 0 || after.notCounted() > 0) {
			add("contents-partly", Cell.yes(String.valueOf(before.notCounted())), Cell.yes(String.valueOf(after.notCounted())), Outcome.UNKNOWN,
					Reason.of(CompareReasons.COUNTED_PARTLY, mailbox.address(), before.notCounted() + after.notCounted()));
		}
		Cell old = Cell.yes(String.valueOf(before.messages()));
		Cell now = Cell.yes(String.valueOf(after.messages()));
		if (rows.isEmpty()) {
			add("contents", old, now, Outcome.PASS, Reason.of(old.equals(now) ? CompareReasons.SAME : CompareReasons.DIFFERS));
		}
		return rows;
	}

	private void add(String feature, Cell old, Cell now, Outcome outcome, Reason reason) {
		rows.add(new Row(Area.MAILBOX, feature + " " + mailbox.address(), old, now, outcome, reason));
	}

	private void quota() {
		OptionalLong used = before.bytes();
		if (used.isPresent() && after.limit().isPresent() && after.limit().getAsLong() < used.getAsLong()) {
			String has = Sizes.shown(used.getAsLong());
			String may = Sizes.shown(after.limit().getAsLong());
			add("contents-quota", Cell.yes(has), Cell.yes(may), Outcome.WARN, Reason.of(CompareReasons.QUOTA_SMALLER, mailbox.address(), has, may));
		}
	}

	private void folders() {
		// by use and by name: a server may give a folder a use that the other one does not know
		Map<String, Folder> known = new HashMap<>();
		Set<String> names = new HashSet<>();
		for (Folder folder : after.folders()) {
			known.putIfAbsent(after.common(folder), folder);
			known.putIfAbsent(after.levels(folder), folder);
			names.add(folder.name());
		}
		List<String> missing = new ArrayList<>();
		List<String> fewer = new ArrayList<>();
		for (Folder folder : before.folders()) {
			Folder there = known.getOrDefault(before.common(folder), known.get(before.levels(folder)));
			if (there == null) {
				missing.add(folder.name());
			} else if (folder.messages() > there.messages() && there.messages() >= 0) {
				fewer.add(folder.name() + " " + folder.messages() + " → " + there.messages());
			}
		}
		if (!missing.isEmpty() && after.notCounted() == 0) {
			add("contents-folders", Cell.yes(String.valueOf(before.folders().size())), Cell.yes(String.valueOf(names.size())), Outcome.WARN,
					Reason.of(CompareReasons.FOLDERS_MISSING, mailbox.address(), missing.size(), named(missing)));
		}
		if (!fewer.isEmpty()) {
			add("contents-messages", Cell.yes(String.valueOf(before.messages())), Cell.yes(String.valueOf(after.messages())), Outcome.WARN,
					Reason.of(CompareReasons.MESSAGES_FEWER, mailbox.address(), fewer.size(), named(fewer)));
		}
	}

	private void longer() {
		long messages = before.longer().stream().mapToLong(Contents.Longer::messages).sum();
		if (messages > 0) {
			String allowed = Sizes.shown(before.longer().getFirst().allowed());
			add("contents-longer", Cell.yes(String.valueOf(messages)), Cell.yes(allowed), Outcome.WARN, Reason.of(CompareReasons.MESSAGES_LONGER, mailbox.address(), messages,
					allowed, named(before.longer().stream().map(Contents.Longer::folder).toList())));
		}
	}

	private static String named(List<String> names) {
		return String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + (names.size() > NAMED ? ", …" : "");
	}
}
