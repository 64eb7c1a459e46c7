package hikkoshi.rehearsal.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.rehearsal.mail.MailServer;
import hikkoshi.rehearsal.mail.MailServerSettings;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;

/// The servers of one rehearsal: the old and the new mail server and their DNS. One mailbox has been forgotten on the new one.
///
/// Safe for several threads. `close` ends everything at once.
final class World implements AutoCloseable {

	static final String DOMAIN = "rehearsal.test";
	static final String OLD_KEY = "old";
	static final String NEW_KEY = "new";
	static final String OLD_NAME = "old." + DOMAIN;
	static final String NEW_NAME = "new." + DOMAIN;
	/// Seconds, so that a person can watch the one drain and the other come into force.
	static final int OLD_TTL = 6;
	static final int LOW_TTL = 2;

	/// A person with an account on each side. Users differ between the sides, as they do in life: short names before, addresses now.
	///
	/// @param welcome subject of a mail that lies in the old mailbox
	record Person(String name, String welcome) {

		String address() {
			return name + "@" + DOMAIN;
		}

		CredentialId oldLogin() {
			return new CredentialId(OLD_KEY, name);
		}

		CredentialId newLogin() {
			return new CredentialId(NEW_KEY, address());
		}
	}

	static final List<Person> PEOPLE = List.of(new Person("alice", "Welcome to the old house"), new Person("bob", "Boxes, boxes, boxes"),
			new Person("carol", "Who has the keys?"), new Person("hanako", "引越しのお知らせ"), new Person("sales", "Order 4711"));
	static final Person MISSING = PEOPLE.get(2);

	/// As in life: the old one grew up with STARTTLS, the new one has it from the first byte (RFC 8314). Few doors keep the summary readable.
	static final Set<MailService> OLD_SERVICES = EnumSet.of(MailService.IMAP, MailService.IMAPS, MailService.POP3, MailService.SUBMISSION, MailService.MX);
	static final Set<MailService> NEW_SERVICES = EnumSet.of(MailService.IMAPS, MailService.POP3S, MailService.SUBMISSIONS, MailService.MX);

	private final Grounds grounds;
	private final ThrowAwayCa ca;
	private final MailServer oldServer;
	private final MailServer newServer;
	private final Names names;
	private final ThrowAwaySecrets secrets = new ThrowAwaySecrets();
	private boolean repaired;

	private World(Grounds grounds, ThrowAwayCa ca, MailServer oldServer, MailServer newServer, Names names) {
		this.grounds = grounds;
		this.ca = ca;
		this.oldServer = oldServer;
		this.newServer = newServer;
		this.names = names;
	}

	/// @throws IOException if an address or a port cannot be had
	static World start(Grounds grounds, InstantSource clock) throws IOException {
		ThrowAwayCa ca = ThrowAwayCa.create("Hikkoshi rehearsal", clock.instant());
		MailServer oldServer = mailServer(OLD_NAME, grounds.oldServer(), OLD_SERVICES, ca, clock, '.');
		try {
			MailServer newServer = mailServer(NEW_NAME, grounds.newServer(), NEW_SERVICES, ca, clock, '/');
			try {
				World world = new World(grounds, ca, oldServer, newServer, Names.start(DOMAIN, grounds, OLD_TTL, clock));
				world.moveIn(clock.instant());
				return world;
			} catch (IOException | RuntimeException e) {
				newServer.close();
				throw e;
			}
		} catch (IOException | RuntimeException e) {
			oldServer.close();
			throw e;
		}
	}

	private static MailServer mailServer(String name, List<InetAddress> addresses, Set<MailService> services, ThrowAwayCa ca, InstantSource clock,
			char separator) throws IOException {
		return MailServer.start(MailServerSettings.of(name, Set.of(DOMAIN), ca.issue(List.of(name), Validity.around(clock.instant())))
				.withAddresses(addresses).withServices(services).withClock(clock).withSeparator(separator));
	}

	private void moveIn(Instant now) {
		for (int i = 0; i < PEOPLE.size(); i++) {
			Person person = PEOPLE.get(i);
			addAccount(oldServer, person.oldLogin(), person, secrets.invent(person.oldLogin()));
			Secret fresh = secrets.invent(person.newLogin());
			if (!person.equals(MISSING)) {
				addAccount(newServer, person.newLogin(), person, fresh);
			}
			Instant sent = now.minus(Duration.ofHours(i + 1L));
			oldServer.store(person.oldLogin().user()).orElseThrow().inbox().append(mail(person, sent), sent, Set.of());
		}
	}

	private static void addAccount(MailServer server, CredentialId login, Person person, Secret secret) {
		char[] password = secret.reveal();
		try {
			server.addAccount(login.user(), person.address(), password);
		} finally {
			Arrays.fill(password, '\0');
		}
	}

	private static byte[] mail(Person person, Instant sent) {
		String subject = "=?UTF-8?B?" + Base64.getEncoder().encodeToString(person.welcome().getBytes(StandardCharsets.UTF_8)) + "?=";
		String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(sent.atOffset(ZoneOffset.UTC));
		return String.join("\r\n", "Received: from rehearsal by " + OLD_NAME + "; " + date, "From: Hikkoshi <hikkoshi@" + DOMAIN + ">",
				"To: <" + person.address() + ">", "Subject: " + subject, "Date: " + date, "Message-ID: <welcome." + person.name() + "@" + DOMAIN + ">",
				"MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", person.welcome(), "")
				.getBytes(StandardCharsets.UTF_8);
	}

	Grounds grounds() {
		return grounds;
	}

	ThrowAwayCa ca() {
		return ca;
	}

	MailServer oldServer() {
		return oldServer;
	}

	MailServer newServer() {
		return newServer;
	}

	int dnsPort() {
		return names.port();
	}

	Secrets secrets() {
		return secrets;
	}

	/// Creates the forgotten mailbox. A second call does nothing.
	synchronized void repair() {
		if (!repaired) {
			try (Secret secret = secrets.find(MISSING.newLogin()).orElseThrow()) {
				addAccount(newServer, MISSING.newLogin(), MISSING, secret);
			}
			repaired = true;
		}
	}

	void lowerTtl() {
		names.lowerMxTtl(LOW_TTL);
	}

	void cutOver() {
		names.switchMx(NEW_NAME, LOW_TTL);
	}

	@Override
	public void close() {
		names.close();
		newServer.close();
		oldServer.close();
		secrets.close();
	}
}
