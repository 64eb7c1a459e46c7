package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.format.YamlNode.Entry;
import hikkoshi.core.format.YamlNode.Mapping;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.format.YamlNode.Sequence;

/// From a place in a YAML text, as a [Fault] names it, to the piece that stands there.
final class YamlPlaces {
	private YamlPlaces() {}

	/// A key with its value, and the mapping it stands in.
	record Place(YamlPath path, Mapping mapping, Entry entry) {}

	/// The entry whose key begins at an offset.
	static Optional<Place> key(YamlDocument yaml, int offset) {
		return yaml.root().flatMap(root -> key(root, offset, List.of()));
	}

	/// The outermost value that begins at an offset.
	static Optional<YamlPath> value(YamlDocument yaml, int offset) {
		return yaml.root().flatMap(root -> value(root, offset, List.of()));
	}

	private static Optional<Place> key(YamlNode node, int offset, List<Object> steps) {
		switch (node) {
			case Scalar _ -> {
				return Optional.empty();
			}
			case Sequence list -> {
				for (int i = 0; i < list.items().size(); i++) {
					if (holds(list.items().get(i), offset)) {
						return key(list.items().get(i), offset, then(steps, i));
					}
				}
			}
			case Mapping mapping -> {
				for (Entry entry : mapping.entries()) {
					if (entry.key().start() == offset) {
						return Optional.of(new Place(new YamlPath(then(steps, entry.key().value())), mapping, entry));
					}
					if (holds(entry.value(), offset)) {
						return key(entry.value(), offset, then(steps, entry.key().value()));
					}
				}
			}
		}
		return Optional.empty();
	}

	private static Optional<YamlPath> value(YamlNode node, int offset, List<Object> steps) {
		if (node.start() == offset) {
			return Optional.of(new YamlPath(steps));
		}
		switch (node) {
			case Scalar _ -> {
				return Optional.empty();
			}
			case Sequence list -> {
				for (int i = 0; i < list.items().size(); i++) {
					if (holds(list.items().get(i), offset)) {
						return value(list.items().get(i), offset, then(steps, i));
					}
				}
			}
			case Mapping mapping -> {
				for (Entry entry : mapping.entries()) {
					if (holds(entry.value(), offset)) {
						return value(entry.value(), offset, then(steps, entry.key().value()));
					}
				}
			}
		}
		return Optional.empty();
	}

	private static boolean holds(YamlNode node, int offset) {
		return node.start() <= offset && offset < Math.max(node.end(), node.start() + 1);
	}

	private static List<Object> then(List<Object> steps, Object step) {
		List<Object> more = new ArrayList<>(steps);
		more.add(step);
		return more;
	}
}
