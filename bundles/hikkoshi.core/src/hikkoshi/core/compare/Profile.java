package hikkoshi.core.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Facts.Tree;

/// What an IMAP server shows of one account behind its login (probe `imap.profile`).
///
/// In facts it is a tree `profile` with these children, each left out where there is nothing to say: `profile.separator`; `profile.namespace` (value
/// `personal`, `others` or `shared`; below it `profile.prefix` and `profile.separator`); `profile.folders` (a number); `profile.special-use` (value e.g.
/// `\Sent`; below it `profile.folder`); `profile.names-with` (a character; below it `profile.count`); `profile.quota` (the root's name; below it a
/// `profile.resource` each, with `profile.usage` and `profile.limit`); `profile.id` (a field of RFC 2971; below it `profile.value`); `profile.enabled`
/// (an extension); `profile.append-limit`; `profile.refused` (a command that the server would not answer).
///
/// @param separator between the levels of a folder's name, empty when the server has no levels
/// @param folders how many there are; empty when that could not be read
/// @param specialUse attribute of RFC 6154 to the folder that has it
/// @param namesWith how many folders have that character within a level's name: they cannot keep it where it is the separator
/// @param id what the server says of itself
/// @param enabled extensions that a session can switch on (RFC 5161)
/// @param appendLimit the longest message that may be put into INBOX, in bytes (RFC 7889)
/// @param refused commands that the server offers and would not answer
public record Profile(Optional<String> separator, List<Namespace> namespaces, OptionalLong folders, SortedMap<String, String> specialUse,
		SortedMap<String, Long> namesWith, List<Quota> quotas, SortedMap<String, String> id, SortedSet<String> enabled, OptionalLong appendLimit,
		List<String> refused) {
	private static final String KEY = "profile";
	private static final String SEPARATOR = "profile.separator";
	private static final String NAMESPACE = "profile.namespace";
	private static final String PREFIX = "profile.prefix";
	private static final String FOLDERS = "profile.folders";
	private static final String SPECIAL_USE = "profile.special-use";
	private static final String FOLDER = "profile.folder";
	private static final String NAMES_WITH = "profile.names-with";
	private static final String COUNT = "profile.count";
	private static final String QUOTA = "profile.quota";
	private static final String RESOURCE = "profile.resource";
	private static final String USAGE = "profile.usage";
	private static final String LIMIT = "profile.limit";
	private static final String ID = "profile.id";
	private static final String VALUE = "profile.value";
	private static final String ENABLED = "profile.enabled";
	private static final String APPEND_LIMIT = "profile.append-limit";
	private static final String REFUSED = "profile.refused";

	public Profile {
		namespaces = List.copyOf(namespaces);
		specialUse = Collections.unmodifiableSortedMap(new TreeMap<>(specialUse));
		namesWith = Collections.unmodifiableSortedMap(new TreeMap<>(namesWith));
		quotas = List.copyOf(quotas);
		id = Collections.unmodifiableSortedMap(new TreeMap<>(id));
		enabled = Collections.unmodifiableSortedSet(new TreeSet<>(enabled));
		refused = List.copyOf(refused);
	}

	/// RFC 2342.
	///
	/// @param kind `personal`, `others` or `shared`
	/// @param separator empty when it is flat
	public record Namespace(String kind, String prefix, String separator) {}

	/// One resource of a quota root (RFC 9208).
	///
	/// @param resource e.g. `STORAGE`, counted in KiB, or `MESSAGE`
	public record Quota(String root, String resource, long usage, long limit) {}

	/// The prefix of the first personal namespace.
	public Optional<String> prefix() {
		return namespaces.stream().filter(namespace -> namespace.kind().equals("personal")).map(Namespace::prefix).findFirst();
	}

	public Optional<Quota> quota(String resource) {
		return quotas.stream().filter(quota -> quota.resource().equals(resource)).findFirst();
	}

	public Tree tree() {
		List<Tree> all = new ArrayList<>();
		separator.ifPresent(text -> all.add(Tree.of(SEPARATOR, text)));
		namespaces.forEach(space -> all.add(Tree.of(NAMESPACE, space.kind(), Tree.of(PREFIX, space.prefix()), Tree.of(SEPARATOR, space.separator()))));
		folders.ifPresent(number -> all.add(Tree.of(FOLDERS, number)));
		specialUse.forEach((use, folder) -> all.add(Tree.of(SPECIAL_USE, use, Tree.of(FOLDER, folder))));
		namesWith.forEach((character, count) -> all.add(Tree.of(NAMES_WITH, character, Tree.of(COUNT, count))));
		for (String root : quotas.stream().map(Quota::root).distinct().toList()) {
			all.add(new Tree(QUOTA, root, quotas.stream().filter(quota -> quota.root().equals(root))
					.map(quota -> Tree.of(RESOURCE, quota.resource(), Tree.of(USAGE, quota.usage()), Tree.of(LIMIT, quota.limit()))).toList()));
		}
		id.forEach((field, value) -> all.add(Tree.of(ID, field, Tree.of(VALUE, value))));
		enabled.forEach(extension -> all.add(Tree.of(ENABLED, extension)));
		appendLimit.ifPresent(bytes -> all.add(Tree.of(APPEND_LIMIT, bytes)));
		refused.forEach(command -> all.add(Tree.of(REFUSED, command)));
		return new Tree(KEY, "", all);
	}

	/// What facts of a finding hold; empty when they hold no profile, also because one of its numbers is none.
	public static Optional<Profile> in(Facts facts) {
		return switch (facts) {
			case Tree(_, _, List<Tree> children) -> children.stream().filter(child -> child.key().equals(KEY)).findFirst().flatMap(Profile::read);
			case Facts.Table _, Facts.Text _ -> Optional.empty();
		};
	}

	private static Optional<Profile> read(Tree tree) {
		try {
			List<Quota> quotas = new ArrayList<>();
			for (Tree root : named(tree, QUOTA)) {
				named(root, RESOURCE).forEach(resource -> quotas.add(new Quota(root.value(), resource.value(), Long.parseLong(below(resource, USAGE)),
						Long.parseLong(below(resource, LIMIT)))));
			}
			SortedMap<String, Long> namesWith = new TreeMap<>();
			pairs(tree, NAMES_WITH, COUNT).forEach((character, count) -> namesWith.put(character, Long.valueOf(count)));
			return Optional.of(new Profile(named(tree, SEPARATOR).stream().map(Tree::value).findFirst(),
					named(tree, NAMESPACE).stream().map(space -> new Namespace(space.value(), below(space, PREFIX), below(space, SEPARATOR))).toList(),
					number(tree, FOLDERS), pairs(tree, SPECIAL_USE, FOLDER), namesWith, quotas, pairs(tree, ID, VALUE), new TreeSet<>(values(tree, ENABLED)),
					number(tree, APPEND_LIMIT), values(tree, REFUSED)));
		} catch (NumberFormatException _) {
			return Optional.empty();
		}
	}

	private static List<Tree> named(Tree tree, String key) {
		return tree.children().stream().filter(child -> child.key().equals(key)).toList();
	}

	private static List<String> values(Tree tree, String key) {
		return named(tree, key).stream().map(Tree::value).toList();
	}

	private static SortedMap<String, String> pairs(Tree tree, String key, String second) {
		SortedMap<String, String> pairs = new TreeMap<>();
		named(tree, key).forEach(child -> pairs.put(child.value(), below(child, second)));
		return pairs;
	}

	private static String below(Tree tree, String key) {
		return named(tree, key).stream().map(Tree::value).findFirst().orElse("");
	}

	private static OptionalLong number(Tree tree, String key) {
		return named(tree, key).stream().mapToLong(child -> Long.parseLong(child.value())).findFirst();
	}

	/// For a person: `name` and `version`, or whatever else the server says of itself.
	public String product() {
		String named = (id.getOrDefault("name", "") + " " + id.getOrDefault("version", "")).strip();
		return named.isEmpty() ? String.join(", ", id.entrySet().stream().map((Map.Entry<String, String> e) -> e.getKey() + "=" + e.getValue()).toList())
				: named;
	}
}
