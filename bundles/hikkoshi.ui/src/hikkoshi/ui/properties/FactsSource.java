package hikkoshi.ui.properties;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.ui.views.properties.IPropertyDescriptor;
import org.eclipse.ui.views.properties.IPropertySource;
import org.eclipse.ui.views.properties.PropertyDescriptor;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.text.Phrases;

/// Facts as lines below a line of the Properties view: phases with their times, the server's own words, the masked transcript. Values are hostile text: cut
/// and without control characters. Read-only.
final class FactsSource implements IPropertySource {
	private static final int MOST_ROWS = 300;
	private static final int MOST_CHARACTERS = 2_000;
	private static final String LINE = "line";

	/// What a line is known by, so that it stays open when it is read anew.
	private record Key(String name, int nth) {}

	private final String title;
	private final Map<Object, Object> values = new LinkedHashMap<>();
	private final Map<String, Integer> names = new HashMap<>();
	private final List<IPropertyDescriptor> descriptors = new ArrayList<>();

	/// @param title what the closed line says
	FactsSource(String title, List<Facts> facts, Phrases words) {
		this.title = title;
		facts.forEach(each -> add(each, words));
	}

	private void add(Facts facts, Phrases words) {
		switch (facts) {
			case Facts.Text text -> text.text().lines().forEach(line -> add(words.fact(LINE), line));
			case Facts.Table table -> table.rows().forEach(row -> add(row.isEmpty() ? "" : row.getFirst(), String.join(" | ", row)));
			case Facts.Tree tree -> {
				if (tree.value().isEmpty() && !tree.children().isEmpty() || tree.key().isEmpty()) {
					tree.children().forEach(child -> add(child, words));
				} else {
					add(words.fact(tree.key()), tree.value());
					tree.children().forEach(child -> add(child, words));
				}
			}
		}
	}

	private void add(Facts.Tree tree, Phrases words) {
		String name = tree.key().equals(LINE) ? "" : words.fact(tree.key());
		if (tree.children().isEmpty()) {
			add(name, tree.value());
		} else {
			String closed = tree.value().isEmpty() ? words.say("properties.lines", tree.children().size()) : tree.value();
			FactsSource below = new FactsSource(plain(closed), List.of(), words);
			tree.children().forEach(child -> below.add(child, words));
			add(name, below);
		}
	}

	private void add(String name, Object value) {
		if (descriptors.size() >= MOST_ROWS) {
			return;
		}
		// the view sorts by name, and the order of a dialogue is what it says
		Key key = new Key(name, names.merge(name, 1, Integer::sum));
		PropertyDescriptor descriptor = new PropertyDescriptor(key, String.format("%02d", descriptors.size() + 1) + (name.isEmpty() ? "" : "  " + plain(name)));
		descriptor.setAlwaysIncompatible(true);
		descriptors.add(descriptor);
		values.put(key, value instanceof String text ? plain(text) : value);
		descriptor.setDescription(String.valueOf(values.get(key)));
	}

	private static String plain(String text) {
		String bounded = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
		return bounded.replaceAll("[\\p{Cntrl}\u0080-\u009f]", "␣");
	}

	@Override
	public IPropertyDescriptor[] getPropertyDescriptors() {
		return descriptors.toArray(IPropertyDescriptor[]::new);
	}

	@Override
	public @Nullable Object getPropertyValue(Object id) {
		return values.get(id);
	}

	@Override
	public Object getEditableValue() {
		return title;
	}

	@Override
	public String toString() {
		return title;
	}

	@Override
	public boolean isPropertySet(Object id) {
		return true;
	}

	@Override
	public void resetPropertyValue(Object id) {
		// nothing can be changed here
	}

	@Override
	public void setPropertyValue(Object id, Object value) {
		// nothing can be changed here
	}
}
