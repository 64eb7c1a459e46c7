package hikkoshi.ui.inventory.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.CellEditor;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ComboBoxCellEditor;
import org.eclipse.jface.viewers.EditingSupport;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.viewers.TextCellEditor;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CCombo;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.forms.widgets.Section;
import org.jspecify.annotations.Nullable;

/// A list of the text as a section: a table whose rows are the list's indexes, with buttons below. Servers, endpoints, pins, domains and waves
/// are all of this shape. UI thread only.
final class ListBlock {
	private final FormToolkit toolkit;
	private final TableViewer viewer;
	private final Composite buttons;
	private final List<Button> always = new ArrayList<>();
	private final List<Button> onSelection = new ArrayList<>();
	private boolean readable = true;
	private boolean showing;

	/// @param rows how many rows are in sight at least
	ListBlock(FormToolkit toolkit, Composite parent, String title, String description, int style, int rows) {
		this.toolkit = toolkit;
		Section section = toolkit.createSection(parent, Section.TITLE_BAR | (description.isEmpty() ? 0 : Section.DESCRIPTION));
		section.setText(title);
		if (!description.isEmpty()) {
			section.setDescription(description);
		}
		GridDataFactory.fillDefaults().grab(true, true).applyTo(section);
		Composite client = toolkit.createComposite(section);
		GridLayoutFactory.swtDefaults().margins(2, 4).applyTo(client);
		Table table = WidgetFactory.table(style | SWT.FULL_SELECTION | SWT.BORDER).create(client);
		toolkit.adapt(table, true, true);
		GridDataFactory.fillDefaults().grab(true, true).hint(200, rows * 24).applyTo(table);
		viewer = new TableViewer(table);
		viewer.setContentProvider(ArrayContentProvider.getInstance());
		viewer.addSelectionChangedListener(e -> enable());
		buttons = toolkit.createComposite(client);
		GridLayoutFactory.fillDefaults().spacing(4, 0).applyTo(buttons);
		section.setClient(client);
	}

	TableViewer viewer() {
		return viewer;
	}

	Composite buttons() {
		return buttons;
	}

	/// @param edit takes the index and what was typed; null for a column that cannot be edited
	/// @param choices words to choose from; null for free text
	void column(String title, int width, IntFunction<String> text, @Nullable IntFunction<Image> image, @Nullable BiConsumer<Integer, String> edit,
			@Nullable Supplier<List<String>> choices) {
		TableViewerColumn column = new TableViewerColumn(viewer, SWT.LEFT);
		column.getColumn().setText(title);
		column.getColumn().setWidth(width);
		viewer.getTable().setHeaderVisible(viewer.getTable().getHeaderVisible() || !title.isEmpty());
		column.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(Object element) {
				return text.apply((Integer) element);
			}

			@Override
			public @Nullable Image getImage(Object element) {
				return image == null ? null : image.apply((Integer) element);
			}

			@Override
			public @Nullable String getToolTipText(Object element) {
				String said = text.apply((Integer) element);
				return said.isEmpty() ? null : said;
			}
		});
		if (edit != null) {
			column.setEditingSupport(choices == null ? new Typing(text, edit) : new Choosing(text, edit, choices));
		}
	}

	/// @param needsSelection whether it works on the selected rows
	Button button(String label, Runnable action, boolean needsSelection) {
		Button button = toolkit.createButton(buttons, label, SWT.PUSH);
		GridDataFactory.fillDefaults().applyTo(button);
		button.addListener(SWT.Selection, e -> action.run());
		(needsSelection ? onSelection : always).add(button);
		GridLayoutFactory.fillDefaults().numColumns(buttons.getChildren().length).spacing(4, 0).applyTo(buttons);
		return button;
	}

	/// @param size how many rows there are
	/// @param canRead whether the text is YAML at all
	void show(int size, boolean canRead) {
		if (viewer.isCellEditorActive()) {
			return;
		}
		readable = canRead;
		showing = true;
		List<Integer> rows = IntStream.range(0, size).boxed().toList();
		if (rows.equals(viewer.getInput())) {
			viewer.refresh();
		} else {
			viewer.setInput(rows);
		}
		showing = false;
		enable();
	}

	/// Whether the table is being filled, and not a person choosing.
	boolean isShowing() {
		return showing;
	}

	List<Integer> selected() {
		List<Integer> chosen = new ArrayList<>();
		for (Object one : viewer.getStructuredSelection()) {
			chosen.add((Integer) one);
		}
		return chosen;
	}

	void select(int index) {
		viewer.setSelection(new StructuredSelection(index), true);
	}

	void clear() {
		viewer.setSelection(StructuredSelection.EMPTY);
	}

	void edit(int index, int column) {
		select(index);
		viewer.editElement(index, column);
	}

	private void enable() {
		always.forEach(button -> button.setEnabled(readable));
		onSelection.forEach(button -> button.setEnabled(readable && !viewer.getSelection().isEmpty()));
	}

	private final class Typing extends EditingSupport {
		private final IntFunction<String> text;
		private final BiConsumer<Integer, String> edit;

		Typing(IntFunction<String> text, BiConsumer<Integer, String> edit) {
			super(viewer);
			this.text = text;
			this.edit = edit;
		}

		@Override
		protected CellEditor getCellEditor(Object element) {
			return new TextCellEditor(viewer.getTable());
		}

		@Override
		protected boolean canEdit(Object element) {
			return readable;
		}

		@Override
		protected Object getValue(Object element) {
			return text.apply((Integer) element);
		}

		@Override
		protected void setValue(Object element, Object value) {
			String typed = ((String) value).strip();
			if (!typed.equals(getValue(element))) {
				edit.accept((Integer) element, typed);
			}
		}
	}

	private final class Choosing extends EditingSupport {
		private final IntFunction<String> text;
		private final BiConsumer<Integer, String> edit;
		private final Supplier<List<String>> choices;
		private List<String> offered = List.of();
		private @Nullable ComboBoxCellEditor editor;

		Choosing(IntFunction<String> text, BiConsumer<Integer, String> edit, Supplier<List<String>> choices) {
			super(viewer);
			this.text = text;
			this.edit = edit;
			this.choices = choices;
		}

		@Override
		protected CellEditor getCellEditor(Object element) {
			offered = choices.get();
			editor = new ComboBoxCellEditor(viewer.getTable(), offered.toArray(String[]::new));
			return editor;
		}

		@Override
		protected boolean canEdit(Object element) {
			return readable;
		}

		@Override
		protected Object getValue(Object element) {
			return offered.indexOf(text.apply((Integer) element));
		}

		@Override
		protected void setValue(Object element, Object value) {
			int index = (Integer) value;
			// what is not offered may be typed
			String typed = index >= 0 ? offered.get(index) : editor != null && editor.getControl() instanceof CCombo combo ? combo.getText().strip() : "";
			if (!typed.equals(text.apply((Integer) element))) {
				edit.accept((Integer) element, typed);
			}
		}
	}
}
