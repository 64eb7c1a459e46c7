package hikkoshi.ui.inventory.editor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.CellEditor;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.EditingSupport;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.viewers.TextCellEditor;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.forms.widgets.Section;

import hikkoshi.core.format.YamlPath;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// The domains: a table whose cells are edited in place. UI thread only.
final class DomainsSection {
	private static final YamlPath DOMAINS = YamlPath.of("domains");
	private static final List<String> KEYS = List.of("name", "wave", "old", "new");
	private static final int[] WIDTHS = {190, 80, 80, 80};

	private final MigrationText text;
	private final Phrases words;
	private final Icons icons;
	private final TableViewer viewer;
	private final Button add;
	private final Button remove;

	/// A domain by its place in the text.
	private record Row(int index) {
		YamlPath path(Object... more) {
			return DOMAINS.then(index).then(more);
		}
	}

	DomainsSection(FormToolkit toolkit, Composite parent, MigrationText text, Phrases words) {
		this.text = text;
		this.words = words;
		Section section = toolkit.createSection(parent, Section.TITLE_BAR | Section.DESCRIPTION);
		section.setText(words.say("editor.domains"));
		section.setDescription(words.say("editor.domains.description"));
		GridDataFactory.fillDefaults().grab(true, true).applyTo(section);
		Composite client = toolkit.createComposite(section);
		GridLayoutFactory.swtDefaults().numColumns(2).applyTo(client);
		icons = new Icons(client);
		Table table = WidgetFactory.table(SWT.MULTI | SWT.FULL_SELECTION | SWT.BORDER).headerVisible(true).create(client);
		toolkit.adapt(table, true, true);
		GridDataFactory.fillDefaults().grab(true, true).hint(260, 200).applyTo(table);
		viewer = new TableViewer(table);
		viewer.setContentProvider(ArrayContentProvider.getInstance());
		for (int i = 0; i < KEYS.size(); i++) {
			column(KEYS.get(i), WIDTHS[i]);
		}
		Composite buttons = toolkit.createComposite(client);
		GridLayoutFactory.fillDefaults().applyTo(buttons);
		GridDataFactory.fillDefaults().align(SWT.FILL, SWT.TOP).applyTo(buttons);
		add = toolkit.createButton(buttons, words.say("editor.add"), SWT.PUSH);
		add.addListener(SWT.Selection, e -> add());
		GridDataFactory.fillDefaults().applyTo(add);
		remove = toolkit.createButton(buttons, words.say("editor.remove"), SWT.PUSH);
		remove.addListener(SWT.Selection, e -> remove());
		GridDataFactory.fillDefaults().applyTo(remove);
		viewer.addSelectionChangedListener(e -> remove.setEnabled(!e.getSelection().isEmpty()));
		section.setClient(client);
	}

	private void column(String key, int width) {
		TableViewerColumn column = new TableViewerColumn(viewer, SWT.LEFT);
		column.getColumn().setText(words.say("editor.domain." + key));
		column.getColumn().setWidth(width);
		column.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(Object element) {
				return text.scalar(((Row) element).path(key));
			}

			@Override
			public Image getImage(Object element) {
				return key.equals("name") ? icons.image("domain") : null;
			}
		});
		column.setEditingSupport(new Cells(key));
	}

	/// @param readable whether the text is YAML at all
	void show(boolean readable) {
		if (viewer.isCellEditorActive()) {
			return;
		}
		List<Row> rows = new ArrayList<>();
		for (int i = 0; i < text.size(DOMAINS); i++) {
			rows.add(new Row(i));
		}
		if (rows.equals(viewer.getInput())) {
			viewer.refresh();
		} else {
			viewer.setInput(rows);
		}
		add.setEnabled(readable);
		remove.setEnabled(!viewer.getSelection().isEmpty());
	}

	private void add() {
		int index = text.size(DOMAINS);
		text.edit(yaml -> Edits.addDomain(yaml, words.say("editor.domain.example", index + 1), firstKey(Side.OLD), firstKey(Side.NEW)));
		show(true);
		if (text.size(DOMAINS) > index) {
			viewer.setSelection(new StructuredSelection(new Row(index)), true);
			viewer.editElement(new Row(index), 0);
		}
	}

	private String firstKey(Side side) {
		return text.scalar(YamlPath.of("servers", side.token(), 0, "key"));
	}

	/// From the last to the first: each removal shifts what is behind it.
	private void remove() {
		Set<Integer> indexes = new LinkedHashSet<>();
		for (Object element : viewer.getStructuredSelection()) {
			indexes.add(((Row) element).index);
		}
		viewer.setSelection(StructuredSelection.EMPTY);
		indexes.stream().sorted((a, b) -> b - a).forEach(index -> text.edit(yaml -> Edits.remove(yaml, new Row(index).path())));
		show(true);
	}

	private final class Cells extends EditingSupport {
		private final String key;

		Cells(String key) {
			super(viewer);
			this.key = key;
		}

		@Override
		protected CellEditor getCellEditor(Object element) {
			return new TextCellEditor(viewer.getTable());
		}

		@Override
		protected boolean canEdit(Object element) {
			return text.yaml().isPresent();
		}

		@Override
		protected Object getValue(Object element) {
			return text.scalar(((Row) element).path(key));
		}

		@Override
		protected void setValue(Object element, Object value) {
			String typed = String.valueOf(value).strip();
			YamlPath path = ((Row) element).path(key);
			if (!typed.equals(text.scalar(path))) {
				text.edit(yaml -> typed.isEmpty() && !key.equals("name") ? Edits.remove(yaml, path) : Edits.set(yaml, path, typed));
				viewer.refresh();
			}
		}
	}
}
