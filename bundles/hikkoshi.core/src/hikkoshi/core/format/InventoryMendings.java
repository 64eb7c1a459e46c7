package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import hikkoshi.core.format.YamlNode.Mapping;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.format.YamlNode.Sequence;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;

/// How faults of `migration.yaml` are mended that are about servers, endpoints, domains and waves.
final class InventoryMendings {
	private static final String FILE = MigrationProject.MIGRATION_FILE;
	private static final Pattern SHORT = Pattern.compile("([^:/\\s]+)(:[^:/\\s]+)?/([^:/\\s]+)");
	/// How people and other tools write an endpoint: `imaps`, `imaps:993`, `imap:993`, `imap://…`.
	private static final Pattern LOOSE = Pattern.compile("([a-z0-9]+)(?:://[^:/\\s]*)?(?:[:/ ]+([0-9]{1,5}))?(?:[:/ ]+([a-z]+))?/?");
	private static final Map<String, Protocol> IMPLICIT =
			Map.of("imaps", Protocol.IMAP, "pop3s", Protocol.POP3, "pops", Protocol.POP3, "submissions", Protocol.SUBMISSION, "smtps", Protocol.SUBMISSION);
	private static final Map<String, String> SECURITIES = Map.of("ssl", "tls", "ssl/tls", "tls", "implicit", "tls", "explicit", "starttls",
			"start-tls", "starttls", "stls", "starttls", "plain", "none", "clear", "none");
	private static final YamlPath DOMAINS = YamlPath.of("domains");
	private static final YamlPath WAVES = YamlPath.of("waves");
	/// More choices than these are no help.
	private static final int MOST_WAVES = 5;

	private final YamlDocument yaml;
	private final YamlMendings plain;

	InventoryMendings(YamlDocument yaml) {
		this(yaml, FILE);
	}

	/// @param file the checklist names protocols too
	InventoryMendings(YamlDocument yaml, String file) {
		this.yaml = yaml;
		plain = new YamlMendings(yaml, file);
	}

	Optional<Mending> security(int place, String security) {
		return endpoint(place, 3, "security", security);
	}

	Optional<Mending> protocol(int place, String protocol) {
		return endpoint(place, 1, "protocol", protocol);
	}

	private Optional<Mending> endpoint(int place, int group, String key, String word) {
		Optional<YamlPath> path = YamlPlaces.value(yaml, place);
		Optional<YamlNode> node = path.flatMap(yaml::at);
		if (node.isPresent() && node.get() instanceof Mapping) {
			return plain.set(path.get().then(key), word, "endpoint." + key, word);
		}
		return plain.text(place, text -> {
			Matcher matcher = SHORT.matcher(text.strip());
			return matcher.matches() ? Optional.of(text.strip().substring(0, matcher.start(group)) + word + text.strip().substring(matcher.end(group)))
					: Optional.empty();
		});
	}

	/// `imaps` → `imap:993/tls`; `imap:143` → `imap:143/starttls`
	Optional<Mending> endpoint(int place) {
		return plain.text(place, InventoryMendings::tidy);
	}

	private static Optional<String> tidy(String text) {
		Matcher matcher = LOOSE.matcher(text.strip().toLowerCase(Locale.ROOT));
		if (!matcher.matches()) {
			return Optional.empty();
		}
		Optional<Protocol> implicit = Optional.ofNullable(IMPLICIT.get(matcher.group(1)));
		Optional<Protocol> protocol = implicit.or(() -> NearWords.nearest(matcher.group(1), Arrays.stream(Protocol.values()).map(Protocol::token).toList())
				.flatMap(Protocol::of));
		Optional<Integer> port = Optional.ofNullable(matcher.group(2)).flatMap(Hosts::port);
		Optional<Security> security = implicit.map(_ -> Security.TLS)
				.or(() -> Optional.ofNullable(matcher.group(3)).flatMap(InventoryMendings::securityWord).flatMap(Security::of))
				.or(() -> protocol.flatMap(p -> port.flatMap(number -> registered(p, number))));
		return protocol.flatMap(p -> security.map(s -> p.token() + ":" + port.orElse(p.defaultPort(s)) + "/" + s.token()));
	}

