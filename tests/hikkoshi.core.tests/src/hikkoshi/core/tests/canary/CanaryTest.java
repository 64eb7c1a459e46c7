package hikkoshi.core.tests.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;

import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.canary.Canary;
import hikkoshi.core.canary.CanaryMessage;
import hikkoshi.core.canary.CanaryPlan;
import hikkoshi.core.canary.CanaryPost;
import hikkoshi.core.canary.CanaryReasons;
import hikkoshi.core.canary.CanaryRoute;
import hikkoshi.core.canary.CanaryRun;
import hikkoshi.core.canary.SentCanary;
import hikkoshi.core.canary.SentCanary.Fate;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.CanaryPolicy;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;

/// Which canaries may go, what they say, and that nothing goes that the log does not know of.
class CanaryTest {
	private static final Instant NOW = Instant.parse("2026-12-01T20:00:00Z");
	private static final Mailbox ANN = new Mailbox(EmailAddress.parse("ann@example.org"), "ann", "ann@example.org", "main", "", 2);
	private static final OutsideSender MAIL = new OutsideSender("freemail", new DomainName("smtp.freemail.example"), List.of(),
			new Endpoint(Protocol.SUBMISSION, 465, Security.TLS), "me", EmailAddress.parse("me@freemail.example"));
	private final SecureRandom random = new SecureRandom();

	private static Migration migration(int perDay, int perRun, Endpoint... extra) throws IOException {
		Policy d = Policy.DEFAULT;
		Policy policy = new Policy(d.evidenceMaxAge(), 4, 0, 5, d.connectTimeout(), d.readTimeout(), d.probeTimeout(), d.ttlTarget(), d.quiet(),
				new CanaryPolicy(3, perDay, perRun, Duration.ofMinutes(10), List.of(MAIL)));
		List<Endpoint> endpoints = new ArrayList<>(List.of(new Endpoint(Protocol.SUBMISSION, 587, Security.STARTTLS), new Endpoint(Protocol.SMTP, 25, Security.STARTTLS)));
		List<Server> servers = new ArrayList<>();
		for (Side side : Side.values()) {
			servers.add(new Server("mx-" + side.token(), side, new DomainName(side.token() + ".example"), List.of(InetAddress.ofLiteral("127.0.0.1")),
					extra.length == 0 ? endpoints : List.of(extra), List.of()));
		}
		return new Migration("test", servers, List.of(new Domain(new DomainName("example.org"), "main", "mx-old", "mx-new")), List.of(new Wave("main", null)), List.of(ANN),
				DnsSettings.DEFAULT, List.of(), policy);
	}

	private CanaryPlan plan(Migration migration, List<SentCanary> before) {
		return CanaryPlan.of(migration, List.of(ANN), CanaryPlan.routes(migration), _ -> before, NOW, () -> CanaryToken.invent(random));
	}

	private SentCanary sent(String route, Duration ago, Fate fate) {
		return new SentCanary(CanaryToken.invent(random), ANN, CanaryRoute.parse(route).orElseThrow(), NOW.minus(ago), fate, Reason.of(CanaryReasons.SENT));
	}

	@Test
	void oneByEveryRoute() throws IOException {
		CanaryPlan plan = plan(migration(5, 100), List.of());
		assertThat(plan.canaries()).extracting(canary -> canary.route().token()).containsExactly("old-submission", "new-submission", "old-direct", "new-direct",
				"outside:freemail");
		assertThat(plan.canaries()).extracting(canary -> canary.from().toString()).containsExactly("ann@example.org", "ann@example.org", "ann@example.org", "ann@example.org",
				"me@freemail.example");
		assertThat(plan.canaries().stream().map(Canary::token).distinct()).hasSize(5);
		assertThat(plan.held()).isEmpty();
		CanaryPlan.routes(migration(5, 100)).forEach(route -> assertThat(CanaryRoute.parse(route.token())).contains(route));
	}

