package hikkoshi.ui.inventory.importing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.roster.ImportRow;
import hikkoshi.core.format.roster.RosterImport;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// What each row would do, before anything is written: a virtual table, so that 50,000 rows cost no more than those on the screen; and the
/// domains that would be added. UI thread only.
final class RowsPage extends WizardPage {
	private static final String[] COLUMNS = {"line", "outcome", "address", "changes", "faults"};
	private static final int[] WIDTHS = {70, 100, 220, 240, 260};

	private final ImportModel model;
	private final Phrases words;
	private int[] visible = new int[0];
	private @Nullable RosterImport shown;
	private @Nullable Widgets widgets;

	private record Widgets(Text search, Combo outcome, Table rows, Table domains, Label summary, Icons icons) {}

	RowsPage(ImportModel model, Phrases words) {
		super("rows", words.say("import.rows.title"), null);
		this.model = model;
		this.words = words;
		setDescription(words.say("import.rows.description"));
	}

	@Override
	public void createControl(Composite parent) {
		Composite page = WidgetFactory.composite(SWT.NONE).create(parent);
		GridLayoutFactory.swtDefaults().numColumns(5).applyTo(page);
		Text search = WidgetFactory.text(SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL).message(words.say("import.search")).onModify(e -> filter()).create(page);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(search);
		Combo outcome = new Combo(page, SWT.READ_ONLY);
		outcome.add(words.say("import.outcome.all"));
		for (ImportRow.Outcome one : ImportRow.Outcome.values()) {
			outcome.add(words.say(one.id()));
		}
		outcome.select(0);
		outcome.addListener(SWT.Selection, e -> filter());
		WidgetFactory.button(SWT.PUSH).text(words.say("import.all")).onSelect(e -> model.select(RosterImport::selectAll)).create(page);
		WidgetFactory.button(SWT.PUSH).text(words.say("import.none")).onSelect(e -> model.select(RosterImport::selectNone)).create(page);
		WidgetFactory.button(SWT.PUSH).text(words.say("import.only-shown")).onSelect(e -> onlyShown()).create(page);
		Table rows = WidgetFactory.table(SWT.VIRTUAL | SWT.CHECK | SWT.FULL_SELECTION | SWT.BORDER).headerVisible(true).create(page);
		GridDataFactory.fillDefaults().grab(true, true).span(5, 1).hint(880, 260).applyTo(rows);
		for (int i = 0; i < COLUMNS.length; i++) {
			WidgetFactory.tableColumn(SWT.LEFT).text(words.say("import.column." + COLUMNS[i])).width(WIDTHS[i]).create(rows);
		}
		rows.addListener(SWT.SetData, this::fill);
		rows.addListener(SWT.Selection, e -> {
			if (e.detail == SWT.CHECK) {
				int index = visible[rows.indexOf((TableItem) e.item)];
				model.select(plan -> plan.select(index, ((TableItem) e.item).getChecked()));
			}
		});
		Label heading = WidgetFactory.label(SWT.NONE).text(words.say("import.domains")).create(page);
		GridDataFactory.fillDefaults().span(5, 1).applyTo(heading);
		Table domains = WidgetFactory.table(SWT.CHECK | SWT.FULL_SELECTION | SWT.BORDER).create(page);
		GridDataFactory.fillDefaults().grab(true, false).span(5, 1).hint(880, 90).applyTo(domains);
		domains.addListener(SWT.Selection, e -> {
			if (e.detail == SWT.CHECK) {
				chooseDomains(domains);
			}
		});
		Label summary = WidgetFactory.label(SWT.NONE).create(page);
		GridDataFactory.fillDefaults().grab(true, false).span(5, 1).applyTo(summary);
		widgets = new Widgets(search, outcome, rows, domains, summary, new Icons(page));
		setControl(page);
		model.onChange(this::show);
		show();
	}

	private void onlyShown() {
		Set<Integer> indexes = new HashSet<>();
		for (int index : visible) {
			indexes.add(index);
		}
		model.select(plan -> plan.select(indexes));
	}

