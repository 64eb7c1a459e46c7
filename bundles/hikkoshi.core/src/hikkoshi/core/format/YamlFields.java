package hikkoshi.core.format;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.YamlNode.Entry;
import hikkoshi.core.format.YamlNode.Kind;
import hikkoshi.core.format.YamlNode.Mapping;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.format.YamlNode.Sequence;

/// Reads the entries of one mapping by their types; what does not fit becomes a fault and counts as absent.
final class YamlFields {
	/// Keys become parts of target ids and command lines.
	private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

	private final Mapping mapping;
	private final FaultList faults;
	private final Map<String, Entry> entries = new HashMap<>();

	private YamlFields(Mapping mapping, List<String> known, FaultList faults) {
		this.mapping = mapping;
		this.faults = faults;
		for (Entry entry : mapping.entries()) {
			String key = entry.key().value();
			entries.putIfAbsent(key, entry);
			if (!known.contains(key)) {
				unknown(entry.key(), known);
			}
		}
	}

	/// @param what the key under which the node stands, for the fault when it is no mapping
	static Optional<YamlFields> of(YamlNode node, String what, List<String> known, FaultList faults) {
		return switch (node) {
			case Mapping mapping -> Optional.of(new YamlFields(mapping, known, faults));
			case Scalar _, Sequence _ -> {
				faults.at(node.start(), FaultKind.YAML_NOT_MAPPING, what);
				yield Optional.empty();
			}
		};
	}

	private void unknown(Scalar key, List<String> known) {
		Optional<String> near = faults.isFull() ? Optional.empty() : NearWords.nearest(key.value(), known);
		if (NearWords.isSecret(key.value())) {
			faults.at(key.start(), FaultKind.YAML_PASSWORD, key.value());
		} else if (near.isPresent()) {
			faults.at(key.start(), FaultKind.YAML_UNKNOWN_KEY_NEAR, key.value(), near.get());
		} else {
			faults.at(key.start(), FaultKind.YAML_UNKNOWN_KEY, key.value(), String.join(", ", known));
		}
	}

	int start() {
		return mapping.start();
	}

	List<Entry> all() {
		return mapping.entries();
	}

	boolean has(String key) {
		return entries.containsKey(key);
	}

	/// Where to point when something about that key is wrong: its value, else the mapping.
	int place(String key) {
		Entry entry = entries.get(key);
		return entry == null ? mapping.start() : entry.value().isNull() ? entry.key().start() : entry.value().start();
	}

	/// @param where what the mapping is, e.g. `servers.old`
	boolean require(String key, String where) {
		if (!has(key)) {
			faults.at(mapping.start(), FaultKind.YAML_MISSING_KEY, key, where);
		}
		return has(key);
	}

	private @Nullable YamlNode value(String key) {
		Entry entry = entries.get(key);
		return entry == null ? null : entry.value();
	}

	/// A value that is there and not empty.
	Optional<YamlNode> node(String key) {
		return Optional.ofNullable(value(key)).filter(node -> !node.isNull());
	}

	Optional<YamlFields> mapping(String key, List<String> known) {
		return node(key).flatMap(node -> of(node, key, known, faults));
	}

	List<YamlNode> list(String key) {
		return node(key).map(node -> list(node, key)).orElse(List.of());
	}

	private List<YamlNode> list(YamlNode node, String what) {
		return switch (node) {
			case Sequence sequence -> sequence.items();
			case Scalar _, Mapping _ -> {
				faults.at(node.start(), FaultKind.YAML_NOT_LIST, what);
				yield List.of();
			}
		};
	}

	/// The texts of a list, with their places.
	List<Scalar> texts(String key) {
		List<Scalar> texts = new ArrayList<>();
		for (YamlNode item : list(key)) {
			text(item, key, faults).ifPresent(texts::add);
		}
		return texts;
	}

	/// A text that is there and not blank. An empty value is a fault; an absent key is none.
	Optional<Scalar> text(String key) {
		Entry entry = entries.get(key);
		return entry == null ? Optional.empty() : text(entry.value(), entry.value().isNull() ? entry.key().start() : entry.value().start(), key, faults);
	}

	static Optional<Scalar> text(YamlNode node, String what, FaultList faults) {
		return text(node, node.start(), what, faults);
	}

	private static Optional<Scalar> text(YamlNode node, int place, String what, FaultList faults) {
		if (node instanceof Scalar scalar) {
			if (scalar.isNull() || scalar.kind() == Kind.TEXT && scalar.value().isBlank()) {
				faults.at(place, FaultKind.YAML_NO_VALUE, what);
				return Optional.empty();
			}
			if (scalar.kind() == Kind.TEXT) {
				return Optional.of(scalar);
			}
		}
		faults.at(place, FaultKind.YAML_NOT_TEXT, what);
		return Optional.empty();
	}

	/// A text that may be empty or absent.
	String words(String key) {
		YamlNode node = value(key);
		if (node == null || node.isNull() || node instanceof Scalar empty && empty.value().isBlank()) {
			return "";
		}
		return text(key).map(Scalar::value).map(String::strip).orElse("");
	}

	/// A text of the form that keys have.
	Optional<Scalar> key(String key) {
		Optional<Scalar> text = text(key);
		if (text.isPresent() && !KEY.matcher(text.get().value()).matches()) {
			faults.at(text.get().start(), FaultKind.KEY_BAD, text.get().value());
			return Optional.empty();
		}
		return text;
	}

	Optional<Integer> number(String key, int least, int greatest) {
		Entry entry = entries.get(key);
		if (entry == null) {
			return Optional.empty();
		}
		int place = place(key);
		if (!(entry.value() instanceof Scalar scalar) || scalar.kind() != Kind.INTEGER) {
			faults.at(place, FaultKind.YAML_NOT_NUMBER, key);
			return Optional.empty();
		}
		Optional<Integer> number = number(scalar.value()).filter(n -> n >= least && n <= greatest);
		if (number.isEmpty()) {
			faults.at(place, FaultKind.YAML_NUMBER_RANGE, key, least, greatest);
		}
		return number;
	}

	int number(String key, int least, int greatest, int otherwise) {
		return number(key, least, greatest).orElse(otherwise);
	}

	private static Optional<Integer> number(String text) {
		try {
			if (text.startsWith("0x")) {
				return Optional.of(Integer.parseInt(text.substring(2), 16));
			}
			return Optional.of(text.startsWith("0o") ? Integer.parseInt(text.substring(2), 8) : Integer.parseInt(text));
		} catch (NumberFormatException e) {
			return Optional.empty();
		}
	}

	Duration duration(String key, Duration least, Duration greatest, Duration otherwise) {
		Entry entry = entries.get(key);
		if (entry == null) {
			return otherwise;
		}
		int place = place(key);
		if (!(entry.value() instanceof Scalar scalar) || scalar.isNull()) {
			faults.at(place, FaultKind.YAML_NO_VALUE, key);
			return otherwise;
		}
		Optional<Duration> duration = Durations.parse(scalar.value());
		if (duration.isEmpty()) {
			faults.at(place, FaultKind.DURATION_BAD, scalar.value());
			return otherwise;
		}
		if (duration.get().compareTo(least) < 0 || duration.get().compareTo(greatest) > 0) {
			faults.at(place, FaultKind.DURATION_RANGE, scalar.value(), Durations.text(least), Durations.text(greatest));
			return otherwise;
		}
		return duration.get();
	}
}
