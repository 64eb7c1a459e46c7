package hikkoshi.core.report;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.arrival.Straggler;
import hikkoshi.core.chart.WatchCharts;
import hikkoshi.core.document.Block;
import hikkoshi.core.document.Block.Figure;
import hikkoshi.core.document.Block.Grid;
import hikkoshi.core.document.Block.Heading;
import hikkoshi.core.document.Block.Notice;
import hikkoshi.core.document.Block.Paragraph;
import hikkoshi.core.document.Block.Subheading;
import hikkoshi.core.document.Block.Tone;
import hikkoshi.core.document.Document;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.Condition;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.Verdict.State;
import hikkoshi.core.watch.WatchDetails;

/// A watch as a page: the verdict of each domain, then domain by domain every reason, who still writes to the old side, and the charts.
///
/// @param zone in which the charts write their hours; sentences say theirs
/// @param maxAge how long a server's word is good for
public record WatchReport(Phrases words, ZoneId zone, Duration maxAge) {
	/// Domains that are shown closely: those that have not ended first.
	public static final int MOST_CLOSELY = 25;
	/// Reasons of one condition.
	private static final int MOST_REASONS = 20;
	private static final int MOST_STRAGGLERS = 50;

	/// Reads what a page shows of one domain; may block.
	@FunctionalInterface
	public interface Closer {
		WatchDetails look(DomainWatch watch);
	}

	/// @param project its name
	/// @param watches in the order in which they are listed
	public Document of(String project, List<DomainWatch> watches, Closer closer) {
		List<Block> blocks = new ArrayList<>();
		watches.stream().map(watch -> watch.ledger().now()).findFirst().ifPresent(now -> blocks.add(new Paragraph(words.say(Reason.of("report.watch.at", now)))));
		blocks.add(new Paragraph(words.say("report.watch.summary", count(watches, State.ENDED), count(watches, State.RUNNING), count(watches, State.UNKNOWN))));
		List<String> columns = new ArrayList<>(List.of(words.say("report.watch.domain"), words.say("report.watch.wave"), words.say("report.watch.verdict")));
		for (Condition.Kind kind : Condition.Kind.values()) {
			columns.add(words.say("watch.kind." + token(kind)));
		}
		blocks.add(new Grid(columns, watches.stream().map(this::row).toList()));
		List<DomainWatch> close = watches.stream().sorted((one, other) -> other.verdict().state().compareTo(one.verdict().state())).limit(MOST_CLOSELY).toList();
		if (close.size() < watches.size()) {
			blocks.add(new Notice(Tone.NOTE, words.say("report.watch.most", close.size(), watches.size())));
		}
		close.forEach(watch -> closely(closer.look(watch), blocks));
		return new Document(words.say("report.watch.title", project), words.locale(), blocks);
	}

	private static long count(List<DomainWatch> watches, State state) {
		return watches.stream().filter(watch -> watch.verdict().state() == state).count();
	}

	private List<String> row(DomainWatch watch) {
		List<String> row = new ArrayList<>(List.of(watch.domain().name().unicode(), watch.domain().wave(), words.say("watch.state." + token(watch.verdict().state()))));
		watch.verdict().conditions().forEach(condition -> row.add(words.say("watch.standing." + token(condition.standing()))));
		return row;
	}

	private void closely(WatchDetails details, List<Block> blocks) {
		DomainWatch watch = details.watch();
		blocks.add(new Heading(words.say("report.watch.of", watch.domain().name().unicode(), words.say("watch.state." + token(watch.verdict().state())))));
		for (Condition condition : watch.verdict().conditions()) {
			blocks.add(new Subheading(words.say("report.watch.condition", words.say("watch.kind." + token(condition.kind())), words.say("watch.standing." + token(condition.standing())))));
			details.since().of(condition).ifPresent(since -> blocks.add(new Paragraph(words.say(Reason.of("report.watch.since", since)))));
			reason(condition.reason(), blocks);
			if (condition.standing() != Condition.Standing.MET) {
				condition.details().stream().limit(MOST_REASONS - 1).forEach(detail -> blocks.add(new Paragraph(words.say(detail))));
				if (condition.details().size() >= MOST_REASONS) {
					blocks.add(new Paragraph(words.say("report.watch.more", condition.details().size() - MOST_REASONS + 1)));
				}
			}
		}
		stragglers(details.stragglers(), blocks);
		WatchCharts.of(details, maxAge, zone, words).values().forEach(picture -> blocks.add(new Figure(picture)));
	}

	private void reason(Reason reason, List<Block> blocks) {
		blocks.add(new Paragraph(words.say(reason)));
		words.remedy(reason).ifPresent(remedy -> blocks.add(new Notice(Tone.NOTE, remedy)));
	}

	private void stragglers(List<Straggler> stragglers, List<Block> blocks) {
		if (stragglers.isEmpty()) {
			return;
		}
		blocks.add(new Subheading(words.say("report.watch.stragglers")));
		List<List<String>> rows = stragglers.stream().limit(MOST_STRAGGLERS).map(straggler -> List.of(
				straggler.sender().isEmpty() ? words.say("report.watch.itself") : straggler.sender(), words.say("straggler.kind." + kind(straggler.kind())),
				String.valueOf(straggler.arrivals().size()), words.say(Reason.of("report.watch.time", straggler.last())), words.say(straggler.reason()),
				words.remedy(straggler.reason()).orElse(""))).toList();
		blocks.add(new Grid(List.of(words.say("report.watch.sender"), words.say("report.watch.kind"), words.say("report.watch.messages"), words.say("report.watch.newest"),
				words.say("report.watch.why"), words.say("report.watch.remedy")), rows));
	}

	private static String kind(Straggler.Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static String token(Enum<?> word) {
		return word.name().toLowerCase(Locale.ROOT);
	}
}