	@Test
	void neverMoreThanThePolicyAllows() throws IOException {
		List<SentCanary> before = List.of(sent("old-direct", Duration.ofHours(5), Fate.SENT), sent("old-direct", Duration.ofHours(3), Fate.IN_DOUBT),
				sent("new-direct", Duration.ofMinutes(9), Fate.SENT), sent("new-submission", Duration.ofMinutes(1), Fate.NOT_SENT),
				sent("old-submission", Duration.ofHours(25), Fate.SENT), sent("old-submission", Duration.ofHours(26), Fate.SENT));
		CanaryPlan plan = plan(migration(2, 2), before);
		assertThat(plan.canaries()).extracting(canary -> canary.route().token()).containsExactly("old-submission", "new-submission");
		assertThat(plan.held()).extracting(Reason::id).containsExactly(CanaryReasons.MOST_A_DAY, CanaryReasons.TOO_SOON, CanaryReasons.MOST_A_RUN);
		for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
			plan.held().forEach(held -> assertThat(Phrases.of(locale, List.of()).say(held)).contains("ann@example.org").doesNotContain("canary.", "{"));
		}
	}

	@Test
	void neverToAStranger() throws IOException {
		Mailbox stranger = new Mailbox(EmailAddress.parse("eve@example.org"), "eve", "eve", "main", "", 3);
		Migration migration = migration(5, 5);
		assertThatThrownBy(() -> CanaryPlan.of(migration, List.of(stranger), CanaryPlan.routes(migration), _ -> List.of(), NOW, () -> CanaryToken.invent(random)))
				.isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void aSideWithoutADoorIsSaid() throws IOException {
		CanaryPlan plan = plan(migration(5, 100, new Endpoint(Protocol.IMAP, 993, Security.TLS), new Endpoint(Protocol.SUBMISSION, 587, Security.NONE)), List.of());
		assertThat(plan.canaries()).hasSize(1);
		assertThat(plan.held()).extracting(Reason::id).containsOnly(CanaryReasons.NO_DOOR).hasSize(4);
	}

	@Test
	void theMessageSaysWhatItIs() throws IOException {
		Canary canary = plan(migration(5, 100), List.of()).canaries().getFirst();
		String text = new String(CanaryMessage.of(canary, NOW), StandardCharsets.UTF_8);
		assertThat(text.replace("\r\n", "")).doesNotContain("\n", "\r");
		String header = text.substring(0, text.indexOf("\r\n\r\n"));
		assertThat(header.split("\r\n")).contains("Date: Tue, 1 Dec 2026 20:00:00 +0000", "From: <ann@example.org>", "To: <ann@example.org>",
				"Subject: Hikkoshi canary " + canary.token(), "Message-ID: <" + canary.token() + "@example.org>", "X-Hikkoshi-Canary: " + canary.token(),
				"Auto-Submitted: auto-generated", "MIME-Version: 1.0");
		String body = text.substring(text.indexOf("\r\n\r\n") + 4);
		assertThat(body.split("\r\n")).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(76).doesNotStartWith("."));
		assertThat(new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8)).contains("canary", "カナリア", "old-submission");
	}

	/// @param killed whether the process dies between the message and the answer
	private record Post(List<String> order, boolean killed) implements CanaryPost {
		@Override
		public Finding send(Canary canary, ProbeContext context, Intent intent) throws IOException, InterruptedException {
			intent.write();
			order.add("DATA");
			if (killed) {
				throw new InterruptedException();
			}
			return new Finding(Outcome.PASS, Reason.of(CanaryReasons.SENT, canary.token(), canary.route().token(), "250 OK"), Facts.NONE);
		}

		@Override
		public Finding remove(Account account, Set<CanaryToken> tokens, ProbeContext context) {
			throw new UnsupportedOperationException();
		}
	}

	private static ProbeContext context() {
		return new ProbeContext(Clock.fixed(NOW, ZoneOffset.UTC), Secrets.none(), Policy.DEFAULT, DnsSettings.DEFAULT, List.of());
	}

	@Test
	void theLogKnowsBeforeTheMessageGoes() throws Exception {
		List<Canary> one = plan(migration(5, 100), List.of()).canaries().subList(0, 1);
		List<String> order = new ArrayList<>();
		new CanaryRun(new Post(order, false), context(), batch -> batch.forEach(evidence -> order.add(evidence.reason().id()))).send(one);
		assertThat(order).containsExactly(CanaryReasons.INTENT, "DATA", CanaryReasons.SENT);
	}

	@Test
	void aProcessThatIsKilledLeavesACanaryInDoubt() throws Exception {
		List<Canary> one = plan(migration(5, 100), List.of()).canaries().subList(0, 1);
		List<Evidence> kept = new ArrayList<>();
		assertThatThrownBy(() -> new CanaryRun(new Post(new ArrayList<>(), true), context(), kept::addAll).send(one)).isInstanceOf(InterruptedException.class);
		assertThat(kept).singleElement().satisfies(evidence -> {
			assertThat(evidence.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(evidence.reason()).isEqualTo(Reason.of(CanaryReasons.INTENT, one.getFirst().token(), "old-submission"));
			assertThat(evidence.target()).isEqualTo(ANN.id());
		});
	}

	@Test
	void aLogThatCannotBeWrittenKeepsTheMessageBack() throws Exception {
		List<String> order = new ArrayList<>();
		List<Canary> one = plan(migration(5, 100), List.of()).canaries().subList(0, 1);
		assertThatThrownBy(() -> new CanaryRun(new Post(order, false), context(), _ -> {
			throw new IOException("disk full");
		}).send(one)).isInstanceOf(IOException.class);
		assertThat(order).isEmpty();
	}
}
