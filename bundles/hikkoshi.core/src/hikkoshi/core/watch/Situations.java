package hikkoshi.core.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import hikkoshi.core.arrival.Situation;
import hikkoshi.core.canary.SentCanary;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.ledger.Chronicle;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Heard;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.plan.RecordSet;

import org.jspecify.annotations.Nullable;

/// Reads from the evidence what must be known to say why mail still comes to the old side.
public final class Situations {
	/// A canary may have set out before the cutover and arrive behind it.
	private static final Duration BEFORE = Duration.ofDays(2);

	private Situations() {}

	/// @param cutover when DNS was switched
	public static Situation of(Domain domain, Migration migration, EvidenceView evidence, Instant cutover, Instant now) {
		return of(Ledger.of(domain, migration, evidence, null, now), migration, evidence, cutover);
	}

	/// @param cutover when DNS was switched
	public static Situation of(Ledger ledger, Migration migration, EvidenceView evidence, Instant cutover) {
		Domain domain = ledger.domain();
		return new Situation(cutover, known(ledger.deadline()), backups(domain, migration, ledger.chronicle()), canaries(domain, migration, evidence, cutover));
	}

	private static @Nullable Instant known(Deadline deadline) {
		return switch (deadline) {
			case Deadline.Known known -> known.at();
			case Deadline.Nothing _, Deadline.Running _, Deadline.Unknown _ -> null;
		};
	}

	/// Every host that was ever an MX of the domain and is neither the old nor the new server.
	private static Set<String> backups(Domain domain, Migration migration, Chronicle chronicle) {
		Set<String> ours = new HashSet<>();
		migration.servers().stream().map(Server::name).forEach(name -> ours.add(name.ascii()));
		Set<String> backups = new HashSet<>();
		for (RecordSet.Key key : chronicle.keys()) {
			if (key.type().equals("MX") && bare(key.name()).equals(domain.name().ascii())) {
				chronicle.of(key).values().stream().flatMap(List::stream).map(Heard::data).flatMap(List::stream).map(data -> bare(data.substring(data.lastIndexOf(' ') + 1)))
						.filter(host -> !host.isEmpty() && !ours.contains(host)).forEach(backups::add);
			}
		}
		return backups;
	}

	private static String bare(String name) {
		String plain = name.toLowerCase(Locale.ROOT);
		return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
	}

	private static Map<String, String> canaries(Domain domain, Migration migration, EvidenceView evidence, Instant cutover) {
		Map<String, String> routes = new HashMap<>();
		migration.mailboxes().stream().filter(mailbox -> mailbox.address().domain().equals(domain.name()))
				.forEach(mailbox -> SentCanary.of(evidence, mailbox, cutover.minus(BEFORE)).forEach(canary -> routes.put(canary.token().text(), canary.route().token())));
		return routes;
	}
}