	private static Optional<Security> registered(Protocol protocol, int port) {
		if (port == protocol.defaultPort(Security.TLS) && protocol.hasLogin()) {
			return Optional.of(Security.TLS);
		}
		return port == protocol.defaultPort(Security.STARTTLS) ? Optional.of(Security.STARTTLS) : Optional.empty();
	}

	private static Optional<String> securityWord(String word) {
		return Optional.ofNullable(SECURITIES.get(word.toLowerCase(Locale.ROOT)))
				.or(() -> NearWords.nearest(word, Arrays.stream(Security.values()).map(Security::token).toList()));
	}

	/// An unknown word of an endpoint, in its short form or as a value of its own.
	Optional<Mending> endpointWord(int place, boolean protocol) {
		return plain.text(place, text -> SHORT.matcher(text.strip()).matches() ? tidy(text)
				: protocol ? Optional.ofNullable(IMPLICIT.get(text.toLowerCase(Locale.ROOT))).map(Protocol::token)
						.or(() -> NearWords.nearest(text, Arrays.stream(Protocol.values()).map(Protocol::token).toList()))
						: securityWord(text));
	}

	/// For a gate that wants a protocol: the endpoint on its registered port within TLS.
	Optional<Mending> addEndpoint(String protocol, String server) {
		Optional<Protocol> wanted = Protocol.of(protocol);
		for (Side side : Side.values()) {
			YamlPath list = YamlPath.of("servers", side.token());
			for (int i = 0; i < size(list); i++) {
				if (wanted.isPresent() && text(list.then(i, "key")).equals(server)) {
					String door = protocol + ":" + wanted.get().defaultPort(Security.TLS) + "/" + Security.TLS.token();
					List<TextEdit> edits = YamlEdit.append(yaml, list.then(i, "endpoints"), YamlValue.text(door));
					return edits.isEmpty() ? Optional.empty() : Optional.of(Mending.plain(FILE, edits, "add-endpoint", door, server));
				}
			}
		}
		return Optional.empty();
	}

	/// A domain that mailboxes are in and nobody listed: one way for each wave that it may belong to.
	///
	/// @param asked the wave that its mailbox wants, or empty
	List<Mending> addDomain(String domain, String asked) {
		Optional<DomainName> name = Hosts.name(domain);
		Optional<Map<Side, String>> servers = servers();
		if (name.isEmpty() || servers.isEmpty()) {
			return List.of();
		}
		List<String> waves = new ArrayList<>(keys(WAVES));
		if (!asked.isEmpty()) {
			return addDomain(name.get(), asked, servers.get(), !asked.equals(Wave.DEFAULT) && !waves.contains(asked) || !waves.isEmpty() && !waves.contains(asked));
		}
		if (waves.isEmpty()) {
			return addDomain(name.get(), "", servers.get(), false);
		}
		List<Mending> choices = new ArrayList<>();
		waves.stream().limit(MOST_WAVES).forEach(wave -> choices.addAll(addDomain(name.get(), wave, servers.get(), false)));
		return choices;
	}

	private List<Mending> addDomain(DomainName name, String wave, Map<Side, String> servers, boolean newWave) {
		YamlValue.Entries entry = YamlValue.entries().with("name", name.unicode());
		if (!wave.isEmpty()) {
			entry = entry.with("wave", wave);
		}
		for (Map.Entry<Side, String> server : servers.entrySet()) {
			entry = entry.with(server.getKey().token(), server.getValue());
		}
		YamlValue item = entry.fields().size() == 1 ? YamlValue.text(name.unicode()) : entry;
		List<TextEdit> edits = YamlEdit.append(yaml, DOMAINS, item);
		if (newWave && !edits.isEmpty()) {
			edits = YamlEdit.all(yaml, List.of(y -> YamlEdit.append(y, DOMAINS, item),
					y -> YamlEdit.append(y, WAVES, YamlValue.entries().with("key", wave))));
		}
		return edits.isEmpty() ? List.of() : List.of(wave.isEmpty() ? Mending.plain(FILE, edits, "add-domain", name.unicode())
				: Mending.plain(FILE, edits, "add-domain-in-wave", name.unicode(), wave));
	}

