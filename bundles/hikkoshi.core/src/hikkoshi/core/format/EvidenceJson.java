package hikkoshi.core.format;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Target;

/// Evidence as JSON, and back: what the evidence log hashes, what `--json` prints and what reports keep.
///
/// The form is canonical — one value, one text: members in a fixed order, no white space, only the escapes that JSON demands — so that its bytes
/// can be hashed. Reading is strict and bounded: unknown, missing, doubled or misplaced members, a wrong type, trailing text, and anything
/// beyond the bounds is an [IOException]; a log is data from elsewhere, even one's own.
///
/// ```
/// reason    {"id":"login.ok","args":["imap"]}
/// facts     {"text":"…"} | {"tree":{"key":"…","value":"…","children":[…]}} | {"table":{"columns":[…],"rows":[[…]]}}
/// evidence  {"probe":"…","target":"…","at":"2026-01-02T03:04:05Z","took":"PT0.2S","outcome":"PASS","reason":…,"facts":…}
/// sighting  {"row":7,"firstSeen":"…","lastSeen":"…","count":3,"evidence":…}
/// ```
public final class EvidenceJson {
	/// Longest text, in characters.
	public static final int MAX_TEXT = 4 << 20;
	/// Deepest tree.
	public static final int MAX_DEPTH = 100;
	/// Most cells, nodes or arguments.
	public static final int MAX_VALUES = 200_000;

