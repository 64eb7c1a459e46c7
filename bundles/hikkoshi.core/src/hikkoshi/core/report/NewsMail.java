package hikkoshi.core.report;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.WatchNews;

/// News of a watch as mail to one address: what comes within a while goes into one letter, so that five hundred domains or a talkative straggler fill nobody's
/// mailbox. One thread at a time.
public final class NewsMail {
	/// Between two letters.
	static final Duration PAUSE = Duration.ofMinutes(10);
	/// Sentences of one letter.
	private static final int MOST = 200;

	private final NewsPost post;
	private final OutsideSender by;
	private final EmailAddress to;
	private final Function<Instant, String> ids;
	private final Phrases words;
	private final List<WatchNews> held = new ArrayList<>();
	private Instant last = Instant.MIN;

	/// @param ids makes the id of a letter, another one each time
	public NewsMail(NewsPost post, OutsideSender by, EmailAddress to, Function<Instant, String> ids, Phrases words) {
		this.post = post;
		this.by = by;
		this.to = to;
		this.ids = ids;
		this.words = words;
	}

	/// Keeps news for the next letter.
	public void add(List<WatchNews> news) {
		held.addAll(news);
	}

	/// Whether something waits for the next letter.
	public boolean isHolding() {
		return !held.isEmpty();
	}

	/// Sends what is held, unless the last letter is too young. What could not be sent is held on.
	///
	/// @param isLast whether nothing comes behind it: then it goes at once
	/// @throws IOException when it could not be sent; the message says why, in words
	public void flush(Instant now, boolean isLast, ProbeContext context) throws IOException, InterruptedException {
		if (held.isEmpty() || !isLast && last.isAfter(now.minus(PAUSE))) {
			return;
		}
		last = now;
		Finding finding = post.send(letter(now), by, context);
		if (finding.outcome() != Outcome.PASS) {
			throw new IOException(words.say(finding.reason()));
		}
		held.clear();
	}

	private Letter letter(Instant now) {
		List<String> lines = new ArrayList<>();
		for (WatchNews news : held.subList(0, Math.min(MOST, held.size()))) {
			lines.add(words.say(news.reason()));
			news.watch().verdict().open().forEach(condition -> lines.add("  - " + words.say(condition.reason())));
			words.remedy(news.reason()).ifPresent(remedy -> lines.add("  → " + remedy));
			lines.add("");
		}
		if (held.size() > MOST) {
			lines.add(words.say("report.watch.more", held.size() - MOST));
		}
		String first = words.say(held.getFirst().reason());
		return new Letter(by.from(), to, held.size() == 1 ? first : words.say("watch.mail.subject", first, held.size() - 1), String.join("\n", lines), now, ids.apply(now));
	}
}
