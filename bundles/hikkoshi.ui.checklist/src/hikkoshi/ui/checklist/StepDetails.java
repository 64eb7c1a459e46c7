package hikkoshi.ui.checklist;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.gate.Blocker;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// What a step is about, what keeps its gates shut, and what to do about it. UI thread only.
final class StepDetails {
	private final Phrases words;
	private final Composite pane;
	private final Icons icons;
	private final DateTimeFormatter time;
	private final Label title;
	private final Label text;
	private final TableViewer blockers;
	private final Label remedy;
	private final Label rollback;
	private final Button sign;
	private final Button override;
	private @Nullable StepState shown;

	StepDetails(Composite parent, FormToolkit toolkit, Phrases words, Signing signing) {
		this.words = words;
		time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT).withLocale(words.locale()).withZone(ZoneId.systemDefault());
		pane = toolkit.createComposite(parent);
		GridLayoutFactory.fillDefaults().numColumns(2).margins(10, 0).applyTo(pane);
		icons = new Icons(pane);
		title = label(toolkit);
		title.setFont(JFaceResources.getBannerFont());
		text = label(toolkit);
		blockers = createBlockers();
		remedy = label(toolkit);
		rollback = label(toolkit);
		sign = button(toolkit, "sign", () -> signing.signOff(shown));
		override = button(toolkit, "override", () -> signing.override(shown));
		show(null);
	}

	private Label label(FormToolkit toolkit) {
		Label label = toolkit.createLabel(pane, "", SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(200, SWT.DEFAULT).applyTo(label);
		return label;
	}

	private Button button(FormToolkit toolkit, String id, Runnable action) {
		Button button = toolkit.createButton(pane, words.say(id), SWT.PUSH);
		button.addSelectionListener(SelectionListener.widgetSelectedAdapter(_ -> action.run()));
		GridDataFactory.swtDefaults().applyTo(button);
		return button;
	}

	private TableViewer createBlockers() {
		Composite room = new Composite(pane, SWT.NONE);
		GridDataFactory.fillDefaults().grab(true, true).span(2, 1).hint(300, 120).applyTo(room);
		TableColumnLayout layout = new TableColumnLayout();
		room.setLayout(layout);
		TableViewer table = new TableViewer(room, SWT.FULL_SELECTION | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
		table.getTable().setHeaderVisible(true);
		table.setContentProvider(ArrayContentProvider.getInstance());
		column(table, layout, "blockers.outcome", 130, blocker -> words.outcome(blocker.outcome())).setLabelProvider(new OutcomeLabels());
		column(table, layout, "blockers.what", 430, blocker -> words.say(blocker.reason()));
		column(table, layout, "blockers.since", 130,
				blocker -> Optional.ofNullable(blocker.since()).map(time::format).orElseGet(() -> words.say("blockers.never")));
		table.addSelectionChangedListener(_ -> remedy((Blocker) table.getStructuredSelection().getFirstElement()));
		return table;
	}

	private TableViewerColumn column(TableViewer table, TableColumnLayout layout, String id, int weight, Function<Blocker, String> cell) {
		TableViewerColumn column = new TableViewerColumn(table, SWT.NONE);
		column.getColumn().setText(words.say(id));
		layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, weight / 2 + 30));
		column.setLabelProvider(ColumnLabelProvider.createTextProvider(element -> cell.apply((Blocker) element)));
		return column;
	}

	/// @param step null when none is selected
	void show(@Nullable StepState step) {
		shown = step;
		boolean any = step != null;
		sign.setEnabled(any && step.maySignOff() && !step.isDone());
		override.setEnabled(any && !step.maySignOff() && !step.isDone());
		title.setText(any ? step.step().title() : "");
		text.setText(any ? about(step) : words.say("details.none"));
		blockers.setInput(any ? step.blockers() : List.of());
		rollback.setText(any && !step.step().rollback().isEmpty() ? words.say("details.rollback") + ": " + step.step().rollback() : "");
		remedy(any ? step.blockers().stream().findFirst().orElse(null) : null);
		pane.layout(true, true);
	}

	private String about(StepState step) {
		StringBuilder about = new StringBuilder(step.step().text());
		if (!about.isEmpty()) {
			about.append("\n\n");
		}
		if (step.hasRegressed()) {
			about.append(words.say("details.regressed"));
		} else if (step.signature().isPresent()) {
			about.append(words.say("details.signature", words.say(step.signature().get().evidence().reason()),
					time.format(step.signature().get().lastSeen())));
		} else if (step.step().gates().isEmpty()) {
			about.append(words.say("details.no-gates"));
		} else {
			about.append(words.say(step.maySignOff() ? "details.open" : "details.gates"));
		}
		return about.toString();
	}

	/// The whole sentence, which the table may have cut, and what to do.
	private void remedy(@Nullable Blocker blocker) {
		String text = blocker == null ? ""
				: words.say(blocker.reason()) + words.remedy(blocker.reason()).map(what -> "\n" + words.say("blockers.remedy", what)).orElse("");
		remedy.setText(text.replace("&", "&&"));
		pane.layout(true, true);
	}

	private final class OutcomeLabels extends ColumnLabelProvider {
		@Override
		public String getText(Object element) {
			return words.outcome(((Blocker) element).outcome());
		}

		@Override
		public Image getImage(Object element) {
			return icons.outcome(((Blocker) element).outcome());
		}
	}
}
