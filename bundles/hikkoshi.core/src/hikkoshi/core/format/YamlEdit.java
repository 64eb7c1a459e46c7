package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import hikkoshi.core.format.YamlNode.Sequence;
import hikkoshi.core.format.YamlValue.Entries;
import hikkoshi.core.format.YamlValue.Field;
import hikkoshi.core.format.YamlValue.Items;

/// Changes of a YAML text as text edits: all that is not changed, comments and order above all, stays as the person wrote it. Each change is
/// tried out before it is returned: the new text says the same as the old one but for the change, or there are no edits at all (which is so
/// when nothing changes, when the path leads nowhere, and in rare layouts that only a person should touch).
///
/// A comment at the end of a removed line, and those within removed lines, go with it; comments above it stay.
public final class YamlEdit {
	private YamlEdit() {}

	/// Sets a text; see [#set(YamlDocument, YamlPath, YamlValue)].
	public static List<TextEdit> set(YamlDocument yaml, YamlPath path, String text) {
		return set(yaml, path, YamlValue.text(text));
	}

	/// Sets the value at a path; keys on the way that are missing are added. Of a list, items that stay the same are left alone.
	public static List<TextEdit> set(YamlDocument yaml, YamlPath path, YamlValue value) {
		Optional<YamlNode> old = yaml.at(path);
		if (old.isPresent() && old.get() instanceof Sequence list && value instanceof Items items && !list.items().isEmpty()
				&& !items.items().isEmpty()) {
			return list(yaml, path, list.items().stream().map(YamlValue::of).toList(), items.items());
		}
		if (old.isPresent() && YamlValue.of(old.get()).equals(value)) {
			return List.of();
		}
		return tried(yaml, new YamlSurgery(yaml).set(path, value), root -> with(root, path.steps(), value));
	}

	/// Inserts an item into a list; a list that is missing is added.
	///
	/// @param index where it will stand, from 0; the size of the list appends
	public static List<TextEdit> insert(YamlDocument yaml, YamlPath list, int index, YamlValue item) {
		Optional<YamlNode> old = yaml.at(list).filter(node -> !node.isNull());
		if (old.isEmpty()) {
			return index == 0 ? set(yaml, list, new Items(List.of(item))) : List.of();
		}
		if (!(old.get() instanceof Sequence sequence) || index > sequence.items().size()) {
			return List.of();
		}
		List<YamlValue> items = new ArrayList<>(sequence.items().stream().map(YamlValue::of).toList());
		items.add(index, item);
		return tried(yaml, new YamlSurgery(yaml).insert(list, sequence, index, item), root -> with(root, list.steps(), new Items(items)));
	}

	/// Inserts an item at the end of a list; a list that is missing is added.
	public static List<TextEdit> append(YamlDocument yaml, YamlPath list, YamlValue item) {
		int size = yaml.at(list).map(node -> node instanceof Sequence sequence ? sequence.items().size() : 0).orElse(0);
		return insert(yaml, list, size, item);
	}

	/// Removes a key with its value, or an item of a list.
	public static List<TextEdit> remove(YamlDocument yaml, YamlPath path) {
		if (path.isRoot() || yaml.at(path).isEmpty()) {
			return List.of();
		}
		return tried(yaml, new YamlSurgery(yaml).remove(path), root -> without(root, path.steps()));
	}

	/// Moves an item of a list to the end of another one, with the comments in its lines and directly above it. A list that is missing is
	/// added. Where both lists cannot be written in lines of their own, only what the item says is moved.
	///
	/// @param list where it goes; not within the item
	public static List<TextEdit> move(YamlDocument yaml, YamlPath item, YamlPath list) {
		Optional<YamlNode> old = yaml.at(item);
		boolean target = yaml.at(list).filter(node -> !node.isNull() && !(node instanceof Sequence)).isEmpty();
		if (old.isEmpty() || !(item.last() instanceof Integer) || !target || item.parent().equals(list)) {
			return List.of();
		}
		YamlValue value = YamlValue.of(old.get());
		List<YamlValue> there = yaml.at(list).map(node -> node instanceof Sequence s ? s.items().stream().map(YamlValue::of).toList()
				: List.<YamlValue>of()).orElse(List.of());
		List<YamlValue> items = new ArrayList<>(there);
		items.add(value);
		List<TextEdit> whole = tried(yaml, new YamlSurgery(yaml).move(item, list),
				root -> with(without(root, item.steps()), list.steps(), new Items(items)));
		return whole.isEmpty() ? all(yaml, List.of(y -> append(y, list, value), y -> remove(y, item))) : whole;
	}

