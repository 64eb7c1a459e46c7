package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

import hikkoshi.core.format.YamlNode.Entry;
import hikkoshi.core.format.YamlNode.Mapping;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.format.YamlNode.Sequence;
import hikkoshi.core.format.YamlNode.Style;

/// A YAML text (1.2, core schema) with the exact place of everything in it. Only what a configuration needs: one document, no tags (so no
/// objects), no aliases (so no text grows when it is read), keys that are text on one line, bounded depth and size.
///
/// @param root empty when the text holds nothing but comments
public record YamlDocument(String text, Optional<YamlNode> root) {
	/// Characters. 10,000 domains with all their keys are one million.
	public static final int MAX_LENGTH = 4_000_000;
	private static final int MAX_DEPTH = 24;
	private static final int MAX_NODES = 300_000;

	/// @param file its name, for the faults
	/// @return a document unless the text cannot be understood as one; duplicate keys and tags are faults of a document
	public static Parsed<YamlDocument> parse(String text, String file) {
		if (text.length() > MAX_LENGTH) {
			FaultList faults = FaultList.ofFile(file);
			faults.whole(FaultKind.FILE_TOO_LARGE, file, MAX_LENGTH / 1_000_000);
			return new Parsed<>(Optional.empty(), faults.list());
		}
		FaultList faults = new FaultList(file, Lines.of(text));
		try {
			Optional<YamlNode> root = new Reader(text, faults).document();
			return new Parsed<>(Optional.of(new YamlDocument(text, root)), faults.list());
		} catch (Reader.Unusable e) {
			return new Parsed<>(Optional.empty(), faults.list());
		}
	}

	/// The piece at the end of a path.
	public Optional<YamlNode> at(YamlPath path) {
		Optional<YamlNode> node = root;
		for (Object step : path.steps()) {
			node = node.flatMap(n -> step(n, step));
		}
		return node;
	}

	private static Optional<YamlNode> step(YamlNode node, Object step) {
		return switch (node) {
			case Mapping mapping when step instanceof String key -> mapping.entry(key).map(Entry::value);
			case Sequence sequence when step instanceof Integer index && index < sequence.items().size() ->
				Optional.of(sequence.items().get(index));
			case Mapping _, Sequence _, Scalar _ -> Optional.empty();
		};
	}

	private static final class Reader {
		private final String text;
		private final FaultList faults;
		private final ParserImpl events;
		/// Code point indexes of the characters that count twice in a String.
		private final int[] wide;
		private int nodes;

		Reader(String text, FaultList faults) throws Unusable {
			this.text = text;
			this.faults = faults;
			this.wide = wide(text);
			// with its small default buffer the reader takes quadratic time for a value of millions of characters
			LoadSettings settings = LoadSettings.builder().setBufferSize(Math.clamp(text.length(), 1 << 10, 1 << 18))
					.setUseMarks(true).setParseComments(false).setCodePointLimit(MAX_LENGTH + 1).setMaxAliasesForCollections(0).build();
			this.events = new ParserImpl(settings, new StreamReader(settings, text));
		}

		Optional<YamlNode> document() throws Unusable {
			try {
				take(Event.ID.StreamStart);
				Optional<YamlNode> root = Optional.empty();
				if (events.checkEvent(Event.ID.DocumentStart)) {
					events.next();
					YamlNode node = node(1);
					root = node.isNull() && node.start() == node.end() ? Optional.empty() : Optional.of(node);
					take(Event.ID.DocumentEnd);
				}
				if (!events.checkEvent(Event.ID.StreamEnd)) {
					throw unusable(start(events.peekEvent()), FaultKind.YAML_DOCUMENTS);
				}
				return root;
			} catch (MarkedYamlEngineException e) {
				throw syntax(e);
			} catch (ReaderException e) {
				throw unusable(offset(Math.max(0, e.getPosition())), FaultKind.YAML_CHARACTER, String.format("U+%04X", e.getCodePoint()));
			} catch (YamlEngineException e) {
				throw unusable(0, FaultKind.YAML_SYNTAX, String.valueOf(e.getMessage()));
			}
		}

		private void take(Event.ID id) {
			if (!events.checkEvent(id)) {
				throw new IllegalStateException("no " + id);
			}
			events.next();
		}

		private YamlNode node(int depth) throws Unusable {
			Event event = events.next();
			int start = start(event);
			if (++nodes > MAX_NODES) {
				throw unusable(start, FaultKind.YAML_SIZE, MAX_NODES);
			}
			if (depth > MAX_DEPTH) {
				throw unusable(start, FaultKind.YAML_DEPTH, MAX_DEPTH);
			}
			return switch (event) {
				case AliasEvent alias -> throw unusable(start, FaultKind.YAML_ALIAS, alias.getAlias());
				case ScalarEvent scalar -> {
					scalar.getTag().ifPresent(tag -> faults.at(start, FaultKind.YAML_TAG, tag));
					yield scalar(scalar);
				}
				case SequenceStartEvent sequence -> {
					sequence.getTag().ifPresent(tag -> faults.at(start, FaultKind.YAML_TAG, tag));
					yield sequence(sequence, depth);
				}
				case MappingStartEvent mapping -> {
					mapping.getTag().ifPresent(tag -> faults.at(start, FaultKind.YAML_TAG, tag));
					yield mapping(mapping, depth);
				}
				default -> throw new IllegalStateException("no node: " + event);
			};
		}

