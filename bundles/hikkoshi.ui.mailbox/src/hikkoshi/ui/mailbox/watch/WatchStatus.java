package hikkoshi.ui.mailbox.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.text.Phrases;
import hikkoshi.workspace.WatchJob;

/// How the watch itself stands, in words: whether it runs here, what it does, what it missed, and what to do where nobody watches.
final class WatchStatus {
	private WatchStatus() {}

	/// @param rows null while nothing has been read
	static String of(@Nullable WatchRows rows, Optional<WatchJob> job, Instant now, Phrases words) {
		List<String> parts = new ArrayList<>();
		if (rows == null) {
			parts.add(words.say("watch.reading"));
		} else if (rows.all().isEmpty()) {
			parts.add(words.say("watch.nothing"));
		} else if (job.isPresent()) {
			running(job.get(), rows, now, words, parts);
		} else if (rows.isBlank()) {
			parts.add(words.say("watch.blank"));
		} else {
			parts.add(looked(rows).map(at -> words.say(Reason.of("watch.not-running", at))).orElseGet(() -> words.say("watch.never")));
		}
		if (rows != null) {
			rows.faults().forEach(fault -> parts.add(words.say("watch.bad-zone", fault)));
		}
		return String.join(" ", parts);
	}

	private static void running(WatchJob job, WatchRows rows, Instant now, Phrases words, List<String> parts) {
		WatchJob.Now state = job.now();
		parts.add(words.say("watch.runs", job.order().domains().size()));
		parts.add(state.rests().filter(now::isBefore).map(until -> words.say(Reason.of("watch.rests", until))).orElseGet(() -> words.say("watch.looks")));
		state.slept().ifPresent(woke -> parts.add(words.say(Reason.of("watch.slept", woke))));
		if (!rows.migration().equals(job.order().migration())) {
			parts.add(words.say("watch.changed"));
		}
	}

	/// When anybody looked last, at DNS or into a mailbox.
	private static Optional<Instant> looked(WatchRows rows) {
		return rows.all().stream().flatMap(shown -> Stream.concat(shown.watch().ledger().chronicle().sightings().stream(),
				shown.watch().arrivals().looks().stream().flatMap(look -> look.last().stream()))).map(Sighting::lastSeen).max(Instant::compareTo);
	}
}
