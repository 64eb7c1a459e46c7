package hikkoshi.core.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hikkoshi.core.compare.Comparison.Area;
import hikkoshi.core.compare.Comparison.Cell;
import hikkoshi.core.compare.Comparison.Row;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

/// What the doors of one server for one protocol have told.
///
/// @param seen those that told
/// @param unread a row for each that did not
/// @param exists whether the server has such doors at all
record DoorsSeen(Server server, boolean exists, List<Seen> seen, List<Row> unread) {
	DoorsSeen {
		seen = List.copyOf(seen);
		unread = List.copyOf(unread);
	}

	/// @param tls its version, empty without TLS
	record Seen(Door door, Offer offer, String tls) {
		/// e.g. `993 192.0.2.1`
		String place() {
			return door.endpoint().port() + " " + IpText.of(door.address());
		}
	}

	static Set<String> probes() {
		return Stream.of(Protocol.values()).map(DoorsSeen::probe).collect(Collectors.toUnmodifiableSet());
	}

	/// The probe that asks doors of that protocol.
	private static String probe(Protocol protocol) {
		return switch (protocol) {
			case IMAP -> "imap.capability";
			case POP3 -> "pop3.capa";
			case SUBMISSION, SMTP -> "smtp.ehlo";
		};
	}

	static DoorsSeen of(Server server, Protocol protocol, EvidenceView evidence, Policy policy, Instant now) {
		List<Door> doors = Migration.doors(server).stream().filter(door -> door.endpoint().protocol() == protocol).toList();
		boolean secure = doors.stream().anyMatch(door -> door.endpoint().security() != Security.NONE);
		List<Seen> seen = new ArrayList<>();
		List<Row> unread = new ArrayList<>();
		for (Door door : doors) {
			if (secure && door.endpoint().security() == Security.NONE) {
				continue;
			}
			Optional<Sighting> latest = evidence.latest(probe(protocol), door.id());
			if (latest.isEmpty()) {
				unread.add(unread(door, CompareReasons.NOT_ASKED));
				continue;
			}
			Facts facts = latest.get().evidence().facts();
			Reason said = latest.get().evidence().reason();
			Optional<Offer> offer = Offer.in(facts, door.endpoint().security() == Security.NONE ? Offer.CLEAR : Offer.TLS);
			if (latest.get().lastSeen().plus(policy.evidenceMaxAge()).isBefore(now)) {
				unread.add(unread(door, CompareReasons.STALE, latest.get().lastSeen()));
			} else if (offer.isEmpty()) {
				unread.add(unread(door, CompareReasons.NOT_READ, Stream.concat(Stream.of(said.id()), said.args().stream()).toArray()));
			} else {
				seen.add(new Seen(door, offer.get(), tls(facts)));
			}
		}
		return new DoorsSeen(server, !doors.isEmpty(), seen, unread);
	}

	private static Row unread(Door door, String reason, Object... more) {
		Object[] place = { door.endpoint(), IpText.of(door.address()), door.server().key() };
		boolean isOld = door.server().side() == Side.OLD;
		return new Row(Area.of(door.endpoint().protocol()), door.endpoint().toString(), isOld ? Cell.UNKNOWN : Cell.NONE, isOld ? Cell.NONE : Cell.UNKNOWN,
				Outcome.UNKNOWN,
				Reason.of(reason, Stream.concat(Stream.of(place), Stream.of(more)).toArray()));
	}

	private static String tls(Facts facts) {
		return facts instanceof Tree tree
				? tree.children().stream().filter(child -> child.key().equals("phase.tls")).map(Tree::value).findFirst().orElse("")
				: "";
	}

	boolean told() {
		return !seen.isEmpty();
	}

	SortedSet<String> features() {
		return seen.stream().flatMap(one -> one.offer().features().keySet().stream()).collect(Collectors.toCollection(TreeSet::new));
	}

	List<Seen> with(String feature) {
		return seen.stream().filter(one -> Extensions.within(one.offer(), feature)).toList();
	}

	List<Seen> without(String feature) {
		return seen.stream().filter(one -> !Extensions.within(one.offer(), feature)).toList();
	}

	/// What the doors that have it say, each value once.
	List<String> values(String feature) {
		return with(feature).stream().map(one -> one.offer().features().getOrDefault(feature, "")).distinct().toList();
	}
}
