package hikkoshi.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import hikkoshi.core.compare.Comparison;
import hikkoshi.core.discover.Discovered;
import hikkoshi.core.discover.Line;
import hikkoshi.core.discover.ProposedServer;
import hikkoshi.core.discover.Remark;
import hikkoshi.core.model.IpText;
import org.jspecify.annotations.Nullable;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.evidence.Verification;
import hikkoshi.core.format.EvidenceJson;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.gate.Blocker;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.Existence;
import hikkoshi.core.probe.Proof;
import hikkoshi.core.text.Phrases;

/// What `--json` prints: one object a line, ids and arguments for programs beside the sentence for people. Names stay as they are.
final class Json {
	private static final JsonFactory FACTORY = new JsonFactory();

	private Json() {}

	@FunctionalInterface
	interface Body {
		void write(JsonGenerator json) throws IOException;
	}

	static String object(Body body) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = FACTORY.createGenerator(text)) {
			json.writeStartObject();
			body.write(json);
			json.writeEndObject();
		} catch (IOException e) {
			throw new UncheckedIOException("a string cannot refuse", e);
		}
		return ascii(text.toString());
	}

	static String proposal(Discovered name, Phrases words) {
		return object(json -> {
			json.writeStringField("name", name.name().ascii());
			json.writeBooleanField("cutShort", name.cutShort());
			json.writeStringField("outcome", name.proposal().outcome().name());
			json.writeArrayFieldStart("servers");
			for (ProposedServer server : name.proposal().servers()) {
				json.writeStartObject();
				json.writeStringField("outcome", server.outcome().name());
				line(json, "name", server.name(), words);
				lines(json, "addresses", server.addresses(), words);
				lines(json, "endpoints", server.endpoints(), words);
				remarks(json, server.remarks(), words);
				json.writeEndObject();
			}
			json.writeEndArray();
			remarks(json, name.proposal().remarks(), words);
		});
	}

	private static void lines(JsonGenerator json, String field, List<? extends Line<?>> lines, Phrases words) throws IOException {
		json.writeArrayFieldStart(field);
		for (Line<?> line : lines) {
			line(json, null, line, words);
		}
		json.writeEndArray();
	}

	private static void line(JsonGenerator json, @Nullable String field, Line<?> line, Phrases words) throws IOException {
		if (field != null) {
			json.writeFieldName(field);
		}
		json.writeStartObject();
		json.writeStringField("value", line.value() instanceof InetAddress address ? IpText.of(address) : String.valueOf(line.value()));
		json.writeStringField("outcome", line.outcome().name());
		json.writeArrayFieldStart("sources");
		for (Reason source : line.sources()) {
			json.writeStartObject();
			reason(json, source, words);
			json.writeEndObject();
		}
		json.writeEndArray();
		remarks(json, line.remarks(), words);
		json.writeEndObject();
	}

	private static void remarks(JsonGenerator json, List<Remark> remarks, Phrases words) throws IOException {
		json.writeArrayFieldStart("remarks");
		for (Remark remark : remarks) {
			json.writeStartObject();
			json.writeStringField("outcome", remark.outcome().name());
			reason(json, remark.reason(), words);
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	static String faults(MigrationProject project, List<Fault> forgotten, Phrases words) {
		return object(json -> {
			json.writeStringField("project", project.folder().toString());
			json.writeBooleanField("usable", !project.hasErrors());
			faults(json, "faults", project.faults(), words);
			faults(json, "forgotten", forgotten, words);
		});
	}

	private static void faults(JsonGenerator json, String name, List<Fault> faults, Phrases words) throws IOException {
		json.writeArrayFieldStart(name);
		for (Fault fault : faults) {
			json.writeStartObject();
			json.writeStringField("file", fault.file());
			json.writeNumberField("line", fault.line());
			json.writeNumberField("column", fault.column());
			json.writeStringField("severity", fault.severity().name());
			reason(json, fault.reason(), words);
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	static String evidence(Evidence evidence, Phrases words) {
		return object(json -> {
			json.writeFieldName("evidence");
			json.writeRawValue(EvidenceJson.write(evidence));
			text(json, evidence.reason(), words);
		});
	}

	/// What is known of an address on these sides.
	static String existence(Existence.Entry entry, List<Side> sides, Phrases words) {
		return object(json -> {
			json.writeStringField("address", entry.address().toString());
			json.writeStringField("kind", entry.kind() == null ? Recipient.MAILBOX_TOKEN : entry.kind().token());
			json.writeNumberField("line", entry.line());
			json.writeBooleanField("forgotten", entry.isForgotten());
			for (Side side : sides) {
				Proof proof = entry.on(side);
				json.writeObjectFieldStart(side.token());
				json.writeStringField("state", proof.state().name());
				json.writeStringField("proof", proof.getClass().getSimpleName());
				if (proof.evidence().isPresent()) {
					Sighting word = proof.evidence().get();
					json.writeStringField("target", word.evidence().target().value());
					json.writeStringField("probe", word.evidence().probe());
					json.writeStringField("last-seen", word.lastSeen().toString());
					reason(json, word.evidence().reason(), words);
				}
				json.writeEndObject();
			}
		});
	}

	static String sighting(Sighting sighting, Phrases words) {
		return object(json -> {
			json.writeFieldName("sighting");
			json.writeRawValue(EvidenceJson.write(sighting));
			text(json, sighting.evidence().reason(), words);
		});
	}

	static String step(String wave, StepState state, Phrases words) {
		return object(json -> {
			json.writeStringField("wave", wave);
			json.writeStringField("step", state.step().key());
			json.writeStringField("title", state.step().title());
			json.writeStringField("status", state.status().name());
			json.writeBooleanField("regressed", state.hasRegressed());
			if (state.signature().isPresent()) {
				json.writeFieldName("signature");
				json.writeRawValue(EvidenceJson.write(state.signature().get()));
			}
			json.writeArrayFieldStart("blockers");
			for (Blocker blocker : state.blockers()) {
				json.writeStartObject();
				json.writeStringField("target", blocker.target().value());
				json.writeStringField("probe", blocker.probe());
				json.writeArrayFieldStart("about");
				for (Blocker.About about : blocker.about()) {
					json.writeStartObject();
					json.writeStringField("target", about.target().value());
					json.writeStringField("probe", about.probe());
					json.writeEndObject();
				}
				json.writeEndArray();
				json.writeStringField("outcome", blocker.outcome().name());
				json.writeStringField("since", blocker.since() == null ? null : blocker.since().toString());
				reason(json, blocker.reason(), words);
				json.writeEndObject();
			}
			json.writeEndArray();
		});
	}

	static String comparison(Comparison comparison, Comparison.Row row, Phrases words) {
		return object(json -> {
			json.writeStringField("old", comparison.oldServer().key());
			json.writeStringField("new", comparison.newServer().key());
			json.writeStringField("area", row.area().token());
			json.writeStringField("feature", row.feature());
			cell(json, "oldSide", row.oldCell());
			cell(json, "newSide", row.newCell());
			json.writeStringField("outcome", row.outcome().name());
			reason(json, row.reason(), words);
		});
	}

	private static void cell(JsonGenerator json, String name, Comparison.Cell cell) throws IOException {
		json.writeObjectFieldStart(name);
		json.writeStringField("state", cell.state().name());
		json.writeStringField("text", cell.text());
		json.writeEndObject();
	}

	static String verification(Verification verification, Phrases words) {
		return object(json -> {
			switch (verification) {
				case Verification.Intact(long rows, String head) -> {
					json.writeBooleanField("intact", true);
					json.writeNumberField("rows", rows);
					json.writeStringField("head", head);
				}
				case Verification.Broken(long row, Reason reason) -> {
					json.writeBooleanField("intact", false);
					json.writeNumberField("row", row);
					reason(json, reason, words);
				}
			}
		});
	}

	static String answer(DnsAnswer answer) {
		return object(json -> {
			json.writeStringField("server", answer.question().server().place());
			json.writeStringField("name", answer.question().name());
			json.writeStringField("type", answer.question().type());
			json.writeStringField("status", answer.status().name());
			strings(json, "flags", answer.flags());
			records(json, "answer", answer.answer());
			records(json, "authority", answer.authority());
			records(json, "additional", answer.additional());
			json.writeNumberField("ms", answer.took().toMillis());
			json.writeNumberField("bytes", answer.bytes());
			json.writeBooleanField("tcp", answer.tcp());
			json.writeStringField("transport", answer.carried().transport().token());
			json.writeStringField("proof", answer.carried().proof().name());
			json.writeStringField("session", answer.carried().session());
			json.writeStringField("asked", answer.head().asked());
			json.writeNumberField("id", answer.head().id());
			json.writeStringField("rcode", answer.head().rcode());
			json.writeStringField("at", answer.at().toString());
			json.writeStringField("detail", answer.detail());
		});
	}

	static void reason(JsonGenerator json, Reason reason, Phrases words) throws IOException {
		json.writeStringField("reason", reason.id());
		strings(json, "args", reason.args());
		text(json, reason, words);
	}

	private static void text(JsonGenerator json, Reason reason, Phrases words) throws IOException {
		json.writeStringField("text", words.say(reason));
		String remedy = words.remedy(reason).orElse("");
		if (!remedy.isEmpty()) {
			json.writeStringField("remedy", remedy);
		}
	}

	/// The same JSON in pure ASCII, so that nothing in it can steer a terminal: outside of strings JSON is ASCII anyhow.
	private static String ascii(String json) {
		StringBuilder ascii = new StringBuilder(json.length());
		for (int i = 0; i < json.length(); i++) {
			char c = json.charAt(i);
			if (c < 0x7f) {
				ascii.append(c);
			} else {
				ascii.append("\\u").append(HexFormat.of().toHexDigits(c));
			}
		}
		return ascii.toString();
	}

	static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
		json.writeArrayFieldStart(name);
		for (String value : values) {
			json.writeString(value);
		}
		json.writeEndArray();
	}

	private static void records(JsonGenerator json, String name, List<DnsAnswer.Rr> records) throws IOException {
		json.writeArrayFieldStart(name);
		for (DnsAnswer.Rr rr : records) {
			json.writeStartObject();
			json.writeStringField("name", rr.name());
			json.writeNumberField("ttl", rr.ttl());
			json.writeStringField("type", rr.type());
			json.writeStringField("data", rr.data());
			json.writeEndObject();
		}
		json.writeEndArray();
	}
}
