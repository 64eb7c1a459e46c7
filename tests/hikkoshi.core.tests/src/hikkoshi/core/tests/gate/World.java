package hikkoshi.core.tests.gate;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.gate.Blocker;
import hikkoshi.core.gate.Checklist;
import hikkoshi.core.gate.Gates;
import hikkoshi.core.gate.GateSpec;
import hikkoshi.core.gate.Opening;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.model.Wave;

/// A small migration: one domain, two mailboxes, an old server with one address and a new one with two.
final class World {
	static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
	static final Duration DAY = Duration.ofDays(1);
	static final String WAVE = "main";
	static final DomainName DOMAIN = DomainName.parse("example.org");
	static final Server OLD = server("mx-old", Side.OLD, List.of("192.0.2.1"));
	static final Server NEW = server("mx-new", Side.NEW, List.of("192.0.2.2", "2001:db8::2"));
	static final Domain MOVED = new Domain(DOMAIN, WAVE, "mx-old", "mx-new");

	private World() {}

	static Server server(String key, Side side, List<String> addresses, Endpoint... endpoints) {
		List<Endpoint> doors = endpoints.length > 0 ? List.of(endpoints)
				: List.of(new Endpoint(Protocol.IMAP, 993, Security.TLS), new Endpoint(Protocol.POP3, 110, Security.STARTTLS),
						new Endpoint(Protocol.SUBMISSION, 465, Security.TLS), new Endpoint(Protocol.SMTP, 25, Security.STARTTLS));
		return new Server(key, side, DomainName.parse(key + ".example.net"), addresses.stream().map(InetAddress::ofLiteral).toList(), doors, List.of());
	}

	static Mailbox mailbox(String user, String wave) {
		return new Mailbox(new EmailAddress(user, DOMAIN), user, user + "@new", wave, "", 2);
	}

	static Migration migration(List<Server> servers, List<Domain> domains, List<Mailbox> mailboxes) {
		return new Migration("test", servers, domains, List.of(new Wave(WAVE, null)), mailboxes, DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);
	}

	static Migration migration() {
		return migration(List.of(OLD, NEW), List.of(MOVED), List.of(mailbox("ann", WAVE), mailbox("bob", WAVE)));
	}

	static List<Account> accounts(Migration migration) {
		List<Account> accounts = new ArrayList<>();
		for (Mailbox mailbox : migration.mailboxes()) {
			for (Side side : Side.values()) {
				accounts.addAll(migration.accounts(mailbox, side));
			}
		}
		return accounts;
	}

	static Evidence login(Account account, Outcome outcome, Duration ago) {
		Reason reason = switch (outcome) {
			case PASS -> Reason.of("login.ok", account.endpoint().protocol().token(), "TLSv1.3", "PLAIN");
			case WARN -> Reason.of("tls.ends-soon", "CN=x", "2026-03-03T00:00:00Z");
			case UNKNOWN -> Reason.of("connect.timeout", account.address().getHostAddress(), account.endpoint().port(), 10);
			case FAIL -> Reason.of("login.bad-credentials", "NO [AUTHENTICATIONFAILED] sorry");
		};
		return new Evidence(account.endpoint().protocol().token() + ".login", account.id(), NOW.minus(ago), Duration.ofSeconds(1), outcome, reason,
				Facts.NONE);
	}

	/// @param rows `server address kind status ttl data…` each, `-` for an empty cell
	static Evidence mx(Duration ago, Outcome outcome, String... rows) {
		List<List<String>> cells = new ArrayList<>();
		long ttl = 0;
		StringBuilder answer = new StringBuilder();
		for (String row : rows) {
			String[] c = row.split(" ", 6);
			for (int i = 0; i < c.length; i++) {
				c[i] = c[i].equals("-") ? "" : c[i];
			}
			cells.add(List.of(c[0], c[1], c[2], c[3], "qr aa", c[4], c[5], "3", "99"));
			if (c[2].equals("authoritative") && c[4].matches("[0-9]+")) {
				ttl = Math.max(ttl, Long.parseLong(c[4]));
			}
			answer.append(c[0]).append(c[3]).append(c[5]).append(' ');
		}
		return new Evidence("dns.mx", MOVED.id(), NOW.minus(ago), Duration.ZERO, outcome,
				Reason.of("dns.mx.answer", DOMAIN, answer, ttl, "MX", ""),
				new Facts.Table(List.of("server", "address", "kind", "status", "flags", "ttl", "data", "ms", "bytes"), cells));
	}

	static Opening judge(GateSpec spec, Migration migration, MemoryEvidence evidence) {
		return judge(spec, migration, evidence, NOW);
	}

	static Opening judge(GateSpec spec, Migration migration, MemoryEvidence evidence, Instant now) {
		return Gates.of(spec, new Checklist(List.of()), migration, WAVE).judge(evidence, now);
	}

	static List<String> reasons(Opening opening) {
		return blockers(opening).stream().map(blocker -> blocker.reason().id()).distinct().toList();
	}

	/// Everything that the blockers are about.
	static List<Target.Id> about(Opening opening) {
		return blockers(opening).stream().flatMap(blocker -> blocker.about().stream()).map(Blocker.About::target).toList();
	}

	static List<Blocker> blockers(Opening opening) {
		return switch (opening) {
			case Opening.Open _ -> List.of();
			case Opening.Blocked blocked -> blocked.by();
			case Opening.Stale stale -> stale.by();
		};
	}
}
