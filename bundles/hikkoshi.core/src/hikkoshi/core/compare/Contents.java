package hikkoshi.core.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Facts.Tree;

/// What lies in one account, as far as it was counted (probe `imap.contents`): folders, messages, bytes and quota. Numbers and names only.
///
/// In facts it is a tree `contents` with these children, each left out where there is nothing to say: `contents.separator`; `contents.prefix`;
/// `contents.folder` (a name; below it `contents.use`, `contents.messages`, `contents.bytes`); `contents.not-counted` (a number); `contents.used` and
/// `contents.limit` (bytes); `contents.longer` (a number; below it `contents.longest-allowed` and `contents.where`).
///
/// @param separator between the levels of a name, empty when there are none
/// @param prefix of personal folders (RFC 2342), often empty
/// @param notCounted folders whose messages are not known: too many of them, or refused
/// @param used bytes that count against the quota
/// @param limit bytes that the quota allows
/// @param longer messages beyond what the other side takes; empty when that was not asked
public record Contents(String separator, String prefix, List<Folder> folders, long notCounted, OptionalLong used, OptionalLong limit, List<Longer> longer) {
	/// The probe that finds it out.
	public static final String PROBE = "imap.contents";
	private static final String KEY = "contents";
	private static final String SEPARATOR = "contents.separator";
	private static final String PREFIX = "contents.prefix";
	private static final String FOLDER = "contents.folder";
	private static final String USE = "contents.use";
	private static final String MESSAGES = "contents.messages";
	private static final String BYTES = "contents.bytes";
	private static final String NOT_COUNTED = "contents.not-counted";
	private static final String USED = "contents.used";
	private static final String LIMIT = "contents.limit";
	private static final String LONGER = "contents.longer";
	private static final String ALLOWED = "contents.longest-allowed";
	private static final String WHERE = "contents.where";

	public Contents {
		folders = List.copyOf(folders);
		longer = List.copyOf(longer);
	}

	/// @param use special use of RFC 6154 (`\sent`), or empty
	/// @param messages -1 when not known
	/// @param bytes -1 when not known (RFC 8438)
	public record Folder(String name, String use, long messages, long bytes) {}

	/// Messages of one folder that are longer than allowed.
	public record Longer(String folder, long messages, long allowed) {}

	public long messages() {
		return folders.stream().mapToLong(Folder::messages).filter(number -> number > 0).sum();
	}

	/// What the quota counts; else the sum of the folders, where each of them is known.
	public OptionalLong bytes() {
		boolean all = notCounted == 0 && folders.stream().allMatch(folder -> folder.bytes() >= 0);
		return used.isPresent() ? used : all ? OptionalLong.of(folders.stream().mapToLong(Folder::bytes).sum()) : OptionalLong.empty();
	}

	/// A folder's name without what depends on the server: its use where it has one, else its levels with `/`, without the prefix of personal folders.
	public String common(Folder folder) {
		if (folder.name().equalsIgnoreCase("INBOX")) {
			return "INBOX";
		}
		if (!folder.use().isEmpty()) {
			return folder.use().toLowerCase(Locale.ROOT);
		}
		return levels(folder);
	}

	/// The same without a look at its use.
	String levels(Folder folder) {
		String name = folder.name();
		String rest = !prefix.isEmpty() && name.startsWith(prefix) ? name.substring(prefix.length()) : name;
		return separator.isEmpty() ? rest : rest.replace(separator, "/");
	}

	public Tree tree() {
		List<Tree> all = new ArrayList<>();
		all.add(Tree.of(SEPARATOR, separator));
		all.add(Tree.of(PREFIX, prefix));
		for (Folder folder : folders) {
			List<Tree> below = new ArrayList<>();
			if (!folder.use().isEmpty()) {
				below.add(Tree.of(USE, folder.use()));
			}
			if (folder.messages() >= 0) {
				below.add(Tree.of(MESSAGES, folder.messages()));
			}
			if (folder.bytes() >= 0) {
				below.add(Tree.of(BYTES, folder.bytes()));
			}
			all.add(new Tree(FOLDER, folder.name(), below));
		}
		if (notCounted > 0) {
			all.add(Tree.of(NOT_COUNTED, notCounted));
		}
		used.ifPresent(number -> all.add(Tree.of(USED, number)));
		limit.ifPresent(number -> all.add(Tree.of(LIMIT, number)));
		longer.forEach(one -> all.add(Tree.of(LONGER, one.messages(), Tree.of(ALLOWED, one.allowed()), Tree.of(WHERE, one.folder()))));
		return new Tree(KEY, "", all);
	}

	/// What facts of a finding hold; empty when they hold none, also because one of its numbers is no number.
	public static Optional<Contents> in(Facts facts) {
		return switch (facts) {
			case Tree(_, _, List<Tree> children) -> children.stream().filter(child -> child.key().equals(KEY)).findFirst().flatMap(Contents::read);
			case Facts.Table _, Facts.Text _ -> Optional.empty();
		};
	}

	private static Optional<Contents> read(Tree tree) {
		try {
			List<Folder> folders = named(tree, FOLDER).stream()
					.map(folder -> new Folder(folder.value(), text(folder, USE), number(folder, MESSAGES).orElse(-1), number(folder, BYTES).orElse(-1))).toList();
			List<Longer> longer = named(tree, LONGER).stream()
					.map(one -> new Longer(text(one, WHERE), Long.parseLong(one.value()), number(one, ALLOWED).orElse(0))).toList();
			return Optional.of(new Contents(text(tree, SEPARATOR), text(tree, PREFIX), folders, number(tree, NOT_COUNTED).orElse(0), number(tree, USED),
					number(tree, LIMIT), longer));
		} catch (NumberFormatException _) {
			return Optional.empty();
		}
	}

	private static List<Tree> named(Tree tree, String key) {
		return tree.children().stream().filter(child -> child.key().equals(key)).toList();
	}

	private static String text(Tree tree, String key) {
		return named(tree, key).stream().map(Tree::value).findFirst().orElse("");
	}

	private static OptionalLong number(Tree tree, String key) {
		return named(tree, key).stream().mapToLong(child -> Long.parseLong(child.value())).findFirst();
	}
}
