package hikkoshi.mail.tests;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import hikkoshi.core.arrival.ArrivalFacts;
import hikkoshi.core.arrival.Marks;
import hikkoshi.core.compare.Offer;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.CertificatePin;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.mail.MailProbes;
import hikkoshi.mail.internal.arrival.ArrivalProbe;
import hikkoshi.mail.internal.capability.ContentsProbe;
import hikkoshi.mail.internal.capability.DoorProbe;
import hikkoshi.mail.internal.login.LoginProbe;
import hikkoshi.mail.internal.recipient.LocalProbe;
import hikkoshi.mail.internal.recipient.RecipientProbe;
import hikkoshi.mail.internal.token.Tokens;

/// Puts one login probe to one endpoint, and reads what it found.
final class Bench {
	static final String NAME = "mx.example.test";
	static final String USER = "anna@example.test";
	/// Everything that a protocol could trip over.
	static final String PASSWORD = "pä ss\"wörd\\1";

	private Protocol protocol = Protocol.IMAP;
	private Security security = Security.TLS;
	private InetAddress address = InetAddress.getLoopbackAddress();
	private int port = 1;
	private String user = USER;
	private Optional<String> password = Optional.of(PASSWORD);
	private Optional<Secrets> secrets = Optional.empty();
	private Authentication authentication = Authentication.PASSWORD;
	private String name = NAME;
	private List<CertificatePin> pins = List.of();
	private List<X509Certificate> anchors = List.of();
	private int keptAtMost = 16;
	private int atOnce = Policy.DEFAULT.connectionsPerServer();
	private Clock clock = Clock.systemUTC();
	private Duration connect = Duration.ofSeconds(20);
	private Duration read = Duration.ofSeconds(20);
	private Duration whole = Duration.ofSeconds(40);

	Bench at(Protocol to, Security by, int where) {
		protocol = to;
		security = by;
		port = where;
		return this;
	}

	Bench address(InetAddress to) {
		address = to;
		return this;
	}

	Bench user(String who) {
		user = who;
		return this;
	}

	Bench password(String word) {
		password = Optional.of(word);
		return this;
	}

	Bench secrets(Secrets place) {
		secrets = Optional.of(place);
		return this;
	}

	Bench auth(Authentication how) {
		authentication = how;
		return this;
	}

	Bench noPassword() {
		password = Optional.empty();
		return this;
	}

	Bench name(String proven) {
		name = proven;
		return this;
	}

	Bench pin(String sha256) {
		pins = List.of(new CertificatePin(sha256));
		return this;
	}

	Bench trust(X509Certificate... authorities) {
		anchors = List.of(authorities);
		return this;
	}

	Bench clock(Clock other) {
		clock = other;
		return this;
	}

	Bench connectTimeout(Duration limit) {
		connect = limit;
		return this;
	}

	Bench readTimeout(Duration limit) {
		read = limit;
		return this;
	}

	Bench probeTimeout(Duration limit) {
		whole = limit;
		return this;
	}

	Bench kept(int connections) {
		keptAtMost = connections;
		return this;
	}

	Bench atOnce(int connections) {
		atOnce = connections;
		return this;
	}

	Account account() {
		Endpoint endpoint = new Endpoint(protocol, port, security);
		Server server = new Server("mx", Side.NEW, new DomainName(name), List.of(address), List.of(endpoint), pins, authentication);
		return new Account(server, endpoint, address, user, EmailAddress.parse("anna@example.test"));
	}

	ProbeContext context() {
		return context(new RunMemo());
	}

	ProbeContext context(RunMemo memo) {
		Policy d = Policy.DEFAULT;
		Policy policy = new Policy(d.evidenceMaxAge(), atOnce, 0, atOnce + 1, connect, read, whole, d.ttlTarget(),
				d.quiet(), d.canary(), keptAtMost);
		return new ProbeContext(clock, secrets.orElseGet(() -> new Known(password)), policy, DnsSettings.DEFAULT, anchors, memo);
	}

	/// On this thread; an exception would be a bug.
	Finding examine() throws Exception {
		return examine(context());
	}

	Finding examine(ProbeContext context) throws Exception {
		return probe(protocol).examine(account(), context);
	}

	/// Knocks without logging in.
	Finding knock() throws Exception {
		Door door = account().door();
		return new MailProbes().probes().stream().filter(DoorProbe.class::isInstance).map(DoorProbe.class::cast).filter(probe -> probe.appliesTo(door))
				.findFirst().orElseThrow().examine(door, context());
	}

	/// Looks behind the login.
	Finding profile() throws Exception {
		return new MailProbes().probes().stream().filter(LoginProbe.class::isInstance).map(LoginProbe.class::cast)
				.filter(probe -> probe.id().equals("imap.profile")).findFirst().orElseThrow().examine(account(), context());
	}

