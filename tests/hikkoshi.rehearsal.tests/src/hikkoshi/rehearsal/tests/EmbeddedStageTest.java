package hikkoshi.rehearsal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStreamReader;
import java.io.Reader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.gate.Step;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.RehearsalStage.Play;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsName;
import hikkoshi.rehearsal.dns.DnsRecord;
import hikkoshi.rehearsal.internal.EmbeddedStage;
import hikkoshi.rehearsal.internal.Grounds;
import hikkoshi.rehearsal.mail.Loopback;

@Timeout(60)
class EmbeddedStageTest {

	private static final String DOMAIN = "rehearsal.test";

	@TempDir
	Path folder;

	private static EmbeddedStage stage(boolean scarce) throws Exception {
		assumeTrue(!scarce || Loopback.canListen(Loopback.address("::1")));
		return new EmbeddedStage(scarce ? Grounds.scarce() : Grounds.find());
	}

	private Migration migration() throws Exception {
		MigrationProject project = MigrationFiles.load(folder);
		assertThat(project.faults()).isEmpty();
		assertThat(project.anchors()).hasSize(1);
		assertThat(project.checklist().orElseThrow().steps()).extracting(Step::key).containsExactly("create", "prove", "lower-ttl", "cutover", "watch", "merge",
				"retire");
		return project.migration().orElseThrow();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theProjectIsWithoutFaultsAndItsAccountsWorkButOne(boolean scarce) throws Exception {
		try (Play play = stage(scarce).open(folder, Locale.ENGLISH)) {
			Migration migration = migration();
			assertThat(migration.mailboxes()).hasSize(5).anyMatch(mailbox -> mailbox.address().toString().equals(play.missingMailbox()));
			for (Side side : Side.values()) {
				for (Mailbox mailbox : migration.mailboxes()) {
					boolean missing = side == Side.NEW && mailbox.address().toString().equals(play.missingMailbox());
					assertThat(logins(play, migration, mailbox, side)).as("%s %s", side, mailbox).isNotEmpty().containsOnly(!missing);
				}
			}
			play.repair();
			play.repair();
			for (Mailbox mailbox : migration.mailboxes()) {
				assertThat(logins(play, migration, mailbox, Side.NEW)).isNotEmpty().containsOnly(true);
			}
		}
	}

	/// IMAP logins at every address.
	private List<Boolean> logins(Play play, Migration migration, Mailbox mailbox, Side side) throws Exception {
		List<Account> accounts = migration.accounts(mailbox, side).stream()
				.filter(account -> account.endpoint().protocol() == Protocol.IMAP && account.endpoint().security() == Security.TLS).toList();
		List<Boolean> results = new ArrayList<>();
		for (Account account : accounts) {
			Server server = account.server();
			try (RawClient client = RawClient.connect(account.address(), account.endpoint().port());
					Secret secret = play.secrets().find(new CredentialId(server.key(), account.user())).orElseThrow()) {
				client.tls(trust(), server.name().toString()).line();
				results.add(client.imap("a AUTHENTICATE PLAIN " + MailFixture.plain(account.user(), new String(secret.reveal()))).getLast().startsWith("a OK"));
			}
		}
		return results;
	}

	private SSLContext trust() throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setCertificateEntry("ca", MigrationFiles.load(folder).anchors().getFirst());
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theMxGoesFromTheOldToTheNewServer(boolean scarce) throws Exception {
		try (Play play = stage(scarce).open(folder, Locale.JAPANESE)) {
			Migration migration = migration();
			int port = migration.dns().authoritativePort();
			NameServer root = migration.dns().roots().getFirst();
			NameServer cache = migration.dns().resolvers().getFirst();
			assertThat(new RawDns(root.address(), root.port()).ask(DOMAIN, DnsData.NS).rcode()).isZero();
			InetAddress authoritative = scarce ? root.address() : Loopback.address("127.0.71.4");

			DnsRecord before = mx(authoritative, port);
			assertThat(before.data()).isEqualTo(new DnsData.MailExchanger(10, DnsName.of("old." + DOMAIN)));
			play.lowerTtl();
			DnsRecord low = mx(authoritative, port);
			assertThat(low.ttl()).isLessThan(before.ttl()).isEqualTo((int) migration.policy().ttlTarget().toSeconds());
			assertThat(low.data()).isEqualTo(before.data());
			play.cutOver();
			assertThat(mx(authoritative, port).data()).isEqualTo(new DnsData.MailExchanger(10, DnsName.of("new." + DOMAIN)));
			assertThat(new RawDns(cache.address(), cache.port()).ask(RawDns.query(DOMAIN, DnsData.MX, true, 1232)).answers()).hasSize(1);
			for (Side side : Side.values()) {
				Server server = migration.servers().stream().filter(each -> each.side() == side).findFirst().orElseThrow();
				assertThat(addresses(authoritative, port, server.name().toString())).containsExactlyInAnyOrderElementsOf(server.addresses());
			}
		}
	}

	private static DnsRecord mx(InetAddress server, int port) throws Exception {
		return new RawDns(server, port).ask(DOMAIN, DnsData.MX).answers().getFirst();
	}

	private static List<InetAddress> addresses(InetAddress server, int port, String name) throws Exception {
		RawDns dns = new RawDns(server, port);
		return Stream.concat(dns.ask(name, DnsData.A).answers().stream(), dns.ask(name, DnsData.AAAA).answers().stream())
				.map(record -> ((DnsData.Address) record.data()).address()).toList();
	}

	@Test
	void noPasswordIsWritten() throws Exception {
		try (Play play = stage(false).open(folder, Locale.ENGLISH); Stream<Path> files = Files.list(folder)) {
			StringBuilder all = new StringBuilder();
			for (Path file : files.toList()) {
				all.append(Files.readString(file, StandardCharsets.UTF_8));
			}
			for (Mailbox mailbox : migration().mailboxes()) {
				for (CredentialId id : List.of(new CredentialId("old", mailbox.oldUser()), new CredentialId("new", mailbox.newUser()))) {
					try (Secret secret = play.secrets().find(id).orElseThrow()) {
						String password = new String(secret.reveal());
						assertThat(password).hasSize(20);
						assertThat(all).doesNotContain(password)
								.doesNotContain(Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)));
					}
				}
			}
			assertThat(play.secrets().find(new CredentialId("old", "nobody"))).isEmpty();
			assertThat(play.secrets().writable()).isFalse();
			assertThatThrownBy(() -> play.secrets().remove(new CredentialId("old", "alice"))).isInstanceOf(UnsupportedOperationException.class);
		}
	}

	@Test
	void aFolderWithSomethingInItIsLeftAlone() throws Exception {
		Files.writeString(folder.resolve("precious"), "x");

		assertThatThrownBy(() -> stage(false).open(folder, Locale.ENGLISH)).isInstanceOf(DirectoryNotEmptyException.class);
		try (Stream<Path> files = Files.list(folder)) {
			assertThat(files).hasSize(1);
		}
	}

	@Test
	void closingEndsTheServersAndKeepsTheFolder() throws Exception {
		Play play = stage(false).open(folder.resolve("new/folder"), Locale.ENGLISH);
		Migration migration = MigrationFiles.load(folder.resolve("new/folder")).migration().orElseThrow();
		play.close();

		Server server = migration.servers().getFirst();
		assertThatThrownBy(() -> RawClient.connect(server.addresses().getFirst(), server.endpoints().getFirst().port())).isInstanceOf(ConnectException.class);
		assertThat(folder.resolve("new/folder").resolve(MigrationProject.MIGRATION_FILE)).exists();
		assertThat(play.secrets().find(new CredentialId("old", "alice"))).as("passwords are wiped").isEmpty();
	}

	@Test
	void bothLanguagesSayTheSameThings() throws Exception {
		assertThat(keys("texts_ja.properties")).isEqualTo(keys("texts.properties"));
	}

	private static Set<Object> keys(String file) throws Exception {
		Properties texts = new Properties();
		try (Reader reader = new InputStreamReader(EmbeddedStage.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
			texts.load(reader);
		}
		assertThat(texts.values()).allMatch(value -> !value.toString().isBlank() && value.toString().lines().count() == 1);
		return texts.keySet();
	}
}
