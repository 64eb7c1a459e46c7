package hikkoshi.core.sheet;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.ClientNames;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.model.Wave;

/// Decides what the sheets of a migration say: for each server the name that leads to it alone, where evidence does not speak against it, else the bare
/// address with a warning. Used by one thread.
public final class SetupPlan {
	/// The probes whose word counts here.
	public static final String NAME_PROBE = "dns.setup-name";
	/// The same, for certificates.
	public static final String CERTIFICATE_PROBE = "tls.client-names";

	/// Where a fingerprint can be had from.
	private static final List<String> DOOR_PROBES = List.of("imap.capability", "pop3.capa", "smtp.ehlo");
	/// All of them: whoever runs them first gets better sheets.
	public static final List<String> PROBES = Stream.concat(Stream.of(NAME_PROBE, CERTIFICATE_PROBE), DOOR_PROBES.stream()).toList();

	/// Both servers have one name, so that it leads to one of them only: the sheets give the address. (server, name, address)
	static final String SAME_NAME = "sheet.same-name";
	/// The name is the one that the other side is to have in the end, so that it will lead there: the sheets give the address. (server, name, address)
	static final String MOVING_NAME = "sheet.moving-name";
	/// The name is known not to lead there: the sheets give the address. (server, address, the probe's reason)
	static final String NAME_REFUTED = "sheet.name-refuted";
	/// Nobody has looked whether the name leads there. (server, name)
	static final String NAME_UNPROVEN = "sheet.name-unproven";
	/// Mail programs will not believe the certificate. (server, the probe's reason)
	static final String CERTIFICATE_REFUTED = "sheet.certificate-refuted";
	/// Nobody has looked at the certificate for that name. (server, name)
	static final String CERTIFICATE_UNPROVEN = "sheet.certificate-unproven";
	/// With a bare address people must compare fingerprints, and none has been seen. (server)
	static final String NO_FINGERPRINT = "sheet.no-fingerprint";
	/// Only reachable without TLS. (server, endpoint)
	static final String CLEAR_TEXT = "sheet.clear-text";
	/// No endpoint for receiving. (server)
	static final String NO_RECEIVING = "sheet.no-receiving";
	/// No endpoint for sending. (server)
	static final String NO_SENDING = "sheet.no-sending";

	private static final String FINGERPRINT = "tls.sha256";

	/// A server, and the one that the same mailboxes have on the other side.
	private record Pair(String server, @Nullable String other) {}

	/// What holds for every mailbox of a server.
	private record Host(String text, boolean isName, List<Endpoint> receiving, List<Endpoint> sending, List<String> fingerprints) {}

	private final Migration migration;
	private final EvidenceView evidence;
	private final Instant now;
	private final Map<Pair, Host> hosts = new HashMap<>();
	private final Map<String, Instant> cutovers = new HashMap<>();
	private final Map<DomainName, Domain> domains = new HashMap<>();
	private final Set<Reason> remarks = new LinkedHashSet<>();

	/// @param now proof that is older than the policy allows counts as none
	public SetupPlan(Migration migration, EvidenceView evidence, Instant now) {
		this.migration = migration;
		this.evidence = evidence;
		this.now = now;
		for (Wave wave : migration.waves()) {
			Instant cutover = wave.cutover();
			if (cutover != null) {
				cutovers.put(wave.key(), cutover);
			}
		}
		migration.domains().forEach(domain -> domains.put(domain.name(), domain));
	}

	/// @return empty for a mailbox whose domain has no server on either side
	public Optional<Setup> of(Mailbox mailbox) {
		Map<Side, Server> servers = servers(mailbox);
		List<SideSetup> sides = new ArrayList<>();
		servers.forEach((side, server) -> {
			Server other = servers.get(side.other());
			Host host = hosts.computeIfAbsent(new Pair(server.key(), other == null ? null : other.key()), _ -> host(server, other));
			boolean isToken = server.authentication() instanceof Authentication.OAuth;
			sides.add(new SideSetup(side, server, host.text(), host.isName(), mailbox.user(side), isToken, host.receiving(), host.sending(), host.fingerprints()));
		});
		Instant cutover = cutovers.get(mailbox.wave());
		Instant keepUntil = cutover == null ? null : cutover.plus(migration.policy().quiet());
		String last = Optional.ofNullable(servers.get(Side.NEW)).map(server -> server.clientNames().last()).map(DomainName::unicode).orElse(null);
		return sides.isEmpty() ? Optional.empty() : Optional.of(new Setup(mailbox, sides, last, cutover, keepUntil));
	}

	private Map<Side, Server> servers(Mailbox mailbox) {
		Map<Side, Server> servers = new EnumMap<>(Side.class);
		Domain domain = domains.get(mailbox.address().domain());
		for (Side side : Side.values()) {
			if (domain != null) {
				migration.server(domain.server(side)).ifPresent(server -> servers.put(side, server));
			}
		}
		return servers;
	}

	/// What the technician should know or mend before the sheets go out, each once, in the order in which it was met.
	public List<Reason> remarks() {
		return List.copyOf(remarks);
	}

