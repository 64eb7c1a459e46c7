package hikkoshi.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.gate.Standing;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Side;
import hikkoshi.core.overview.DomainState;
import hikkoshi.core.overview.NextStep;
import hikkoshi.core.overview.Overview;
import hikkoshi.core.overview.State;
import hikkoshi.core.overview.Tally;
import hikkoshi.core.overview.WaveState;
import hikkoshi.core.text.Phrases;

/// What `hikkoshi status --json` prints: one object.
final class StatusJson {
	private StatusJson() {}

	/// Of files that cannot be used.
	static String mending(MigrationProject project, NextStep next, Phrases words) {
		return Json.object(json -> {
			json.writeStringField("project", project.folder().toString());
			json.writeBooleanField("usable", false);
			next(json, next, words);
		});
	}

	static String overview(Migration migration, Overview overview, Phrases words) {
		return Json.object(json -> {
			json.writeStringField("name", migration.name());
			json.writeBooleanField("usable", true);
			json.writeStringField("at", overview.at().toString());
			json.writeStringField("standing", overview.standing().name());
			json.writeObjectFieldStart("servers");
			for (Side side : Side.values()) {
				json.writeNumberField(side.token(), overview.servers().getOrDefault(side, 0));
			}
			json.writeEndObject();
			json.writeObjectFieldStart("addresses");
			json.writeNumberField(Recipient.MAILBOX_TOKEN, overview.mailboxes());
			for (Recipient.Kind kind : Recipient.Kind.values()) {
				json.writeNumberField(kind.token(), overview.recipients().getOrDefault(kind, 0));
			}
			json.writeEndObject();
			time(json, "lastProbe", overview.lastProbe().map(last -> last.lastSeen()).orElse(null));
			json.writeArrayFieldStart("proof");
			for (Tally tally : overview.tallies()) {
				json.writeStartObject();
				json.writeStringField("side", tally.side().token());
				json.writeStringField("protocol", tally.protocol().token());
				for (Standing standing : Standing.values()) {
					json.writeNumberField(token(standing), tally.count(standing));
				}
				json.writeEndObject();
			}
			json.writeEndArray();
			waves(json, overview, words);
			domains(json, overview, words);
			blocks(json, overview, words);
			next(json, overview.next(), words);
		});
	}

	private static void waves(JsonGenerator json, Overview overview, Phrases words) throws IOException {
		json.writeArrayFieldStart("waves");
		for (WaveState wave : overview.waves()) {
			json.writeStartObject();
			json.writeStringField("wave", wave.wave().key());
			time(json, "cutover", wave.wave().cutover());
			json.writeNumberField("domains", wave.domains());
			json.writeNumberField("mailboxes", wave.mailboxes());
			json.writeBooleanField("done", wave.done());
			json.writeStringField("nextStep", wave.next().map(step -> step.step().key()).orElse(null));
			state(json, wave.state(), words);
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private static void domains(JsonGenerator json, Overview overview, Phrases words) throws IOException {
		json.writeArrayFieldStart("domains");
		for (DomainState domain : overview.domains()) {
			json.writeStartObject();
			json.writeStringField("domain", domain.domain().name().ascii());
			json.writeStringField("wave", domain.domain().wave());
			json.writeNumberField("mailboxes", domain.count());
			json.writeNumberField("recipients", domain.recipients());
			state(json, domain.state(), words);
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private static void blocks(JsonGenerator json, Overview overview, Phrases words) throws IOException {
		json.writeArrayFieldStart("blocks");
		for (Overview.Block block : overview.blocks()) {
			json.writeStartObject();
			json.writeStringField("wave", block.wave());
			json.writeStringField("step", block.step().step().key());
			json.writeStringField("status", block.step().status().name());
			json.writeNumberField("blockers", block.step().blockers().size());
			if (!block.step().blockers().isEmpty()) {
				Json.reason(json, block.step().blockers().getFirst().reason(), words);
			}
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private static void next(JsonGenerator json, NextStep next, Phrases words) throws IOException {
		json.writeObjectFieldStart("next");
		switch (next.action()) {
			case NextStep.Action.Open(String file, int line) -> {
				json.writeStringField("action", "open");
				json.writeStringField("file", file);
				json.writeNumberField("line", line);
			}
			case NextStep.Action.ProbeLogins _ -> json.writeStringField("action", "probe");
			case NextStep.Action.ProbeDns _ -> json.writeStringField("action", "dns");
			case NextStep.Action.OpenStep(String wave, String step) -> {
				json.writeStringField("action", "step");
				json.writeStringField("wave", wave);
				json.writeStringField("step", step);
			}
			case NextStep.Action.PlanWaves _ -> json.writeStringField("action", "plan");
			case NextStep.Action.Nothing _ -> json.writeStringField("action", "nothing");
		}
		Json.reason(json, next.reason(), words);
		json.writeEndObject();
	}

	private static void state(JsonGenerator json, State state, Phrases words) throws IOException {
		json.writeStringField("standing", state.standing().name());
		time(json, "since", state.since());
		if (state.address() != null) {
			json.writeStringField("address", state.address().toString());
		}
		Json.reason(json, state.reason(), words);
	}

	private static void time(JsonGenerator json, String name, @Nullable Instant time) throws IOException {
		json.writeStringField(name, time == null ? null : time.toString());
	}

	private static String token(Standing standing) {
		return standing.name().toLowerCase(Locale.ROOT);
	}
}
