package hikkoshi.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.ledger.Cell;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Entry;
import hikkoshi.core.ledger.Headline;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.text.Phrases;

/// A ledger for a person or for a program.
final class PropagationLines {
	private final Terminal terminal;
	private final Phrases words;
	private final boolean all;
	private final DateTimeFormatter time;

	/// @param all also the records of which nothing is known to change
	PropagationLines(Terminal terminal, Phrases words, boolean all) {
		this.terminal = terminal;
		this.words = words;
		this.all = all;
		time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(words.locale()).withZone(ZoneId.systemDefault());
	}

	void print(Ledger ledger, Instant now) {
		Headline headline = Headline.of(ledger, now);
		terminal.line(words.outcome(headline.outcome()) + "  " + words.say(headline.reason()));
		for (Reason why : why(ledger.deadline())) {
			terminal.line("    " + words.say(why));
			words.remedy(why).ifPresent(remedy -> terminal.line("        → " + remedy));
		}
		Columns columns = new Columns();
		for (Entry entry : ledger.entries()) {
			if (all || entry.moves()) {
				entry.cells().forEach(cell -> columns.row("  " + words.say("standing." + cell.standing().name().toLowerCase(Locale.ROOT)), entry.key().name() + " " + entry.key().type(),
						cell.source().place(), lives(cell, ledger, now), String.join(", ", cell.heard().data())));
			}
		}
		columns.lines().forEach(terminal::line);
		ledger.remarks().forEach(remark -> terminal.line("  ! " + words.say(remark)));
	}

	static List<Reason> why(Deadline deadline) {
		return switch (deadline) {
			case Deadline.Nothing _ -> List.of();
			case Deadline.Known known -> List.of(known.why());
			case Deadline.Running running -> running.why();
			case Deadline.Unknown unknown -> unknown.why();
		};
	}

	/// How long a server's answer may live: of a cache what is left of it, of an authoritative server its TTL.
	private String lives(Cell cell, Ledger ledger, Instant now) {
		Optional<Instant> drops = cell.drops();
		String left = drops.isPresent() ? words.say("propagation.drops", Math.max(0, Duration.between(now, drops.get()).toSeconds()))
				: cell.heard().ttl() < 0 ? "" : words.say("propagation.ttl", cell.heard().ttl());
		return cell.standing().isLate() ? left + ledger.atMost(cell).map(at -> words.say("propagation.at-most", time.format(at))).orElse("") : left;
	}

	static String json(Ledger ledger, Instant now, Phrases words) {
		Headline headline = Headline.of(ledger, now);
		return Json.object(json -> {
			json.writeStringField("domain", ledger.domain().name().ascii());
			json.writeStringField("at", now.toString());
			json.writeStringField("outcome", headline.outcome().name());
			json.writeStringField("text", words.say(headline.reason()));
			deadline(json, ledger.deadline(), words);
			json.writeArrayFieldStart("records");
			for (Entry entry : ledger.entries()) {
				json.writeStartObject();
				json.writeStringField("name", entry.key().name());
				json.writeStringField("type", entry.key().type());
				deadline(json, entry.deadline(), words);
				json.writeArrayFieldStart("servers");
				for (Cell cell : entry.cells()) {
					cell(json, cell);
				}
				json.writeEndArray();
				json.writeEndObject();
			}
			json.writeEndArray();
			reasons(json, "remarks", ledger.remarks(), words);
		});
	}

	private static void deadline(JsonGenerator json, Deadline deadline, Phrases words) throws IOException {
		json.writeObjectFieldStart("deadline");
		json.writeStringField("state", deadline.getClass().getSimpleName().toUpperCase(Locale.ROOT));
		Instant at = switch (deadline) {
			case Deadline.Nothing _ -> Instant.MIN;
			case Deadline.Known known -> known.at();
			case Deadline.Running running -> running.notBefore();
			case Deadline.Unknown unknown -> unknown.notBefore();
		};
		if (!at.equals(Instant.MIN)) {
			json.writeStringField(deadline instanceof Deadline.Known ? "at" : "notBefore", at.toString());
		}
		reasons(json, "why", why(deadline), words);
		json.writeEndObject();
	}

	private static void cell(JsonGenerator json, Cell cell) throws IOException {
		json.writeStartObject();
		json.writeStringField("kind", cell.source().kind().token());
		json.writeStringField("server", cell.source().server());
		json.writeStringField("address", cell.source().address());
		json.writeStringField("standing", cell.standing().name());
		json.writeStringField("status", cell.heard().status().name());
		json.writeStringField("how", cell.heard().how().token());
		if (cell.heard().ttl() >= 0) {
			json.writeNumberField("ttl", cell.heard().ttl());
		}
		if (cell.drops().isPresent()) {
			json.writeStringField("dropsBy", cell.drops().get().toString());
		}
		json.writeStringField("seen", cell.heard().last().toString());
		json.writeArrayFieldStart("data");
		for (String data : cell.heard().data()) {
			json.writeString(data);
		}
		json.writeEndArray();
		json.writeEndObject();
	}

	private static void reasons(JsonGenerator json, String field, List<Reason> reasons, Phrases words) throws IOException {
		json.writeArrayFieldStart(field);
		for (Reason reason : reasons) {
			json.writeStartObject();
			json.writeStringField("id", reason.id());
			json.writeArrayFieldStart("args");
			for (String arg : reason.args()) {
				json.writeString(arg);
			}
			json.writeEndArray();
			json.writeStringField("text", words.say(reason));
			json.writeEndObject();
		}
		json.writeEndArray();
	}
}
