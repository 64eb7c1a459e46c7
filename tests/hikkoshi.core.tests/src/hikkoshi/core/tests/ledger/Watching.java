package hikkoshi.core.tests.ledger;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.WatchRow;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;
import hikkoshi.core.model.WatchSettings;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.tests.gate.MemoryEvidence;

/// A domain that is looked at now and then: looks are built row by row.
final class Watching {
	static final Instant ZERO = Instant.parse("2026-03-01T12:00:00Z");
	static final DomainName NAME = DomainName.parse("example.org");
	static final Domain DOMAIN = new Domain(NAME, "main", "mx-old", "mx-new");
	static final RecordSet.Key MX = new RecordSet.Key("example.org.", "MX");
	static final RecordSet.Key NS = new RecordSet.Key("example.org.", "NS");
	static final String OLD_MX = "10 mail.old.example.";
	static final String NEW_MX = "10 mail.new.example.";

	final MemoryEvidence evidence = new MemoryEvidence();
	private final List<WatchRow> rows = new ArrayList<>();
	private long took;

	/// How long the look that is being built lasts.
	Watching took(long seconds) {
		took = seconds;
		return this;
	}

	static Source ns(int number) {
		return new Source(Source.Kind.AUTHORITATIVE, "ns" + number + ".example.net", "192.0.2." + (50 + number));
	}

	static Source parent() {
		return new Source(Source.Kind.PARENT, "a.org", "192.0.2.40");
	}

	static Source cache(int number) {
		return new Source(Source.Kind.RESOLVER, "cache" + number, "192.0.2." + (80 + number));
	}

	static Migration migration(@Nullable Duration before) {
		List<Endpoint> doors = List.of(new Endpoint(Protocol.SMTP, 25, Security.STARTTLS));
		List<Server> servers = List.of(
				new Server("mx-old", Side.OLD, DomainName.parse("mail.old.example"), List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")),
						doors, List.of()),
				new Server("mx-new", Side.NEW, DomainName.parse("mail.new.example"), List.of(InetAddress.ofLiteral("192.0.2.2")), doors, List.of()));
		DnsSettings dns = new DnsSettings(List.of(), List.of(), NameServer.DNS_PORT, List.of(), List.of(), new WatchSettings(true, List.of(), before));
		return new Migration("test", servers, List.of(DOMAIN), List.of(new Wave("main", null)), List.of(), dns, List.of(), Policy.DEFAULT);
	}

	Watching says(Source source, RecordSet.Key key, long ttl, String... data) {
		for (String each : data) {
			rows.add(new WatchRow(source, false, key, DnsStatus.ANSWER, "qr aa", ttl, each, WatchRow.How.DIRECT, null, 3));
		}
		if (data.length == 0) {
			rows.add(new WatchRow(source, false, key, DnsStatus.NO_DATA, "qr aa", ttl, "", WatchRow.How.DIRECT, null, 3));
		}
		return this;
	}

	Watching silent(Source source, RecordSet.Key key) {
		rows.add(new WatchRow(source, false, key, DnsStatus.TIMEOUT, "", -1, "", WatchRow.How.DIRECT, null, 3));
		return this;
	}

	/// A cache's answer with its remaining TTL.
	Watching keeps(Source source, RecordSet.Key key, long at, long ttl, String data) {
		rows.add(new WatchRow(source, false, key, DnsStatus.ANSWER, "qr ra", ttl, data, WatchRow.How.CACHED, ZERO.plusSeconds(at + ttl), 3));
		return this;
	}

	/// A cache's answer that it had to fetch.
	Watching fetches(Source source, RecordSet.Key key, long ttl, String data) {
		rows.add(new WatchRow(source, false, key, DnsStatus.ANSWER, "qr ra", ttl, data, WatchRow.How.ASKED, null, 3));
		return this;
	}

	/// Ends a look and makes evidence of it.
	void look(double at) {
		StringBuilder digest = new StringBuilder();
		rows.forEach(row -> digest.append(row.source().place()).append(row.key()).append(row.status()).append(row.source().kind() == Source.Kind.RESOLVER ? "" : row.ttl())
				.append(row.data()).append(';'));
		evidence.add(new Evidence(WatchTable.PROBE, DOMAIN.id(), instant(at), Duration.ofMillis(100), Outcome.PASS,
				Reason.of("dns.watch.agree", NAME, digest, took), WatchTable.of(rows)));
		rows.clear();
		took = 0;
	}

	static Instant instant(double seconds) {
		return ZERO.plusNanos((long) (seconds * 1_000_000_000L));
	}

	Ledger ledger(double now) {
		return ledger(now, null, null);
	}

	Ledger ledger(double now, @Nullable Duration before, @Nullable List<RecordSet> plan) {
		return Ledger.of(DOMAIN, migration(before), evidence, plan, instant(now));
	}
}