		private Scalar scalar(ScalarEvent event) {
			Style style = switch (event.getScalarStyle()) {
				case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Style.DOUBLE_QUOTED;
				case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
				case LITERAL -> Style.LITERAL;
				case FOLDED -> Style.FOLDED;
				case PLAIN -> Style.PLAIN;
			};
			int start = start(event);
			int end = end(event);
			if (style.isBlock()) {
				end = endOfBlock(start, end, event.getScalarStyle());
			}
			return new Scalar(event.getValue(), style, start, end);
		}

		/// Without the last line break; and, unless the scalar keeps them, without the blank lines behind it.
		private int endOfBlock(int start, int end, ScalarStyle style) {
			int lineEnd = start;
			while (lineEnd < end && text.charAt(lineEnd) != '\n' && text.charAt(lineEnd) != '\r') {
				lineEnd++;
			}
			String head = text.substring(start, lineEnd);
			int comment = head.indexOf('#');
			boolean keeps = (comment < 0 ? head : head.substring(0, comment)).indexOf('+') >= 0;
			int at = end;
			// the reader may have gone on into the indentation of what follows
			while (at > lineEnd && text.charAt(at - 1) == ' ' && isIndentation(at)) {
				at--;
			}
			if (!keeps) {
				while (at > lineEnd && Character.isWhitespace(text.charAt(at - 1))) {
					at--;
				}
				return Math.max(at, lineEnd);
			}
			if (at > lineEnd && text.charAt(at - 1) == '\n') {
				at--;
			}
			if (at > lineEnd && text.charAt(at - 1) == '\r') {
				at--;
			}
			return at;
		}

		private boolean isIndentation(int to) {
			int at = to;
			while (at > 0 && text.charAt(at - 1) == ' ') {
				at--;
			}
			return at == 0 || text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\r';
		}

		private Sequence sequence(SequenceStartEvent start, int depth) throws Unusable {
			List<YamlNode> items = new ArrayList<>();
			int end = start(start) + 1;
			while (!events.checkEvent(Event.ID.SequenceEnd)) {
				YamlNode item = node(depth + 1);
				items.add(item);
				end = item.end();
			}
			return new Sequence(items, start.isFlow(), start(start), end(start, events.next(), end));
		}

		private Mapping mapping(MappingStartEvent start, int depth) throws Unusable {
			List<Entry> entries = new ArrayList<>();
			Map<String, Integer> seen = new HashMap<>();
			int end = start(start) + 1;
			while (!events.checkEvent(Event.ID.MappingEnd)) {
				if (!events.checkEvent(Event.ID.Scalar)) {
					throw unusable(start(events.peekEvent()), FaultKind.YAML_KEY);
				}
				Scalar key = (Scalar) node(depth + 1);
				int colon = key.end();
				while (colon < text.length() && text.charAt(colon) == ' ') {
					colon++;
				}
				if (key.style().isBlock() || colon >= text.length() || text.charAt(colon) != ':') {
					throw unusable(key.start(), FaultKind.YAML_KEY);
				}
				Integer first = seen.putIfAbsent(key.value(), key.start());
				if (first != null) {
					faults.at(key.start(), FaultKind.YAML_DUPLICATE_KEY, key.value(), faults.line(first));
				}
				Entry entry = new Entry(key, colon, node(depth + 1));
				entries.add(entry);
				end = entry.end();
			}
			return new Mapping(entries, start.isFlow(), start(start), end(start, events.next(), end));
		}

		private int end(CollectionStartEvent start, Event end, int lastChild) {
			return start.isFlow() ? end(end) : lastChild;
		}

		private int start(Event event) {
			return offset(event.getStartMark().orElseThrow().getIndex());
		}

		private int end(Event event) {
			return offset(event.getEndMark().orElseThrow().getIndex());
		}

		private int offset(int codePoint) {
			int before = Arrays.binarySearch(wide, codePoint);
			return Math.min(text.length(), codePoint + (before < 0 ? -before - 1 : before));
		}

		private static int[] wide(String text) {
			int[] wide = new int[4];
			int count = 0;
			int codePoint = 0;
			for (int i = 0; i < text.length(); i++, codePoint++) {
				if (Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
					if (count == wide.length) {
						wide = Arrays.copyOf(wide, 2 * count);
					}
					wide[count++] = codePoint;
					i++;
				}
			}
			return Arrays.copyOf(wide, count);
		}

		private Unusable syntax(MarkedYamlEngineException e) {
			String problem = String.valueOf(e.getProblem());
			String context = String.valueOf(e.getContext());
			int at = offset(e.getProblemMark().map(Mark::getIndex).orElse(0));
			int opened = e.getContextMark().map(mark -> offset(mark.getIndex())).orElse(at);
			if (problem.contains("TAB")) {
				return unusable(at, FaultKind.YAML_TAB);
			}
			if (context.contains("quoted scalar") && problem.contains("end of stream")) {
				return unusable(opened, FaultKind.YAML_UNCLOSED_QUOTE);
			}
			if (context.contains("parsing a flow")) {
				return unusable(opened, FaultKind.YAML_UNCLOSED_BRACKET);
			}
			if (context.contains("simple key")) {
				return unusable(opened, FaultKind.YAML_COLON);
			}
			if (problem.contains("mapping values are not allowed") || context.contains("parsing a block")) {
				return unusable(at, FaultKind.YAML_INDENT);
			}
			return unusable(at, FaultKind.YAML_SYNTAX, problem);
		}

		private Unusable unusable(int offset, FaultKind kind, Object... args) {
			faults.at(offset, kind, args);
			return new Unusable();
		}

		/// The fault is in the list already.
		private static final class Unusable extends Exception {
			private static final long serialVersionUID = 1;

			Unusable() {
				super("", null, false, false);
			}
		}
	}
}
