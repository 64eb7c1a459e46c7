package hikkoshi.ui;

import java.util.List;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.widgets.TableColumnFactory;
import org.eclipse.jface.widgets.TreeColumnFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeColumn;
import org.eclipse.swt.widgets.TreeItem;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.text.Phrases;

/// Shows [Facts] as what they are: a table, a tree or a text. Values may be a server's own words: they are shown as plain text, shortened
/// beyond [#MAX_CELL] characters and [#MAX_ROWS] rows. UI thread only.
public final class FactsPane extends Composite {
	private static final int MAX_CELL = 2_000;
	private static final int MAX_ROWS = 2_000;
	private static final int MAX_TEXT = 200_000;
	private static final int KEY_WIDTH = 200;
	private static final int VALUE_WIDTH = 520;

	private final Phrases words;
	private final StackLayout stack = new StackLayout();
	private final Table table;
	private final Tree tree;
	private final Text text;

	public FactsPane(Composite parent, Phrases words) {
		super(parent, SWT.NONE);
		this.words = words;
		setLayout(stack);
		table = WidgetFactory.table(SWT.FULL_SELECTION | SWT.MULTI).headerVisible(true).linesVisible(true).create(this);
		tree = WidgetFactory.tree(SWT.FULL_SELECTION).headerVisible(true).create(this);
		TreeColumn key = TreeColumnFactory.newTreeColumn(SWT.LEFT).create(tree);
		key.setText(words.say("facts.key"));
		key.setWidth(KEY_WIDTH);
		TreeColumn value = TreeColumnFactory.newTreeColumn(SWT.LEFT).create(tree);
		value.setText(words.say("facts.value"));
		value.setWidth(VALUE_WIDTH);
		text = WidgetFactory.text(SWT.MULTI | SWT.READ_ONLY | SWT.H_SCROLL | SWT.V_SCROLL).create(this);
		text.setFont(JFaceResources.getTextFont());
		GridDataFactory.fillDefaults().grab(true, true).applyTo(this);
		show(Facts.NONE);
	}

	public void show(Facts facts) {
		switch (facts) {
			case Facts.Table data -> show(data);
			case Facts.Tree data -> show(data);
			case Facts.Text data -> show(data.text());
		}
		layout();
	}

	private void show(Facts.Table data) {
		table.setRedraw(false);
		table.removeAll();
		while (table.getColumnCount() > 0) {
			table.getColumn(0).dispose();
		}
		for (String column : data.columns()) {
			TableColumnFactory.newTableColumn(SWT.LEFT).create(table).setText(words.fact(column));
		}
		for (List<String> row : data.rows().subList(0, Math.min(MAX_ROWS, data.rows().size()))) {
			new TableItem(table, SWT.NONE).setText(row.stream().map(FactsPane::cell).toArray(String[]::new));
		}
		for (TableColumn column : table.getColumns()) {
			column.pack();
			column.setWidth(Math.min(column.getWidth(), VALUE_WIDTH));
		}
		table.setRedraw(true);
		stack.topControl = table;
	}

	private void show(Facts.Tree data) {
		tree.setRedraw(false);
		tree.removeAll();
		int[] left = {MAX_ROWS};
		if (data.value().isEmpty() && !data.children().isEmpty()) {
			data.children().forEach(child -> add(child, new TreeItem(tree, SWT.NONE), left));
		} else {
			add(data, new TreeItem(tree, SWT.NONE), left);
		}
		tree.setRedraw(true);
		stack.topControl = tree;
	}

	private void add(Facts.Tree node, TreeItem item, int[] left) {
		item.setText(new String[] {words.fact(node.key()), cell(node.value())});
		for (Facts.Tree child : node.children()) {
			if (left[0]-- <= 0) {
				break;
			}
			add(child, new TreeItem(item, SWT.NONE), left);
		}
		item.setExpanded(true);
	}

	private void show(String plain) {
		text.setText(plain.length() > MAX_TEXT ? plain.substring(0, MAX_TEXT) + "…" : plain);
		stack.topControl = text;
	}

	/// One line, bounded, without control characters: a cell is no terminal, but a stray line break or tab hides what follows.
	static String cell(String value) {
		String bounded = value.length() > MAX_CELL ? value.substring(0, MAX_CELL) + "…" : value;
		return bounded.replaceAll("\\p{Cntrl}", "␣");
	}
}
