package hikkoshi.ui.dns;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.eclipse.jface.layout.TreeColumnLayout;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Tree;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// Domains with their checks. UI thread only.
final class AuditTree {
	private static final int AUTO_EXPAND = 3;
	private final TreeViewer viewer;
	private final Phrases words;
	private final Icons icons;
	private final Set<String> known = new HashSet<>();

	/// A row that survives a refresh: equal for the same domain, or the same check of it.
	///
	/// @param check empty for the domain itself
	private record Node(String domain, String check) {}

	private List<AuditRows.Domain> domains = List.of();

	AuditTree(Composite parent, Phrases words, Consumer<Optional<AuditRow>> selected) {
		this.words = words;
		Composite body = new Composite(parent, SWT.NONE);
		TreeColumnLayout layout = new TreeColumnLayout();
		body.setLayout(layout);
		viewer = new TreeViewer(body, SWT.FULL_SELECTION | SWT.SINGLE | SWT.V_SCROLL);
		icons = new Icons(viewer.getTree());
		viewer.getTree().setHeaderVisible(true);
		viewer.setContentProvider(new Content());
		column("audit.column.check", 45, layout, true);
		column("audit.column.says", 55, layout, false);
		viewer.addSelectionChangedListener(event -> selected.accept(selection()));
	}

	private void column(String title, int weight, TreeColumnLayout layout, boolean first) {
		TreeViewerColumn column = new TreeViewerColumn(viewer, SWT.LEFT);
		column.getColumn().setText(words.say(title));
		layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, 120));
		column.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(Object element) {
				return element instanceof Node node ? text(node, first) : "";
			}

			@Override
			public @Nullable Image getImage(Object element) {
				return first && element instanceof Node node
						? row(node).map(row -> icons.outcome(row.outcome())).orElseGet(() -> domain(node).map(domain -> icons.outcome(domain.worst())).orElse(null))
						: null;
			}
		});
	}

	private String text(Node node, boolean first) {
		Optional<AuditRow> row = row(node);
		if (row.isPresent()) {
			return first ? words.title(row.get().check()) : words.say(row.get().reason());
		}
		return first ? node.domain : domain(node).map(domain -> words.say("audit.domain", domain.bad(), domain.checked())).orElse("");
	}

	Tree control() {
		return viewer.getTree();
	}

	/// Shows these; what was open and selected stays so. A few domains are opened when they come, many are not.
	void show(List<AuditRows.Domain> all) {
		domains = List.copyOf(all);
		viewer.getTree().setRedraw(false);
		try {
			if (viewer.getInput() == null) {
				viewer.setInput(this);
			} else {
				viewer.refresh();
			}
			for (AuditRows.Domain domain : domains) {
				if (known.add(domain.name()) && domains.size() <= AUTO_EXPAND) {
					viewer.setExpandedState(new Node(domain.name(), ""), true);
				}
			}
		} finally {
			viewer.getTree().setRedraw(true);
		}
	}

	Optional<AuditRow> selection() {
		return viewer.getStructuredSelection().getFirstElement() instanceof Node node ? row(node) : Optional.empty();
	}

	/// The domain of the selected row, be it the domain's own.
	Optional<String> selectedDomain() {
		return viewer.getStructuredSelection().getFirstElement() instanceof Node node ? Optional.of(node.domain) : Optional.empty();
	}

	void select(AuditRow row) {
		viewer.setSelection(new StructuredSelection(new Node(row.domain(), row.check())), true);
	}

	private Optional<AuditRows.Domain> domain(Node node) {
		return domains.stream().filter(domain -> domain.name().equals(node.domain)).findFirst();
	}

	private Optional<AuditRow> row(Node node) {
		return node.check.isEmpty() ? Optional.empty()
				: domain(node).flatMap(domain -> domain.shown().stream().filter(row -> row.check().equals(node.check)).findFirst());
	}

	private final class Content implements ITreeContentProvider {
		@Override
		public Object[] getElements(Object input) {
			return domains.stream().map(domain -> new Node(domain.name(), "")).toArray();
		}

		@Override
		public Object[] getChildren(Object parent) {
			return parent instanceof Node node && node.check.isEmpty()
					? domain(node).stream().flatMap(domain -> domain.shown().stream()).map(row -> new Node(row.domain(), row.check())).toArray() : new Object[0];
		}

		@Override
		public @Nullable Object getParent(Object element) {
			return element instanceof Node node && !node.check.isEmpty() ? new Node(node.domain, "") : null;
		}

		@Override
		public boolean hasChildren(Object element) {
			return element instanceof Node node && node.check.isEmpty();
		}
	}
}
