package hikkoshi.ui.inventory.editor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.forms.widgets.Section;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.YamlPath;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// The servers of both sides: a list, and the fields of the selected one. UI thread only.
final class ServersSection {
	private static final int ENDPOINT_LINES = 5;

	private final MigrationText text;
	private final Phrases words;
	private final Icons icons;
	private final Table table;
	private final List<Button> adders = new ArrayList<>();
	private final Button remove;
	private final Text key;
	private final Text name;
	private final Text addresses;
	private final Text endpoints;
	private boolean showing;

	/// Where a server stands in the text.
	private record Place(Side side, int index) {
		YamlPath path(Object... more) {
			return YamlPath.of("servers", side.token(), index).then(more);
		}
	}

	ServersSection(FormToolkit toolkit, Composite parent, MigrationText text, Phrases words) {
		this.text = text;
		this.words = words;
		Section section = toolkit.createSection(parent, Section.TITLE_BAR | Section.DESCRIPTION);
		section.setText(words.say("editor.servers"));
		section.setDescription(words.say("editor.servers.description"));
		GridDataFactory.fillDefaults().grab(true, true).applyTo(section);
		Composite client = toolkit.createComposite(section);
		GridLayoutFactory.swtDefaults().numColumns(2).applyTo(client);
		icons = new Icons(client);
		table = WidgetFactory.table(SWT.SINGLE | SWT.FULL_SELECTION | SWT.BORDER).create(client);
		toolkit.adapt(table, true, true);
		GridDataFactory.fillDefaults().grab(true, true).hint(240, 110).applyTo(table);
		WidgetFactory.tableColumn(SWT.LEFT).width(120).create(table);
		WidgetFactory.tableColumn(SWT.LEFT).width(260).create(table);
		table.addListener(SWT.Selection, e -> showSelected());
		Composite buttons = toolkit.createComposite(client);
		GridLayoutFactory.fillDefaults().applyTo(buttons);
		GridDataFactory.fillDefaults().align(SWT.FILL, SWT.TOP).applyTo(buttons);
		for (Side side : Side.values()) {
			adders.add(button(toolkit, buttons, "editor.add-" + side.token(), () -> add(side)));
		}
		remove = button(toolkit, buttons, "editor.remove", this::remove);
		Composite fields = toolkit.createComposite(client);
		GridLayoutFactory.fillDefaults().numColumns(2).applyTo(fields);
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(fields);
		key = field(toolkit, fields, "editor.key", SWT.SINGLE);
		name = field(toolkit, fields, "editor.host", SWT.SINGLE);
		addresses = field(toolkit, fields, "editor.addresses", SWT.SINGLE);
		endpoints = field(toolkit, fields, "editor.endpoints", SWT.MULTI | SWT.V_SCROLL);
		GridDataFactory.fillDefaults().grab(true, false).hint(SWT.DEFAULT, ENDPOINT_LINES * endpoints.getLineHeight()).applyTo(endpoints);
		key.addModifyListener(e -> set("key", key.getText()));
		name.addModifyListener(e -> set("name", name.getText()));
		addresses.addModifyListener(e -> set("addresses", values(addresses.getText())));
		endpoints.addModifyListener(e -> set("endpoints", values(endpoints.getText())));
		section.setClient(client);
	}

	private Button button(FormToolkit toolkit, Composite parent, String id, Runnable action) {
		Button button = toolkit.createButton(parent, words.say(id), SWT.PUSH);
		GridDataFactory.fillDefaults().applyTo(button);
		button.addListener(SWT.Selection, e -> action.run());
		return button;
	}

	private Text field(FormToolkit toolkit, Composite parent, String id, int style) {
		GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.TOP).indent(0, 4).applyTo(toolkit.createLabel(parent, words.say(id)));
		Text field = toolkit.createText(parent, "", style | SWT.BORDER);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(field);
		return field;
	}

	/// @param readable whether the text is YAML at all
	void show(boolean readable) {
		Place before = selected();
		showing = true;
		table.setRedraw(false);
		table.removeAll();
		for (Side side : Side.values()) {
			for (int i = 0; i < text.size(YamlPath.of("servers", side.token())); i++) {
				Place place = new Place(side, i);
				TableItem item = new TableItem(table, SWT.NONE);
				item.setData(place);
				item.setImage(icons.image(side == Side.OLD ? "server_old" : "server_new"));
				item.setText(new String[] {words.say("side.label." + side.token()) + ": " + text.scalar(place.path("key")),
						text.scalar(place.path("name"))});
				if (place.equals(before)) {
					table.select(table.getItemCount() - 1);
				}
			}
		}
		if (table.getSelectionIndex() < 0 && table.getItemCount() > 0) {
			table.select(0);
		}
		table.setRedraw(true);
		adders.forEach(button -> button.setEnabled(readable));
		showing = false;
		showSelected();
	}

	private void showSelected() {
		Place place = selected();
		showing = true;
		for (Text field : List.of(key, name, addresses, endpoints)) {
			field.setEnabled(place != null);
		}
		remove.setEnabled(place != null);
		Fields.show(key, place == null ? "" : text.scalar(place.path("key")));
		Fields.show(name, place == null ? "" : text.scalar(place.path("name")));
		showList(addresses, place == null ? List.of() : text.scalars(place.path("addresses")), ", ");
		showList(endpoints, place == null ? List.of() : text.scalars(place.path("endpoints")), endpoints.getLineDelimiter());
		showing = false;
	}

	/// Leaves the field alone while it says the same list: a person may be about to type the next item.
	private static void showList(Text field, List<String> values, String separator) {
		if (!values(field.getText()).equals(values)) {
			Fields.show(field, String.join(separator, values));
		}
	}

	private @Nullable Place selected() {
		return table.getSelectionCount() == 0 ? null : (Place) table.getSelection()[0].getData();
	}

	private void set(String what, String value) {
		Place place = selected();
		if (!showing && place != null) {
			text.edit(yaml -> Edits.set(yaml, place.path(what), value));
		}
	}

	private void set(String what, List<String> values) {
		Place place = selected();
		if (!showing && place != null && !text.scalars(place.path(what)).equals(values)) {
			text.edit(yaml -> Edits.setList(yaml, place.path(what), values));
		}
	}

	private void add(Side side) {
		YamlPath list = YamlPath.of("servers", side.token());
		int index = text.size(list);
		text.edit(yaml -> Edits.addServer(yaml, side, side.token() + (index == 0 ? "" : "-" + (index + 1))));
		show(true);
		for (int i = 0; i < table.getItemCount(); i++) {
			if (new Place(side, index).equals(table.getItem(i).getData())) {
				table.select(i);
			}
		}
		showSelected();
		name.setFocus();
	}

	private void remove() {
		Place place = selected();
		if (place != null) {
			table.deselectAll();
			text.edit(yaml -> Edits.remove(yaml, place.path()));
			show(true);
		}
	}

	private static List<String> values(String typed) {
		return Arrays.stream(typed.split("[,;\\s]+")).filter(value -> !value.isEmpty()).toList();
	}
}