	/// Counts what lies in the account, as an old server's where the new one is known to take messages of so many bytes.
	Finding contents(OptionalLong allowed) throws Exception {
		Account here = account();
		Server fresh = new Server("fresh", Side.NEW, new DomainName(NAME), List.of(address), List.of(new Endpoint(Protocol.SMTP, 25, Security.STARTTLS)), List.of());
		Door door = new Door(fresh, fresh.endpoints().getFirst(), address);
		Offer offer = Offer.of(Protocol.SMTP, allowed.isPresent() ? List.of("SIZE " + allowed.getAsLong()) : List.of("PIPELINING"));
		Evidence said = new Evidence("smtp.ehlo", door.id(), clock.instant(), Duration.ZERO, Outcome.PASS, Reason.of("door.ok"), Tree.of("door", "", offer.tree(Offer.TLS)));
		EvidenceView known = new Only(new Sighting(1, said, said.at(), said.at(), 1));
		Server old = new Server("old", Side.OLD, here.server().name(), List.of(address), List.of(here.endpoint()), pins, authentication);
		ProbeContext context = context();
		return new ContentsProbe(new Tokens()).examine(new Account(old, here.endpoint(), address, user, here.mailbox()),
				new ProbeContext(clock, context.secrets(), context.policy(), context.dns(), anchors, context.memo(), List.of(old, fresh), known));
	}

	/// Asks whether the server keeps the user's domain to itself.
	Finding local(Side side) throws Exception {
		Account here = account();
		Server server = new Server("mx", side, here.server().name(), List.of(address), List.of(here.endpoint()), pins, authentication);
		return new LocalProbe(new Tokens()).examine(new Account(server, here.endpoint(), address, user, here.mailbox()), context());
	}

	/// Looks for what is new since the marks of a finding before.
	Finding arrivals(Optional<Finding> before) throws Exception {
		RunMemo memo = new RunMemo();
		Marks.open(memo, (_, _) -> before.flatMap(finding -> ArrivalFacts.in(finding.facts())).map(ArrivalFacts::marks).orElse(List.of()));
		return new MailProbes().probes().stream().filter(ArrivalProbe.class::isInstance).map(ArrivalProbe.class::cast).filter(probe -> probe.appliesTo(account())).findFirst()
				.orElseThrow().examine(account(), context(memo));
	}

	/// Asks whether there is such an address.
	Finding ask(String address, ProbeContext context) throws Exception {
		return new RecipientProbe().examine(new Presence(account().door(), EmailAddress.parse(address)), context);
	}

	static Probe<Account> probe(Protocol protocol) {
		return new MailProbes().probes().stream().filter(LoginProbe.class::isInstance).map(LoginProbe.class::cast).filter(probe -> probe.id().equals(protocol.token() + ".login")).findFirst()
				.orElseThrow();
	}

	/// The value of the first fact with that key, depth first.
	static Optional<String> fact(Finding finding, String key) {
		return all((Tree) finding.facts()).stream().filter(tree -> tree.key().equals(key)).map(Tree::value).findFirst();
	}

	static List<String> dialogue(Finding finding) {
		return all((Tree) finding.facts()).stream().filter(tree -> tree.key().equals("line")).map(Tree::value).toList();
	}

	static List<Tree> all(Tree tree) {
		List<Tree> all = new ArrayList<>();
		all.add(tree);
		tree.children().forEach(child -> all.addAll(all(child)));
		return all;
	}

	/// Everything a finding would leave in the log, as one text.
	static String everything(Finding finding) {
		return finding.reason() + "\n" + switch (finding.facts()) {
			case Facts.Text text -> text.text();
			case Facts.Table table -> table.toString();
			case Tree tree -> tree.toString();
		};
	}

	/// A log of one row.
	private record Only(Sighting row) implements EvidenceView {
		@Override
		public Optional<Sighting> latest(String probe, Target.Id target) {
			return latest().stream().filter(seen -> seen.evidence().probe().equals(probe) && seen.evidence().target().equals(target)).findFirst();
		}

		@Override
		public List<Sighting> latest() {
			return List.of(row);
		}

		@Override
		public List<Sighting> history(String probe, Target.Id target, int limit) {
			return latest(probe, target).stream().toList();
		}

		@Override
		public long lastRow() {
			return 1;
		}

		@Override
		public List<Sighting> since(long since, int limit) {
			return since < 1 ? latest() : List.of();
		}
	}

	private record Known(Optional<String> password) implements Secrets {
		@Override
		public Optional<Secret> find(CredentialId id) {
			return password.map(Secret::of);
		}

		@Override
		public void store(CredentialId id, Secret secret) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void remove(CredentialId id) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean writable() {
			return false;
		}
	}
}
