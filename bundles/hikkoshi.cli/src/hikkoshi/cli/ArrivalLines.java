package hikkoshi.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.Leg;
import hikkoshi.core.arrival.SeenArrival;
import hikkoshi.core.arrival.Straggler;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;

/// What came, a line for each message, then what could not be told and the sums.
record ArrivalLines(Terminal terminal, Phrases words) {
	void print(ArrivalLog log, List<Side> sides, Instant since) {
		Columns columns = new Columns();
		for (SeenArrival seen : log.arrivals()) {
			Arrival arrival = seen.arrival();
			columns.row(seen.came().toString() + (arrival.isDated() ? "" : "?"), side(seen.side()), seen.mailbox().toString(), sender(arrival),
					arrival.folder().equals("INBOX") ? "" : arrival.folder(), arrival.canary().isEmpty() ? "" : words.say("arrivals.canary"));
		}
		columns.lines().forEach(terminal::line);
		log.looks().forEach(look -> look.last().map(Sighting::evidence).filter(evidence -> evidence.outcome() != Outcome.PASS).ifPresent(this::trouble));
		log.looks().stream().filter(look -> look.last().isEmpty())
				.forEach(look -> terminal.line(words.say("arrivals.never", look.account().mailbox(), side(look.account().server().side()))));
		for (Side side : sides) {
			long count = log.arrivals().stream().filter(seen -> seen.side() == side).count();
			long mailboxes = log.looks().stream().filter(look -> look.account().server().side() == side).count();
			Optional<SeenArrival> last = log.arrivals().stream().filter(seen -> seen.side() == side).reduce((_, latest) -> latest);
			terminal.line(words.say("arrivals.summary", side(side), count, mailboxes, since.toString(), last.map(seen -> seen.came().toString()).orElse("–")));
		}
	}

	void stragglers(Domain domain, List<Straggler> stragglers) {
		if (!stragglers.isEmpty()) {
			terminal.line("");
			terminal.line(words.say("arrivals.stragglers", domain.name()));
		}
		for (Straggler straggler : stragglers) {
			terminal.line("  " + straggler.last() + "  " + words.say(straggler.reason()));
			if (!straggler.kind().passes()) {
				words.remedy(straggler.reason()).ifPresent(remedy -> terminal.line("      " + remedy));
			}
		}
	}

	private void trouble(Evidence evidence) {
		EvidenceLines.printWithRemedy(evidence.outcome(), evidence.target().value(), evidence.reason(), words, terminal);
	}

	private String side(Side side) {
		return words.say("exist.side." + side.token());
	}

	private String sender(Arrival arrival) {
		Arrival.Sender sender = arrival.sender();
		if (sender.isLocal() && !sender.isLogin()) {
			return words.say("arrivals.local");
		}
		String shown = sender.shown().equals(sender.address()) || sender.address().isEmpty() ? sender.shown() : sender.shown() + " [" + sender.address() + "]";
		return sender.isLogin() ? words.say("arrivals.login", shown) : shown;
	}

	/// A failed look makes the answer unknown; a doubt makes it a warning.
	static ExitCode code(ArrivalLog log) {
		boolean blind = log.looks().stream().anyMatch(look -> look.last().map(last -> last.evidence().outcome()).filter(ArrivalLines::told).isEmpty());
		return blind ? ExitCode.UNKNOWN : log.doubts().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS;
	}

	private static boolean told(Outcome outcome) {
		return outcome == Outcome.PASS || outcome == Outcome.WARN;
	}

	static String json(SeenArrival seen) {
		Arrival arrival = seen.arrival();
		return Json.object(json -> {
			json.writeStringField("mailbox", seen.mailbox().toString());
			json.writeStringField("side", seen.side().token());
			json.writeStringField("came", seen.came().toString());
			json.writeBooleanField("dated", arrival.isDated());
			json.writeStringField("seen", seen.seen().toString());
			json.writeStringField("folder", arrival.folder());
			json.writeStringField("position", arrival.uid());
			json.writeObjectFieldStart("sender");
			json.writeStringField("name", arrival.sender().name());
			json.writeStringField("helo", arrival.sender().helo());
			json.writeStringField("address", arrival.sender().address());
			json.writeStringField("by", arrival.sender().by());
			json.writeStringField("with", arrival.sender().with());
			json.writeStringField("id", arrival.sender().id());
			json.writeEndObject();
			json.writeStringField("envelope", arrival.envelope());
			json.writeStringField("from", arrival.from());
			json.writeStringField("messageId", arrival.messageId());
			json.writeStringField("canary", arrival.canary());
			json.writeArrayFieldStart("way");
			for (int i = 0; i < arrival.legs().size(); i++) {
				json.writeStartObject();
				json.writeStringField("by", arrival.legs().get(i).by());
				json.writeStringField("at", arrival.legs().get(i).at().toString());
				Optional<Duration> before = Leg.before(arrival.legs(), i);
				if (before.isPresent()) {
					json.writeNumberField("seconds", before.get().toSeconds());
				}
				json.writeEndObject();
			}
			json.writeEndArray();
		});
	}
}