	/// What a new domain must say of its servers: nothing where a side has one; else what all domains say. Empty when a person must choose.
	private Optional<Map<Side, String>> servers() {
		Map<Side, String> said = new LinkedHashMap<>();
		for (Side side : Side.values()) {
			if (size(YamlPath.of("servers", side.token())) > 1) {
				Set<String> used = new LinkedHashSet<>();
				for (int i = 0; i < size(DOMAINS); i++) {
					used.add(text(DOMAINS.then(i, side.token())));
				}
				if (used.size() != 1 || used.contains("")) {
					return Optional.empty();
				}
				said.put(side, used.iterator().next());
			}
		}
		return Optional.of(said);
	}

	/// A listed domain that a mailbox's domain is probably meant to be.
	Optional<String> near(String domain) {
		List<String> names = new ArrayList<>();
		for (int i = 0; i < size(DOMAINS); i++) {
			String name = text(DOMAINS.then(i));
			names.add(name.isEmpty() ? text(DOMAINS.then(i, "name")) : name);
		}
		return names.contains(domain) ? Optional.empty() : NearWords.nearest(domain, names);
	}

	/// The wave that was probably meant, and the one that is written as a new one.
	List<Mending> wave(int place, String key) {
		List<String> known = keys(WAVES);
		List<Mending> choices = new ArrayList<>();
		Optional<YamlPath> path = YamlPlaces.value(yaml, place);
		if (known.contains(key) || path.isEmpty()) {
			return List.of();
		}
		NearWords.nearest(key, known).flatMap(near -> plain.set(path.get(), near, "replace", key, near)).ifPresent(choices::add);
		List<TextEdit> edits = YamlEdit.append(yaml, WAVES, YamlValue.entries().with("key", key));
		if (!edits.isEmpty()) {
			choices.add(Mending.plain(FILE, edits, "add-wave", key));
		}
		return choices;
	}

	/// A domain's server that is not on the side it stands for: swapped, misspelt, or the only one there is.
	Optional<Mending> domainServer(int place, String key) {
		Optional<YamlPath> path = YamlPlaces.value(yaml, place);
		Optional<Side> side = path.flatMap(p -> Arrays.stream(Side.values()).filter(s -> !p.isRoot() && s.token().equals(p.last())).findFirst());
		if (side.isEmpty()) {
			return Optional.empty();
		}
		YamlPath other = path.get().parent().then(side.get().other().token());
		List<String> mine = keys(YamlPath.of("servers", side.get().token()));
		List<String> theirs = keys(YamlPath.of("servers", side.get().other().token()));
		String otherKey = text(other);
		if (theirs.contains(key) && mine.contains(otherKey)) {
			List<Function<YamlDocument, List<TextEdit>>> swap =
					List.of(y -> YamlEdit.set(y, path.get(), otherKey), y -> YamlEdit.set(y, other, key));
			List<TextEdit> edits = YamlEdit.all(yaml, swap);
			return edits.isEmpty() ? Optional.empty() : Optional.of(Mending.plain(FILE, edits, "swap-servers", otherKey, key));
		}
		return YamlMendings.nearestOrOnly(key, mine).flatMap(near -> plain.set(path.get(), near, "replace", key, near));
	}

	/// The whole must be as long as its longest part.
	Optional<Mending> timeout(String shorter) {
		Optional<String> longest = Optional.empty();
		for (String key : List.of("connect-timeout", "read-timeout", shorter)) {
			String text = text(YamlPath.of("policy", key));
			if (Durations.parse(text).isPresent() && (longest.isEmpty()
					|| Durations.parse(text).get().compareTo(Durations.parse(longest.get()).orElseThrow()) > 0)) {
				longest = Optional.of(text);
			}
		}
		return longest.flatMap(time -> plain.set(YamlPath.of("policy", shorter), time, "set", shorter, time));
	}

	private List<String> keys(YamlPath list) {
		List<String> keys = new ArrayList<>();
		for (int i = 0; i < size(list); i++) {
			String key = text(list.then(i, "key"));
			if (!key.isEmpty()) {
				keys.add(key);
			}
		}
		return keys;
	}

	private int size(YamlPath list) {
		return yaml.at(list).map(node -> node instanceof Sequence sequence ? sequence.items().size() : 0).orElse(0);
	}

	private String text(YamlPath path) {
		return yaml.at(path).map(node -> node instanceof Scalar scalar ? scalar.value() : "").orElse("");
	}
}
