package hikkoshi.core.format;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.format.YamlNode.Sequence;
import hikkoshi.core.format.YamlValue.Entries;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

/// What a person does with the servers of a `migration.yaml`, as edits of its text that leave everything else as it stands. Pure.
public final class ServerEdits {
	private static final YamlPath DOMAINS = YamlPath.of("domains");

	private ServerEdits() {}

	/// Where a server stands in the text.
	public record Place(Side side, int index) {
		public YamlPath path(Object... more) {
			return list(side).then(index).then(more);
		}
	}

	/// What moving a server to the other side means.
	public sealed interface Move {
		/// Nothing refers to it in a way that breaks.
		record Fine(List<TextEdit> edits) implements Move {}

		/// Domains refer to it, or would not know any more which server is theirs.
		///
		/// @param reason what would break, for a person: which domains
		/// @param adapted the move, and the domains brought in line with it
		record Breaks(Reason reason, List<TextEdit> adapted) implements Move {}

		/// It cannot be done.
		record Refused(Reason reason) implements Move {}
	}

	public static YamlPath list(Side side) {
		return YamlPath.of("servers", side.token());
	}

	/// Where the server with a key stands; the first of several.
	public static Optional<Place> find(YamlDocument yaml, Side side, String key) {
		return IntStream.range(0, size(yaml, list(side))).mapToObj(index -> new Place(side, index))
				.filter(place -> scalar(yaml, place.path("key")).equals(key)).findFirst();
	}

	/// Moves a server's entry, with its comments, to the end of the other side's list.
	public static Move move(YamlDocument yaml, Place place) {
		Side from = place.side();
		Side to = from.other();
		String key = scalar(yaml, place.path("key"));
		if (yaml.at(place.path()).isEmpty()) {
			return new Move.Refused(Reason.of("server.gone"));
		}
		List<TextEdit> moved = YamlEdit.move(yaml, place.path(), list(to));
		if (moved.isEmpty()) {
			return new Move.Refused(Reason.of("server.move-layout", key));
		}
		int left = size(yaml, list(from)) - 1;
		int there = size(yaml, list(to));
		int domains = size(yaml, DOMAINS);
		List<Integer> leaving = new ArrayList<>();
		List<Integer> joining = new ArrayList<>();
		for (int i = 0; i < domains; i++) {
			String named = scalar(yaml, DOMAINS.then(i, from.token()));
			if (named.equals(key) || named.isEmpty() && left == 0) {
				leaving.add(i);
			}
			if (there == 1 && scalar(yaml, DOMAINS.then(i, to.token())).isEmpty()) {
				joining.add(i);
			}
		}
		if (!leaving.isEmpty() && left == 0) {
			return new Move.Refused(Reason.of("server.move-last", key, from.token(), leaving.size()));
		}
		if (leaving.isEmpty() && joining.isEmpty()) {
			return new Move.Fine(moved);
		}
		String heir = scalar(yaml, new Place(from, place.index() == 0 ? 1 : 0).path("key"));
		String resident = scalar(yaml, new Place(to, 0).path("key"));
		List<Function<YamlDocument, List<TextEdit>>> changes = new ArrayList<>();
		changes.add(y -> YamlEdit.move(y, place.path(), list(to)));
		leaving.forEach(i -> changes.add(y -> refer(y, i, from, heir)));
		joining.forEach(i -> changes.add(y -> refer(y, i, to, resident)));
		List<TextEdit> adapted = YamlEdit.all(yaml, changes);
		Reason reason = leaving.isEmpty() ? Reason.of("server.move-implied", key, to.token(), joining.size(), resident)
				: Reason.of("server.move-named", key, from.token(), leaving.size(), heir);
		return adapted.isEmpty() ? new Move.Refused(Reason.of("server.move-layout", key)) : new Move.Breaks(reason, adapted);
	}

	/// Names a domain's server on a side; the short form (a name alone) becomes the long one.
	private static List<TextEdit> refer(YamlDocument yaml, int domain, Side side, String key) {
		return setInDomain(yaml, domain, side.token(), key);
	}

	/// Sets a field of a domain; the short form (a name alone) becomes the long one. An empty value takes the field away.
	public static List<TextEdit> setInDomain(YamlDocument yaml, int domain, String field, String value) {
		YamlPath path = DOMAINS.then(domain);
		Optional<YamlNode> node = yaml.at(path);
		if (node.isPresent() && node.get() instanceof Scalar name) {
			if (field.equals("name")) {
				return YamlEdit.set(yaml, path, value);
			}
			return value.isEmpty() ? List.of() : YamlEdit.set(yaml, path, YamlValue.entries().with("name", name.value()).with(field, value));
		}
		return value.isEmpty() && !field.equals("name") ? YamlEdit.remove(yaml, path.then(field)) : YamlEdit.set(yaml, path.then(field), value);
	}

	/// Gives a server another key, and the domains that refer to it.
	public static List<TextEdit> rename(YamlDocument yaml, Place place, String key) {
		String before = scalar(yaml, place.path("key"));
		List<Function<YamlDocument, List<TextEdit>>> changes = new ArrayList<>();
		changes.add(y -> YamlEdit.set(y, place.path("key"), key));
		if (!before.isEmpty()) {
			IntStream.range(0, size(yaml, DOMAINS)).filter(i -> scalar(yaml, DOMAINS.then(i, place.side().token())).equals(before))
					.forEach(i -> changes.add(y -> setInDomain(y, i, place.side().token(), key)));
		}
		return YamlEdit.all(yaml, changes);
	}

