package hikkoshi.ui.dns;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

import hikkoshi.core.lookup.LookupHistory;
import hikkoshi.core.lookup.LookupSpec;
import hikkoshi.core.model.Transport;
import hikkoshi.core.text.Phrases;

/// What was looked up lately; Enter or a double click asks once more. UI thread only.
final class HistoryPane {
	private final Phrases words;
	private final TableViewer viewer;

	HistoryPane(Composite parent, Phrases words, Consumer<LookupSpec> repeat) {
		this.words = words;
		viewer = new TableViewer(parent, SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.H_SCROLL);
		viewer.getTable().setHeaderVisible(true);
		viewer.getTable().setLinesVisible(true);
		viewer.setContentProvider(ArrayContentProvider.getInstance());
		column("lookup.name", 220, LookupSpec::name);
		column("lookup.type", 90, spec -> String.join(" ", spec.types()));
		column("lookup.server", 260, spec -> spec.servers() == LookupSpec.Servers.TYPED ? spec.typed()
				: words.say("lookup.server." + spec.servers().name().toLowerCase(Locale.ROOT)));
		column("history.how", 260, this::how);
		viewer.addOpenListener(event -> {
			if (viewer.getStructuredSelection().getFirstElement() instanceof LookupSpec spec) {
				repeat.accept(spec);
			}
		});
	}

	private void column(String title, int width, Function<LookupSpec, String> text) {
		TableViewerColumn column = new TableViewerColumn(viewer, SWT.NONE);
		column.getColumn().setText(words.say(title));
		column.getColumn().setWidth(width);
		column.setLabelProvider(ColumnLabelProvider.createTextProvider(element -> text.apply((LookupSpec) element)));
	}

	private String how(LookupSpec spec) {
		StringBuilder how = new StringBuilder();
		Transport over = spec.over();
		how.append(over == null ? "" : over.name() + " ").append(spec.options().recursionDesired() ? "RD " : "").append(spec.options().dnssecOk() ? "DO " : "")
				.append(spec.options().checkingDisabled() ? "CD " : "").append(spec.options().get() ? "GET " : "")
				.append(words.say("lookup.edns")).append(' ').append(spec.options().ednsSize() == 0 ? words.say("lookup.edns.off") : spec.options().ednsSize());
		return how.toString();
	}

	Control control() {
		return viewer.getTable();
	}

	void show(LookupHistory history) {
		viewer.setInput(history.entries());
	}
}
