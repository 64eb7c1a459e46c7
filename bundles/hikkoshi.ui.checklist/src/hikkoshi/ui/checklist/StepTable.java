package hikkoshi.ui.checklist;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.gate.ChecklistState;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// The steps of a wave, in order, each with its state. Keeps the selection over judgements; selects the next step at first. UI thread only.
final class StepTable {
	private final Phrases words;
	private final TableViewer viewer;
	private final Icons icons;

	/// @param selected told of the selected step, also when its state has changed; null when none is
	StepTable(Composite parent, Phrases words, Consumer<@Nullable StepState> selected) {
		this.words = words;
		Composite pane = new Composite(parent, SWT.NONE);
		TableColumnLayout layout = new TableColumnLayout();
		pane.setLayout(layout);
		viewer = new TableViewer(pane, SWT.FULL_SELECTION | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
		icons = new Icons(viewer.getTable());
		viewer.getTable().setHeaderVisible(true);
		viewer.setContentProvider(ArrayContentProvider.getInstance());
		column(layout, "column.step", 300, step -> step.step().title()).setLabelProvider(new First());
		column(layout, "column.state", 90, this::state);
		column(layout, "column.owner", 80, step -> step.step().owner());
		column(layout, "column.by", 110, step -> step.signature().map(signature -> words.say(signature.evidence().reason())).orElse(""));
		viewer.addSelectionChangedListener(_ -> selected.accept((StepState) viewer.getStructuredSelection().getFirstElement()));
	}

	/// @param weight of its width: the title of a step is what one reads first
	private TableViewerColumn column(TableColumnLayout layout, String title, int weight, Function<StepState, String> text) {
		TableViewerColumn column = new TableViewerColumn(viewer, SWT.NONE);
		column.getColumn().setText(words.say(title));
		layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, weight / 2));
		column.setLabelProvider(ColumnLabelProvider.createTextProvider(step -> text.apply((StepState) step)));
		return column;
	}

	private String state(StepState step) {
		return words.say("status." + (step.hasRegressed() ? "regressed" : token(step)));
	}

	private static String token(StepState step) {
		return step.status().name().toLowerCase(Locale.ROOT);
	}

	void show(ChecklistState state) {
		StepState before = (StepState) viewer.getStructuredSelection().getFirstElement();
		List<StepState> steps = state.steps();
		viewer.setInput(steps);
		String key = before != null ? before.step().key() : state.next().map(next -> next.step().key()).orElse("");
		steps.stream().filter(step -> step.step().key().equals(key)).findFirst()
				.ifPresent(step -> viewer.setSelection(new StructuredSelection(step), true));
	}

	private final class First extends ColumnLabelProvider {
		@Override
		public String getText(Object element) {
			return ((StepState) element).step().title();
		}

		@Override
		public Image getImage(Object element) {
			StepState step = (StepState) element;
			String name = step.hasRegressed() ? "blocked" : token(step);
			return icons.image(ResourceLocator.imageDescriptorFromBundle("hikkoshi.ui.checklist", "icons/step_" + name + ".svg")
					.orElseGet(ImageDescriptor::getMissingImageDescriptor));
		}
	}
}