	private static final JsonFactory JSON = JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
					.maxDocumentLength(MAX_TEXT)
					.maxStringLength(MAX_TEXT)
					// each level of a tree is an object and an array; the rest is what lies around it
					.maxNestingDepth(2 * MAX_DEPTH + 8)
					.maxNameLength(32)
					.maxNumberLength(20)
					.build())
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build();

	private EvidenceJson() {}

	public static String write(Facts facts) {
		return text(json -> put(json, facts));
	}

	public static String write(Reason reason) {
		return text(json -> put(json, reason));
	}

	public static String write(Evidence evidence) {
		return text(json -> put(json, evidence));
	}

	public static String write(Sighting sighting) {
		return text(json -> {
			json.writeStartObject();
			json.writeNumberField("row", sighting.row());
			json.writeStringField("firstSeen", sighting.firstSeen().toString());
			json.writeStringField("lastSeen", sighting.lastSeen().toString());
			json.writeNumberField("count", sighting.count());
			json.writeFieldName("evidence");
			put(json, sighting.evidence());
			json.writeEndObject();
		});
	}

	public static Facts facts(String json) throws IOException {
		return read(json, Reading::facts);
	}

	public static Reason reason(String json) throws IOException {
		return read(json, Reading::reason);
	}

	public static Evidence evidence(String json) throws IOException {
		return read(json, Reading::evidence);
	}

	/// Whether facts are within the bounds, so that what is written can be read again.
	public static boolean fits(Facts facts) {
		long characters = 0;
		long values = 0;
		switch (facts) {
			case Facts.Text text -> characters = text.text().length();
			case Facts.Table table -> {
				values = (long) table.columns().size() * (table.rows().size() + 1);
				for (List<String> row : table.rows()) {
					characters += row.stream().mapToLong(String::length).sum();
				}
			}
			case Facts.Tree tree -> {
				long[] sums = new long[2];
				if (!measure(tree, 1, sums)) {
					return false;
				}
				characters = sums[0];
				values = sums[1];
			}
		}
		// a control character takes six characters in JSON; a value at most its quotes, names and brackets besides
		return values <= MAX_VALUES && 6 * characters + 40 * values + 100 <= MAX_TEXT;
	}

	/// @return the text with each half of a broken surrogate pair replaced by U+FFFD, since it has no UTF-8 form
	public static String wellFormed(String text) {
		StringBuilder mended = null;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (!Character.isSurrogate(c)) {
				continue;
			}
			if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
				i++;
				continue;
			}
			if (mended == null) {
				mended = new StringBuilder(text);
			}
			mended.setCharAt(i, '\uFFFD');
		}
		return mended == null ? text : mended.toString();
	}

	private static boolean measure(Facts.Tree tree, int depth, long[] sums) {
		if (depth > MAX_DEPTH) {
			return false;
		}
		sums[0] += tree.key().length() + tree.value().length();
		sums[1]++;
		for (Facts.Tree child : tree.children()) {
			if (!measure(child, depth + 1, sums)) {
				return false;
			}
		}
		return true;
	}

	private interface Writing {
		void to(JsonGenerator json) throws IOException;
	}

	private static String text(Writing writing) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = JSON.createGenerator(text)) {
			writing.to(json);
		} catch (IOException e) {
			throw new UncheckedIOException(e); // a StringWriter throws none
		}
		return text.toString();
	}

	private static void put(JsonGenerator json, Evidence evidence) throws IOException {
		json.writeStartObject();
		string(json, "probe", evidence.probe());
		string(json, "target", evidence.target().value());
		json.writeStringField("at", evidence.at().toString());
		json.writeStringField("took", evidence.took().toString());
		json.writeStringField("outcome", evidence.outcome().name());
		json.writeFieldName("reason");
		put(json, evidence.reason());
		json.writeFieldName("facts");
		put(json, evidence.facts());
		json.writeEndObject();
	}

	private static void put(JsonGenerator json, Reason reason) throws IOException {
		json.writeStartObject();
		string(json, "id", reason.id());
		strings(json, "args", reason.args());
		json.writeEndObject();
	}

	private static void put(JsonGenerator json, Facts facts) throws IOException {
		json.writeStartObject();
		switch (facts) {
			case Facts.Text text -> string(json, "text", text.text());
			case Facts.Tree tree -> {
				json.writeFieldName("tree");
				put(json, tree, 1);
			}
			case Facts.Table table -> {
				json.writeObjectFieldStart("table");
				strings(json, "columns", table.columns());
				json.writeArrayFieldStart("rows");
				for (List<String> row : table.rows()) {
					json.writeStartArray();
					for (String cell : row) {
						json.writeString(wellFormed(cell));
					}
					json.writeEndArray();
				}
				json.writeEndArray();
				json.writeEndObject();
			}
		}
		json.writeEndObject();
	}

	private static void put(JsonGenerator json, Facts.Tree tree, int depth) throws IOException {
		if (depth > MAX_DEPTH) {
			throw new IllegalArgumentException("tree deeper than " + MAX_DEPTH);
		}
		json.writeStartObject();
		string(json, "key", tree.key());
		string(json, "value", tree.value());
		if (!tree.children().isEmpty()) {
			json.writeArrayFieldStart("children");
			for (Facts.Tree child : tree.children()) {
				put(json, child, depth + 1);
			}
			json.writeEndArray();
		}
		json.writeEndObject();
	}

	private static void string(JsonGenerator json, String name, String value) throws IOException {
		json.writeStringField(name, wellFormed(value));
	}

	private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
		json.writeArrayFieldStart(name);
		for (String value : values) {
			json.writeString(wellFormed(value));
		}
		json.writeEndArray();
	}

	private interface Parsing<V> {
		V from(Reading reading) throws IOException;
	}

	private static <V> V read(String text, Parsing<V> parsing) throws IOException {
		if (text.length() > MAX_TEXT) {
			throw new IOException("evidence of " + text.length() + " characters");
		}
		try (JsonParser json = JSON.createParser(text)) {
			V value = parsing.from(new Reading(json));
			if (json.nextToken() != null) {
				throw new IOException("text behind the end of the evidence");
			}
			return value;
		} catch (DateTimeException | IllegalArgumentException e) {
			throw new IOException("no evidence: " + e.getMessage(), e);
		}
	}

	/// Each method takes the whole value that comes next.
	private static final class Reading {
		private static final Set<String> OUTCOMES = Set.of("PASS", "WARN", "UNKNOWN", "FAIL");

		private final JsonParser json;
		private int values;

		Reading(JsonParser json) {
			this.json = json;
		}

		Evidence evidence() throws IOException {
			expect(JsonToken.START_OBJECT);
			String probe = string("probe");
			String target = string("target");
			Instant at = Instant.parse(string("at"));
			Duration took = Duration.parse(string("took"));
			String outcome = string("outcome");
			if (!OUTCOMES.contains(outcome)) {
				throw new IOException("no outcome: " + outcome);
			}
			name("reason");
			Reason reason = reason();
			name("facts");
			Facts facts = facts();
			expect(JsonToken.END_OBJECT);
			return new Evidence(probe, new Target.Id(target), at, took, Outcome.valueOf(outcome), reason, facts);
		}

		Reason reason() throws IOException {
			expect(JsonToken.START_OBJECT);
			String id = string("id");
			name("args");
			List<String> args = strings();
			expect(JsonToken.END_OBJECT);
			return new Reason(id, args);
		}

		Facts facts() throws IOException {
			expect(JsonToken.START_OBJECT);
			expect(JsonToken.FIELD_NAME);
			String kind = json.currentName();
			Facts facts = switch (kind) {
				case "text" -> new Facts.Text(value());
				case "tree" -> {
					expect(JsonToken.START_OBJECT);
					yield tree(1);
				}
				case "table" -> table();
				default -> throw new IOException("no kind of facts: " + kind);
			};
			expect(JsonToken.END_OBJECT);
			return facts;
		}

		private Facts.Table table() throws IOException {
			expect(JsonToken.START_OBJECT);
			name("columns");
			List<String> columns = strings();
			name("rows");
			expect(JsonToken.START_ARRAY);
			List<List<String>> rows = new ArrayList<>();
			while (json.nextToken() == JsonToken.START_ARRAY) {
				rows.add(rest());
			}
			is(JsonToken.END_ARRAY);
			expect(JsonToken.END_OBJECT);
			return new Facts.Table(columns, rows);
		}

		/// The START_OBJECT has been read.
		private Facts.Tree tree(int depth) throws IOException {
			count();
			if (depth > MAX_DEPTH) {
				throw new IOException("tree deeper than " + MAX_DEPTH);
			}
			String key = string("key");
			String value = string("value");
			List<Facts.Tree> children = new ArrayList<>();
			if (json.nextToken() == JsonToken.FIELD_NAME) {
				if (!json.currentName().equals("children")) {
					throw new IOException("'" + json.currentName() + "' in place of 'children'");
				}
				expect(JsonToken.START_ARRAY);
				while (json.nextToken() == JsonToken.START_OBJECT) {
					children.add(tree(depth + 1));
				}
				is(JsonToken.END_ARRAY);
				json.nextToken();
			}
			is(JsonToken.END_OBJECT);
			return new Facts.Tree(key, value, children);
		}

		private List<String> strings() throws IOException {
			expect(JsonToken.START_ARRAY);
			return rest();
		}

		private List<String> rest() throws IOException {
			List<String> strings = new ArrayList<>();
			while (json.nextToken() == JsonToken.VALUE_STRING) {
				count();
				strings.add(json.getText());
			}
			is(JsonToken.END_ARRAY);
			return strings;
		}

		private String string(String name) throws IOException {
			name(name);
			return value();
		}

		private String value() throws IOException {
			expect(JsonToken.VALUE_STRING);
			return json.getText();
		}

		private void name(String name) throws IOException {
			expect(JsonToken.FIELD_NAME);
			if (!json.currentName().equals(name)) {
				throw new IOException("'" + json.currentName() + "' in place of '" + name + "'");
			}
		}

		private void count() throws IOException {
			if (++values > MAX_VALUES) {
				throw new IOException("more than " + MAX_VALUES + " values");
			}
		}

		private void expect(JsonToken token) throws IOException {
			json.nextToken();
			is(token);
		}

		private void is(JsonToken token) throws IOException {
			if (json.currentToken() != token) {
				throw new IOException(json.currentToken() + " in place of " + token);
			}
		}
	}
}