	/// Several changes, one after the other, as one edit of the text.
	///
	/// @param changes each takes the text as the one before left it
	public static List<TextEdit> all(YamlDocument yaml, List<Function<YamlDocument, List<TextEdit>>> changes) {
		YamlDocument now = yaml;
		for (Function<YamlDocument, List<TextEdit>> change : changes) {
			Optional<YamlDocument> next = YamlDocument.parse(TextEdit.apply(now.text(), change.apply(now)), "").value();
			if (next.isEmpty()) {
				return List.of();
			}
			now = next.get();
		}
		return TextEdit.difference(yaml.text(), now.text());
	}

	/// Items at both ends that are equal stay; those between are changed one by one.
	private static List<TextEdit> list(YamlDocument yaml, YamlPath path, List<YamlValue> old, List<YamlValue> wanted) {
		int least = Math.min(old.size(), wanted.size());
		int head = 0;
		while (head < least && old.get(head).equals(wanted.get(head))) {
			head++;
		}
		int tail = 0;
		while (tail < least - head && old.get(old.size() - 1 - tail).equals(wanted.get(wanted.size() - 1 - tail))) {
			tail++;
		}
		List<Function<YamlDocument, List<TextEdit>>> changes = new ArrayList<>();
		for (int i = head; i < least - tail; i++) {
			YamlPath item = path.then(i);
			YamlValue value = wanted.get(i);
			changes.add(y -> set(y, item, value));
		}
		for (int i = old.size() - tail - 1; i >= least - tail; i--) {
			YamlPath item = path.then(i);
			changes.add(y -> remove(y, item));
		}
		for (int i = least - tail; i < wanted.size() - tail; i++) {
			int index = i;
			changes.add(y -> insert(y, path, index, wanted.get(index)));
		}
		return all(yaml, changes);
	}

	private static List<TextEdit> tried(YamlDocument yaml, List<TextEdit> edits, UnaryOperator<YamlValue> change) {
		YamlValue before = yaml.root().map(YamlValue::of).orElse(YamlValue.entries());
		Parsed<YamlDocument> after = YamlDocument.parse(TextEdit.apply(yaml.text(), edits), "");
		boolean right = after.value().flatMap(YamlDocument::root).map(YamlValue::of).filter(change.apply(before)::equals).isPresent();
		return right ? edits : List.of();
	}

	private static YamlValue with(YamlValue at, List<Object> steps, YamlValue value) {
		if (steps.isEmpty()) {
			return value;
		}
		List<Object> rest = steps.subList(1, steps.size());
		if (steps.getFirst() instanceof Integer index && at instanceof Items(List<YamlValue> old) && index < old.size()) {
			List<YamlValue> items = new ArrayList<>(old);
			items.set(index, with(items.get(index), rest, value));
			return new Items(items);
		}
		List<Field> fields = new ArrayList<>(at instanceof Entries(List<Field> old) ? old : List.of());
		String key = String.valueOf(steps.getFirst());
		for (int i = 0; i < fields.size(); i++) {
			if (fields.get(i).key().equals(key)) {
				fields.set(i, new Field(key, with(fields.get(i).value(), rest, value)));
				return new Entries(fields);
			}
		}
		fields.add(new Field(key, with(YamlValue.entries(), rest, value)));
		return new Entries(fields);
	}

	private static YamlValue without(YamlValue at, List<Object> steps) {
		List<Object> rest = steps.subList(1, steps.size());
		return switch (at) {
			case Items(List<YamlValue> old) when steps.getFirst() instanceof Integer index -> {
				List<YamlValue> items = new ArrayList<>(old);
				if (rest.isEmpty()) {
					items.remove((int) index);
				} else {
					items.set(index, without(items.get(index), rest));
				}
				yield new Items(items);
			}
			case Entries(List<Field> old) -> {
				List<Field> fields = new ArrayList<>();
				boolean done = false;
				for (Field field : old) {
					boolean here = !done && field.key().equals(steps.getFirst());
					done |= here;
					if (!here) {
						fields.add(field);
					} else if (!rest.isEmpty()) {
						fields.add(new Field(field.key(), without(field.value(), rest)));
					}
				}
				yield new Entries(fields);
			}
			case Items _, YamlValue.Text _, YamlValue.Word _ -> at;
		};
	}
}
