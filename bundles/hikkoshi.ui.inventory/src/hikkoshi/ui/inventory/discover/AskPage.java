package hikkoshi.ui.inventory.discover;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;
import hikkoshi.ui.TargetLabels;

/// Names in, evidence out while it arrives. UI thread only.
final class AskPage extends WizardPage {
	private static final String[] COLUMNS = {"target", "probe", "sentence"};
	private static final int[] WIDTHS = {230, 190, 380};

	private final DiscoverModel model;
	private final Phrases words;
	private @Nullable Widgets widgets;

	private record Widgets(Text names, Button start, Table table, Icons icons) {}

	AskPage(DiscoverModel model, Phrases words) {
		super("ask", words.say("discover.ask.title"), null);
		this.model = model;
		this.words = words;
		setDescription(words.say("discover.ask.description"));
		setPageComplete(false);
	}

	@Override
	public void createControl(Composite parent) {
		Composite page = WidgetFactory.composite(SWT.NONE).create(parent);
		GridLayoutFactory.swtDefaults().numColumns(3).applyTo(page);
		WidgetFactory.label(SWT.NONE).text(words.say("discover.names")).create(page);
		Text names = WidgetFactory.text(SWT.BORDER).message(words.say("discover.names.example")).create(page);
		names.addListener(SWT.DefaultSelection, e -> start());
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(names);
		Button start = WidgetFactory.button(SWT.PUSH).text(words.say("discover.start")).onSelect(e -> startOrStop()).create(page);
		GridDataFactory.fillDefaults().hint(110, SWT.DEFAULT).applyTo(start);
		Table table = WidgetFactory.table(SWT.VIRTUAL | SWT.FULL_SELECTION | SWT.BORDER).headerVisible(true).create(page);
		GridDataFactory.fillDefaults().grab(true, true).span(3, 1).hint(820, 300).applyTo(table);
		for (int i = 0; i < COLUMNS.length; i++) {
			WidgetFactory.tableColumn(SWT.LEFT).text(words.say("discover.column." + COLUMNS[i])).width(WIDTHS[i]).create(table);
		}
		table.addListener(SWT.SetData, this::fill);
		widgets = new Widgets(names, start, table, new Icons(page));
		setControl(page);
		model.onChange(this::show);
		show();
	}

	/// Asks about these names, as if a person had typed them.
	void ask(String text) {
		if (widgets != null) {
			widgets.names.setText(text);
			start();
		}
	}

	private void startOrStop() {
		if (model.isBusy()) {
			model.stop();
		} else {
			start();
		}
	}

	private void start() {
		Widgets mine = Objects.requireNonNull(widgets);
		Set<DomainName> names = new LinkedHashSet<>();
		for (String name : mine.names.getText().split("[,;\\s]+")) {
			try {
				if (!name.isEmpty()) {
					names.add(DomainName.parse(name));
				}
			} catch (IllegalArgumentException e) {
				setErrorMessage(words.say("discover.names.bad", name));
				return;
			}
		}
		if (!names.isEmpty()) {
			model.start(List.copyOf(names), mine.table);
		}
	}

	private void show() {
		Widgets mine = Objects.requireNonNull(widgets);
		if (mine.table.isDisposed()) {
			return;
		}
		mine.start.setText(words.say(model.isBusy() ? "discover.stop" : "discover.start"));
		int before = mine.table.getItemCount();
		int now = model.evidence().size();
		boolean atEnd = before == 0 || mine.table.getTopIndex() + visible(mine.table) >= before;
		mine.table.setItemCount(now);
		if (now < before) {
			mine.table.clearAll();
		} else if (atEnd && now > 0) {
			mine.table.setTopIndex(now - 1);
		}
		setErrorMessage(model.failure().isEmpty() ? null : model.failure());
		setMessage(model.isBusy() ? words.say("discover.busy", now) : now == 0 ? null : words.say("discover.done", now));
		setPageComplete(!model.names().isEmpty());
	}

	private static int visible(Table table) {
		return table.getClientArea().height / Math.max(1, table.getItemHeight()) + 1;
	}

	private void fill(Event event) {
		Evidence evidence = model.evidence().get(event.index);
		TableItem item = (TableItem) event.item;
		item.setImage(0, Objects.requireNonNull(widgets).icons.outcome(evidence.outcome()));
		item.setText(new String[] {TargetLabels.of(evidence.target(), words), words.title(evidence.probe()), words.say(evidence.reason())});
	}
}