	private Host host(Server server, @Nullable Server other) {
		List<Endpoint> receiving = Stream.of(Protocol.IMAP, Protocol.POP3).flatMap(protocol -> best(server, protocol).stream()).toList();
		List<Endpoint> sending = best(server, Protocol.SUBMISSION).stream().toList();
		if (receiving.isEmpty()) {
			remarks.add(Reason.of(NO_RECEIVING, server.key()));
		}
		if (sending.isEmpty()) {
			remarks.add(Reason.of(NO_SENDING, server.key()));
		}
		Stream.concat(receiving.stream(), sending.stream()).filter(endpoint -> endpoint.security() == Security.NONE)
				.forEach(endpoint -> remarks.add(Reason.of(CLEAR_TEXT, server.key(), endpoint)));
		if (isNamed(server, other)) {
			certificate(server, receiving, sending);
			return new Host(server.setupName().unicode(), true, receiving, sending, List.of());
		}
		List<String> fingerprints = fingerprints(server, Stream.concat(receiving.stream(), sending.stream()).toList());
		if (fingerprints.isEmpty()) {
			remarks.add(Reason.of(NO_FINGERPRINT, server.key()));
		}
		return new Host(address(server), false, receiving, sending, fingerprints);
	}

	/// Whether the server has a name that a mail program can be told. A name that both sides share leads to one of them, and nobody can say which.
	private boolean isNamed(Server server, @Nullable Server other) {
		DomainName name = server.setupName();
		if (other != null && other.setupName().equals(name)) {
			remarks.add(Reason.of(SAME_NAME, server.key(), name, address(server)));
			return false;
		}
		if (other != null && name.equals(other.clientNames().last())) {
			remarks.add(Reason.of(MOVING_NAME, server.key(), name, address(server)));
			return false;
		}
		Optional<Evidence> seen = fresh(NAME_PROBE, server.id());
		if (seen.isEmpty() || seen.get().reason().args().isEmpty() || !seen.get().reason().args().getFirst().equals(name.toString())) {
			// nothing, or evidence of the name that the server had before
			remarks.add(Reason.of(NAME_UNPROVEN, server.key(), name));
			return true;
		}
		return switch (seen.get().outcome()) {
			case PASS, WARN -> true;
			case UNKNOWN -> {
				remarks.add(Reason.of(NAME_UNPROVEN, server.key(), name));
				yield true;
			}
			case FAIL -> {
				remarks.add(wrapped(NAME_REFUTED, List.of(server.key(), address(server)), seen.get().reason()));
				yield false;
			}
		};
	}

	private void certificate(Server server, List<Endpoint> receiving, List<Endpoint> sending) {
		ClientNames names = server.clientNames();
		if (names.setup() == null) {
			// the name that every login proves
			return;
		}
		for (Endpoint endpoint : Stream.concat(receiving.stream(), sending.stream()).filter(endpoint -> endpoint.security() != Security.NONE).toList()) {
			for (InetAddress address : server.addresses()) {
				Optional<Evidence> seen = fresh(CERTIFICATE_PROBE, new Door(server, endpoint, address).id());
				if (seen.isEmpty() || seen.get().outcome() == Outcome.UNKNOWN) {
					remarks.add(Reason.of(CERTIFICATE_UNPROVEN, server.key(), server.setupName()));
				} else if (seen.get().outcome() == Outcome.FAIL) {
					remarks.add(wrapped(CERTIFICATE_REFUTED, List.of(server.key()), seen.get().reason()));
				}
			}
		}
	}

	private Optional<Evidence> fresh(String probe, Target.Id target) {
		return evidence.latest(probe, target).filter(sighting -> !sighting.lastSeen().plus(migration.policy().evidenceMaxAge()).isBefore(now)).map(Sighting::evidence);
	}

	private static Reason wrapped(String id, List<String> first, Reason why) {
		List<String> args = new ArrayList<>(first);
		args.add(why.id());
		args.addAll(why.args());
		return new Reason(id, args);
	}

	private static Optional<Endpoint> best(Server server, Protocol protocol) {
		return Stream.of(Security.TLS, Security.STARTTLS, Security.NONE)
				.flatMap(security -> server.endpoints().stream().filter(endpoint -> endpoint.protocol() == protocol && endpoint.security() == security)).findFirst();
	}

	/// The first IPv4 address, since a home network may lack IPv6; else the first one.
	private static String address(Server server) {
		return server.addresses().stream().filter(Inet4Address.class::isInstance).findFirst().or(() -> server.addresses().stream().findFirst()).map(IpText::of)
				.orElse("");
	}

	private List<String> fingerprints(Server server, List<Endpoint> endpoints) {
		Set<String> found = new LinkedHashSet<>();
		server.pins().forEach(pin -> found.add(pin.sha256()));
		for (Endpoint endpoint : endpoints) {
			for (InetAddress address : server.addresses()) {
				Door door = new Door(server, endpoint, address);
				DOOR_PROBES.forEach(probe -> evidence.latest(probe, door.id()).map(Sighting::evidence).flatMap(SetupPlan::proven).ifPresent(found::add));
			}
		}
		return List.copyOf(found);
	}

	/// The fingerprint of a certificate that proved the server's name: only such a one may be handed to people. The first certificate in the facts is
	/// the server's own; the rest of its chain follows.
	private static Optional<String> proven(Evidence seen) {
		boolean isProven = seen.outcome() == Outcome.PASS || seen.outcome() == Outcome.WARN;
		return isProven && seen.facts() instanceof Facts.Tree tree ? first(tree) : Optional.empty();
	}

	private static Optional<String> first(Facts.Tree tree) {
		return tree.key().equals(FINGERPRINT) ? Optional.of(tree.value())
				: tree.children().stream().flatMap(child -> first(child).stream()).findFirst();
	}
}