	/// Gives a wave another key, and the domains of it.
	public static List<TextEdit> renameWave(YamlDocument yaml, int wave, String key) {
		YamlPath path = YamlPath.of("waves", wave, "key");
		String before = scalar(yaml, path);
		List<Function<YamlDocument, List<TextEdit>>> changes = new ArrayList<>();
		changes.add(y -> YamlEdit.set(y, path, key));
		if (!before.isEmpty()) {
			IntStream.range(0, size(yaml, DOMAINS)).filter(i -> scalar(yaml, DOMAINS.then(i, "wave")).equals(before))
					.forEach(i -> changes.add(y -> setInDomain(y, i, "wave", key)));
		}
		return YamlEdit.all(yaml, changes);
	}

	/// Lets domains cut over with a wave.
	public static List<TextEdit> assign(YamlDocument yaml, List<Integer> domains, String wave) {
		return YamlEdit.all(yaml,
				domains.stream().<Function<YamlDocument, List<TextEdit>>>map(i -> y -> setInDomain(y, i, "wave", wave)).toList());
	}

	/// Whether a side has a server of that name.
	public static boolean has(YamlDocument yaml, Side side, DomainName name) {
		return IntStream.range(0, size(yaml, list(side))).anyMatch(i -> scalar(yaml, new Place(side, i).path("name")).equalsIgnoreCase(name.ascii()));
	}

	/// How many domains refer to a server.
	public static int references(YamlDocument yaml, Place place) {
		String key = scalar(yaml, place.path("key"));
		return (int) IntStream.range(0, size(yaml, DOMAINS)).filter(i -> scalar(yaml, DOMAINS.then(i, place.side().token())).equals(key)).count();
	}

	/// Appends servers to a side, each under a key that is not yet taken.
	public static List<TextEdit> paste(YamlDocument yaml, Side side, List<ServerUrl> servers) {
		return YamlEdit.all(yaml, servers.stream().<Function<YamlDocument, List<TextEdit>>>map(
				server -> y -> YamlEdit.append(y, list(side), entry(freeKey(y, stem(server)), server))).toList());
	}

	/// Appends a server to its side. Where that side had a single server, the domains that did not have to name it do so now.
	public static List<TextEdit> add(YamlDocument yaml, Server server) {
		List<Function<YamlDocument, List<TextEdit>>> changes = new ArrayList<>();
		String side = server.side().token();
		if (size(yaml, list(server.side())) == 1) {
			String resident = scalar(yaml, new Place(server.side(), 0).path("key"));
			IntStream.range(0, size(yaml, DOMAINS)).filter(i -> scalar(yaml, DOMAINS.then(i, side)).isEmpty())
					.forEach(i -> changes.add(y -> setInDomain(y, i, side, resident)));
		}
		changes.add(y -> YamlEdit.append(y, list(server.side()), entry(server.key(), server.name(), server.addresses(), server.endpoints())));
		return YamlEdit.all(yaml, changes);
	}

	/// A text to read or to paste: `servers:` with these servers on their sides.
	public static String snippet(List<Server> servers) {
		Entries sides = YamlValue.entries();
		for (Side side : Side.values()) {
			List<YamlValue> list = servers.stream().filter(server -> server.side() == side)
					.<YamlValue>map(server -> entry(server.key(), server.name(), server.addresses(), server.endpoints())).toList();
			if (!list.isEmpty()) {
				sides = sides.with(side.token(), new YamlValue.Items(list));
			}
		}
		return YamlValue.entries().with("servers", sides).block("", "\n") + "\n";
	}

	private static Entries entry(String key, ServerUrl server) {
		return entry(key, server.name(), server.addresses(), server.endpoints());
	}

	private static Entries entry(String key, DomainName name, List<InetAddress> addresses, List<Endpoint> endpoints) {
		return YamlValue.entries().with("key", key).with("name", name.ascii()).with("addresses", YamlValue.texts(addresses.stream().map(IpText::of).toList()))
				.with("endpoints", YamlValue.texts(endpoints.stream().map(Endpoint::toString).toList()));
	}

	/// e.g. `mail` of `mail.example.org`
	private static String stem(ServerUrl server) {
		String label = server.name().ascii().split("\\.")[0];
		return label.matches("[a-z0-9][a-z0-9._-]{0,40}") ? label : "server";
	}

	/// A key like the wished one that no server of either side has.
	public static String freeKey(YamlDocument yaml, String wish) {
		List<String> taken = new ArrayList<>();
		for (Side side : Side.values()) {
			IntStream.range(0, size(yaml, list(side))).forEach(i -> taken.add(scalar(yaml, new Place(side, i).path("key"))));
		}
		String key = wish;
		for (int i = 2; taken.contains(key); i++) {
			key = wish + "-" + i;
		}
		return key;
	}

	private static int size(YamlDocument yaml, YamlPath path) {
		return yaml.at(path).map(node -> node instanceof Sequence list ? list.items().size() : 0).orElse(0);
	}

	private static String scalar(YamlDocument yaml, YamlPath path) {
		return yaml.at(path).map(node -> node instanceof Scalar scalar && !scalar.isNull() ? scalar.value() : "").orElse("");
	}
}