	private void chooseDomains(Table domains) {
		Set<DomainName> chosen = new LinkedHashSet<>();
		for (TableItem item : domains.getItems()) {
			if (item.getChecked() && item.getData() instanceof DomainName name) {
				chosen.add(name);
			}
		}
		model.settings(model.settings().withDomains(chosen));
	}

	private void show() {
		Widgets mine = widgets;
		ImportModel.Loaded loaded = model.loaded();
		if (mine == null || mine.rows.isDisposed()) {
			return;
		}
		RosterImport plan = loaded == null ? null : loaded.plan();
		boolean sameRows = plan != null && shown != null && shown.rows() == plan.rows();
		shown = plan;
		if (sameRows) {
			mine.rows.clearAll();
		} else {
			filter();
			domains(mine.domains, plan);
		}
		mine.summary.setText(plan == null ? model.isBusy() ? words.say("import.busy") : "" : ImportWords.summary(plan.summary(), words));
		setPageComplete(plan != null && !model.isBusy() && !nothing(plan));
	}

	private static boolean nothing(RosterImport plan) {
		var summary = plan.summary();
		return summary.added() + summary.changed() + summary.domainsAdded() + summary.passwords() == 0;
	}

	private void domains(Table table, @Nullable RosterImport plan) {
		table.removeAll();
		if (plan != null) {
			for (RosterImport.MissingDomain domain : plan.missingDomains()) {
				TableItem item = new TableItem(table, SWT.NONE);
				item.setData(domain.name());
				item.setChecked(domain.isAdded());
				String text = words.say("import.domain.row", domain.name().unicode(), domain.wave(), domain.rows());
				item.setText(domain.faults().isEmpty() ? text : text + " — " + words.say(domain.faults().getFirst().reason()));
			}
		}
	}

	private void filter() {
		Widgets mine = Objects.requireNonNull(widgets);
		String wanted = mine.search.getText().strip().toLowerCase(Locale.ROOT);
		int only = mine.outcome.getSelectionIndex() - 1;
		RosterImport plan = shown;
		List<ImportRow> all = plan == null ? List.of() : plan.rows();
		visible = all.stream().filter(row -> only < 0 || row.outcome().ordinal() == only)
				.filter(row -> wanted.isEmpty() || String.valueOf(row.address()).toLowerCase(Locale.ROOT).contains(wanted))
				.mapToInt(ImportRow::index).toArray();
		mine.rows.setItemCount(visible.length);
		mine.rows.clearAll();
	}

	private void fill(Event event) {
		Widgets mine = Objects.requireNonNull(widgets);
		RosterImport plan = shown;
		int place = event.index;
		if (plan == null || place >= visible.length) {
			return;
		}
		ImportRow row = plan.rows().get(visible[place]);
		TableItem item = (TableItem) event.item;
		item.setChecked(plan.isSelected(row.index()));
		item.setGrayed(!row.isEffective());
		item.setText(new String[] {String.valueOf(row.line()), words.say(row.outcome().id()), row.address() == null ? "" : String.valueOf(row.address()),
				changes(row), faults(row)});
		item.setImage(1, mine.icons.outcome(outcome(row)));
	}

	private static @Nullable Outcome outcome(ImportRow row) {
		return switch (row.outcome()) {
			case ADDED, CHANGED -> row.faults().isEmpty() ? Outcome.PASS : Outcome.WARN;
			case SAME -> row.faults().isEmpty() ? null : Outcome.WARN;
			case REFUSED -> Outcome.FAIL;
		};
	}

	private static String changes(ImportRow row) {
		List<String> parts = new ArrayList<>();
		for (ImportRow.CellChange cell : row.cells()) {
			if (!cell.column().equals("address")) {
				parts.add(cell.column() + ": " + (cell.before().isEmpty() ? "" : cell.before() + " → ") + cell.after());
			}
		}
		return String.join(", ", parts);
	}

	private String faults(ImportRow row) {
		return row.faults().stream().map(fault -> words.say(fault.reason())).collect(Collectors.joining(" "));
	}
}
