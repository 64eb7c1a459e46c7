package hikkoshi.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonGenerator;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.Condition;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.Verdict.State;
import hikkoshi.core.watch.WatchNews;

/// Verdicts as lines: what is proven in a word, what is not with its reason and what to do.
record WatchLines(Terminal terminal, Phrases words) {
	/// Reasons of one condition that are shown.
	private static final int MOST = 5;

	void print(DomainWatch watch) {
		terminal.line(title(watch));
		for (Condition condition : watch.verdict().conditions()) {
			terminal.line("  " + sign(condition.standing()) + " " + words.say("watch.kind." + token(condition.kind())) + ": " + words.say(condition.reason()));
			if (condition.standing() != Condition.Standing.MET) {
				words.remedy(condition.reason()).ifPresent(remedy -> terminal.line("      " + remedy));
				condition.details().stream().limit(MOST).forEach(detail -> terminal.line("    - " + words.say(detail)));
				if (condition.details().size() > MOST) {
					terminal.line("    " + words.say("watch.more", condition.details().size() - MOST));
				}
			}
		}
	}

	/// e.g. `example.org: running`
	String title(DomainWatch watch) {
		return watch.domain().name().unicode() + ": " + words.say("watch.state." + token(watch.verdict().state()));
	}

	void summary(List<DomainWatch> watches) {
		terminal.line(words.say("watch.summary", count(watches, State.ENDED), count(watches, State.RUNNING), count(watches, State.UNKNOWN)));
	}

	private static long count(List<DomainWatch> watches, State state) {
		return watches.stream().filter(watch -> watch.verdict().state() == state).count();
	}

	private static char sign(Condition.Standing standing) {
		return switch (standing) {
			case MET -> '+';
			case NOT_YET -> '-';
			case UNKNOWN -> '?';
		};
	}

	private static String token(Enum<?> word) {
		return word.name().toLowerCase(Locale.ROOT);
	}

	/// One line: ids and arguments, as evidence has them.
	static String json(DomainWatch watch) {
		return Json.object(json -> fields(json, watch));
	}

	/// The same, and what is new.
	static String json(WatchNews news) {
		return Json.object(json -> {
			fields(json, news.watch());
			json.writeObjectFieldStart("news");
			switch (news) {
				case WatchNews.Turned turned -> json.writeStringField("before", token(turned.before()));
				case WatchNews.Straggling straggling -> json.writeNumberField("stragglers", straggling.arrivals().size());
			}
			reason(json, news.reason());
			json.writeEndObject();
		});
	}

	private static void fields(JsonGenerator json, DomainWatch watch) throws IOException {
		json.writeStringField("domain", watch.domain().name().toString());
		json.writeStringField("at", watch.ledger().now().toString());
		json.writeStringField("state", token(watch.verdict().state()));
		json.writeArrayFieldStart("conditions");
		for (Condition condition : watch.verdict().conditions()) {
			json.writeStartObject();
			json.writeStringField("kind", token(condition.kind()));
			json.writeStringField("standing", token(condition.standing()));
			reason(json, condition.reason());
			json.writeArrayFieldStart("details");
			for (Reason detail : condition.details()) {
				json.writeStartObject();
				reason(json, detail);
				json.writeEndObject();
			}
			json.writeEndArray();
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private static void reason(JsonGenerator json, Reason reason) throws IOException {
		json.writeStringField("reason", reason.id());
		Json.strings(json, "args", reason.args());
	}
}
