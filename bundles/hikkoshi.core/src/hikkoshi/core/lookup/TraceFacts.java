package hikkoshi.core.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.HostName;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.text.Phrases;

/// The facts of a delegation trace (`dns.trace`) for people: what the tree holds, line by line, its problems as sentences with their remedies.
public final class TraceFacts {
	/// The probe's id.
	public static final String PROBE = "dns.trace";
	private static final String PROBLEM = "trace.problem";
	private static final String STATUS = "trace.status";

	private TraceFacts() {}

	/// One line of the tree.
	///
	/// @param title what it is
	/// @param text its value, details of a server's address included
	/// @param remedy what to do about a problem; else empty
	/// @param outcome FAIL for a problem, UNKNOWN for an address that gave no answer, else PASS
	/// @param children below it
	public record Line(int depth, String title, String text, String remedy, Outcome outcome, List<Line> children) {
		public Line {
			children = List.copyOf(children);
		}
	}

	/// Asks. Blocks; an interrupt ends it at once.
	///
	/// @throws IllegalStateException when no leaf can trace
	public static Evidence trace(HostName name, List<ProbeSet> leaves, ProbeContext context) throws InterruptedException {
		Probe<?> probe = ProbeSet.named(PROBE, leaves).orElseThrow(() -> new IllegalStateException("no probe " + PROBE));
		return task(probe, name).observe(context);
	}

	@SuppressWarnings("unchecked")
	private static ProbeTask<HostName> task(Probe<?> probe, HostName name) {
		if (probe.target() != HostName.class) {
			throw new IllegalStateException(PROBE + " does not look at names");
		}
		return new ProbeTask<>((Probe<HostName>) probe, name);
	}

	/// The tree without its root, zone by zone.
	public static List<Line> tree(Facts.Tree trace, Phrases words) {
		return trace.children().stream().map(child -> line(child, 0, words)).toList();
	}

	/// The same in one list, each zone before what belongs to it.
	public static List<Line> lines(Facts.Tree trace, Phrases words) {
		List<Line> flat = new ArrayList<>();
		tree(trace, words).forEach(line -> flatten(line, flat));
		return flat;
	}

	private static void flatten(Line line, List<Line> flat) {
		flat.add(line);
		line.children().forEach(child -> flatten(child, flat));
	}

	private static Line line(Facts.Tree tree, int depth, Phrases words) {
		String title = words.fact(tree.key());
		if (tree.key().equals(PROBLEM)) {
			Reason reason = new Reason(tree.value(), tree.children().stream().map(Facts.Tree::value).toList());
			String remedy = words.remedy(reason).orElse("");
			return new Line(depth, title, words.say(reason), remedy, Outcome.FAIL, List.of());
		}
		Optional<String> status = tree.children().stream().filter(child -> child.key().equals(STATUS)).map(Facts.Tree::value).findFirst();
		if (status.isPresent()) {
			String details = tree.children().stream().map(child -> child.key().equals(STATUS) ? words.say("dns-status." + child.value().toLowerCase(Locale.ROOT))
					: words.fact(child.key()) + " " + child.value()).collect(Collectors.joining(", "));
			boolean spoke = List.of("ANSWER", "NO_DATA", "NXDOMAIN").contains(status.get());
			return new Line(depth, title, tree.value() + ": " + details, "", spoke ? Outcome.PASS : Outcome.UNKNOWN, List.of());
		}
		List<Line> children = tree.children().stream().map(child -> line(child, depth + 1, words)).toList();
		Outcome worst = children.stream().map(Line::outcome).reduce(Outcome.PASS, Outcome::worst);
		return new Line(depth, title, tree.value(), "", worst, children);
	}
}
