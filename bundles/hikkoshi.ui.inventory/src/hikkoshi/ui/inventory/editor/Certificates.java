package hikkoshi.ui.inventory.editor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.text.Phrases;

/// Reads what checks have found out of their facts: the certificates that servers showed, and the talk with them. Pure.
final class Certificates {
	private static final String SHA256 = "tls.sha256";
	private static final int MAX_DETAIL = 300;

	private Certificates() {}

	/// A certificate as a person judges it.
	///
	/// @param details its facts, line by line
	record Seen(String sha256, String details) {}

	/// The servers' own certificates, each once; not those of authorities.
	static List<Seen> seen(List<Evidence> checks, Phrases words) {
		Map<String, Seen> seen = new LinkedHashMap<>();
		for (Evidence check : checks) {
			if (check.facts() instanceof Tree tree) {
				first(tree).ifPresent(holder -> {
					List<String> lines = new ArrayList<>();
					lines.add(line(holder, words));
					holder.children().stream().filter(child -> child.children().isEmpty()).forEach(child -> lines.add(line(child, words)));
					String sha = holder.children().stream().filter(child -> child.key().equals(SHA256)).map(Tree::value).findFirst().orElse("");
					seen.putIfAbsent(sha, new Seen(sha, String.join("\n", lines)));
				});
			}
		}
		return List.copyOf(seen.values());
	}

	/// The first piece that tells a certificate's fingerprint: chains begin with the server's own.
	private static Optional<Tree> first(Tree tree) {
		if (tree.children().stream().anyMatch(child -> child.key().equals(SHA256) && child.value().matches("[0-9a-fA-F:]{64,95}"))) {
			return Optional.of(tree);
		}
		return tree.children().stream().flatMap(child -> first(child).stream()).findFirst();
	}

	/// The outcome, its phases and the masked transcript as plain text, to be read and copied.
	static String text(Evidence evidence, Phrases words) {
		StringBuilder text = new StringBuilder(words.say(evidence.reason())).append('\n');
		words.remedy(evidence.reason()).ifPresent(remedy -> text.append(remedy).append('\n'));
		if (evidence.facts() instanceof Tree tree) {
			tree.children().forEach(child -> add(child, "", text, words));
		} else if (evidence.facts() instanceof Facts.Text plain) {
			text.append('\n').append(plain.text());
		}
		return text.toString();
	}

	private static void add(Tree tree, String indent, StringBuilder text, Phrases words) {
		if (tree.key().equals("line")) {
			text.append(indent).append(cut(tree.value())).append('\n');
			return;
		}
		if (tree.key().equals("transcript")) {
			text.append('\n');
		}
		text.append(indent).append(line(tree, words)).append('\n');
		tree.children().forEach(child -> add(child, indent + "  ", text, words));
	}

	private static String line(Tree tree, Phrases words) {
		return tree.value().isEmpty() ? words.fact(tree.key()) : words.fact(tree.key()) + ": " + cut(tree.value());
	}

	/// A server's own words: one line, bounded.
	private static String cut(String value) {
		String line = value.replaceAll("\\p{Cntrl}", "␣");
		return line.length() > MAX_DETAIL ? line.substring(0, MAX_DETAIL) + "…" : line;
	}
}
