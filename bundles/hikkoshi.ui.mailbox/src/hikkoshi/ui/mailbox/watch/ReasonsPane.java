package hikkoshi.ui.mailbox.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.Condition;
import hikkoshi.core.watch.WatchDetails;

/// Every reason of a verdict in words, condition by condition, since when, and what to do: text that can be selected and copied. UI thread only.
final class ReasonsPane {
	/// A domain may have a thousand mailboxes that nobody has written to.
	private static final int MOST = 200;
	private static final int MARGIN = 6;

	private final StyledText text;
	private String domain = "";
	private final Phrases words;

	ReasonsPane(Composite parent, Phrases words) {
		this.words = words;
		text = new StyledText(parent, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL);
		text.setMargins(MARGIN, MARGIN, MARGIN, MARGIN);
		text.setAlwaysShowScrollBars(false);
	}

	StyledText control() {
		return text;
	}

	/// @param details null for no domain
	void show(@Nullable WatchDetails details) {
		StringBuilder all = new StringBuilder();
		List<StyleRange> bold = new ArrayList<>();
		if (details == null) {
			all.append(words.say("watch.choose"));
		} else {
			heading(details.watch().domain().name().unicode() + ": " + WatchRows.state(details.watch().verdict().state(), words), all, bold);
			details.watch().verdict().conditions().forEach(condition -> condition(condition, details, all, bold));
		}
		String next = all.toString();
		if (!next.equals(text.getText())) {
			String name = details == null ? "" : details.watch().domain().name().ascii();
			// news of the same domain leave the text where it is read
			int top = name.equals(domain) ? text.getTopPixel() : 0;
			domain = name;
			text.setText(next);
			text.setStyleRanges(bold.toArray(StyleRange[]::new));
			text.setTopPixel(top);
		}
	}

	private static void heading(String line, StringBuilder all, List<StyleRange> bold) {
		StyleRange range = new StyleRange();
		range.start = all.length();
		range.length = line.length();
		range.fontStyle = SWT.BOLD;
		bold.add(range);
		all.append(line).append('\n');
	}

	private void condition(Condition condition, WatchDetails details, StringBuilder all, List<StyleRange> bold) {
		all.append('\n');
		heading(mark(condition.standing()) + " " + WatchRows.kind(condition.kind(), words) + ": " + words.say("watch.standing." + WatchRows.token(condition.standing())), all, bold);
		details.since().of(condition).ifPresent(since -> all.append(words.say(Reason.of("watch.since", since))).append('\n'));
		Optional<String> remedy = words.remedy(condition.reason());
		all.append(words.say(condition.reason())).append('\n');
		remedy.ifPresent(what -> all.append("→ ").append(what).append('\n'));
		Optional<String> said = remedy;
		for (Reason detail : condition.details().subList(0, Math.min(MOST, condition.details().size()))) {
			all.append("• ").append(words.say(detail)).append('\n');
			Optional<String> what = words.remedy(detail);
			if (what.isPresent() && !what.equals(said)) {
				all.append("→ ").append(what.get()).append('\n');
				said = what;
			}
		}
		if (condition.details().size() > MOST) {
			all.append(words.say("watch.more", condition.details().size() - MOST)).append('\n');
		}
	}

	private static String mark(Condition.Standing standing) {
		return switch (standing) {
			case MET -> "✓";
			case UNKNOWN -> "?";
			case NOT_YET -> "✗";
		};
	}
}
