package hikkoshi.ui.evidence;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.ViewPart;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.EvidenceFeed;
import hikkoshi.ui.Icons;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.EvidenceLogs;

/// The Evidence view: the newest word of every probe about every target of the active migration, filling while a run goes on.
public final class EvidencePart extends ViewPart {
	public static final String ID = "hikkoshi.ui.evidence";
	private static final int AGE_REFRESH_MILLIS = 10_000;

	private Phrases words = Words.of(EvidencePart.class);
	private final Map<Outcome, Button> filters = new EnumMap<>(Outcome.class);
	private EvidenceRows rows = new EvidenceRows(sighting -> "");
	private @Nullable IProject project;
	private @Nullable EvidenceFeed feed;
	private @Nullable Widgets widgets;

	/// What exists once the part has been created.
	private record Widgets(
			Composite pages, StackLayout stack, Label hint, Composite content, Text search, EvidenceTable table, EvidenceDetails details) {}

	@Override
	public void createPartControl(Composite parent) {
		words = Words.of(EvidencePart.class, getSite());
		StackLayout stack = new StackLayout();
		Composite pages = WidgetFactory.composite(SWT.NONE).layout(stack).create(parent);
		Label hint = WidgetFactory.label(SWT.WRAP | SWT.CENTER).create(pages);
		Composite content = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.swtDefaults().margins(4, 2).create()).create(pages);
		Text search = createFilters(content);
		SashForm sash = new SashForm(content, SWT.HORIZONTAL);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
		EvidenceTable[] table = new EvidenceTable[1];
		rows = new EvidenceRows(sighting -> table[0].text(sighting));
		EvidenceDetails[] details = new EvidenceDetails[1];
		table[0] = new EvidenceTable(sash, rows, words, sighting -> details[0].show(project, sighting));
		details[0] = new EvidenceDetails(sash, words, getSite().getService(EvidenceLogs.class));
		sash.setWeights(66, 34);
		widgets = new Widgets(pages, stack, hint, content, search, table[0], details[0]);
		Action copy = new Action() {
			@Override
			public void run() {
				table[0].copy();
			}
		};
		getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(), copy);
		new ActiveMigration(getSite(), pages, this::follow);
		keepAges(pages);
	}

	private Text createFilters(Composite content) {
		Composite bar = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.fillDefaults().numColumns(1 + Outcome.values().length)
				.create()).create(content);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		Text search = WidgetFactory.text(SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL).message(words.say("evidence.search"))
				.onModify(e -> filter()).create(bar);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(search);
		Icons icons = new Icons(bar);
		for (Outcome outcome : Outcome.values()) {
			Button button = WidgetFactory.button(SWT.TOGGLE).image(icons.outcome(outcome)).text("0")
					.tooltip(words.say("evidence.show", words.outcome(outcome))).onSelect(e -> filter()).create(bar);
			button.setSelection(true);
			filters.put(outcome, button);
		}
		return search;
	}

	private void follow(@Nullable IProject next) {
		if (Objects.equals(next, project) && feed != null) {
			return;
		}
		stop();
		project = next;
		rows.clear();
		refresh();
		if (next != null) {
			Widgets mine = Objects.requireNonNull(widgets);
			feed = new EvidenceFeed(getSite().getService(EvidenceLogs.class), next,
					more -> Ui.later(mine.pages, () -> take(next, more)), e -> Ui.later(mine.pages, () -> hint(Ui.message(e))));
		}
	}

	private void take(IProject from, List<Sighting> more) {
		if (from.equals(project)) {
			rows.add(more);
			refresh();
		}
	}

	private void filter() {
		if (widgets != null) {
			Set<Outcome> wanted = EnumSet.noneOf(Outcome.class);
			filters.forEach((outcome, button) -> {
				if (button.getSelection()) {
					wanted.add(outcome);
				}
			});
			rows.filter(widgets.search.getText(), wanted);
			refresh();
		}
	}

	private void refresh() {
		if (widgets == null) {
			return;
		}
		if (project == null) {
			hint(words.say("migration.none"));
		} else if (rows.total() == 0) {
			hint(words.say("evidence.empty", project.getName()));
		} else {
			filters.forEach((outcome, button) -> button.setText(String.valueOf(rows.count(outcome))));
			filters.get(Outcome.PASS).getParent().layout();
			widgets.table.refresh();
			widgets.details.show(project, widgets.table.selection());
			top(widgets.content);
		}
		setContentDescription(project == null || rows.total() == 0 ? ""
				: words.say("evidence.shown", project.getName(), rows.visible().size(), rows.total()));
	}

	private void hint(String text) {
		if (widgets != null) {
			widgets.hint.setText(text);
			top(widgets.hint);
		}
	}

	private void top(Control control) {
		if (widgets != null && widgets.stack.topControl != control) {
			widgets.stack.topControl = control;
			widgets.pages.layout();
		}
	}

	/// An age is true for a few seconds only; the table asks for it again while it can be seen.
	private void keepAges(Composite pages) {
		pages.getDisplay().timerExec(AGE_REFRESH_MILLIS, () -> {
			if (!pages.isDisposed()) {
				if (pages.isVisible() && widgets != null) {
					widgets.table.control().clearAll();
				}
				keepAges(pages);
			}
		});
	}

	private void stop() {
		if (feed != null) {
			feed.close();
			feed = null;
		}
	}

	@Override
	public void setFocus() {
		if (widgets != null && widgets.stack.topControl == widgets.content) {
			widgets.table.control().setFocus();
		} else if (widgets != null) {
			widgets.pages.setFocus();
		}
	}

	@Override
	public void dispose() {
		stop();
		super.dispose();
	}
}
