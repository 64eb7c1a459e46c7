package hikkoshi.ui.dns;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jface.layout.TreeColumnLayout;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Tree;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.plan.Leftover;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// Domains with the records that lead to the old server. UI thread only.
final class LeftoverTree {
	/// More domains than this stay closed when they come.
	private static final int AUTO_EXPAND = 20;
	private final TreeViewer viewer;
	private final Phrases words;
	private final Icons icons;
	private final Set<String> known = new HashSet<>();
	private List<LeftoverRows.Domain> domains = List.of();

	/// A row that survives a refresh.
	///
	/// @param row null for the domain itself
	private record Node(String domain, @Nullable Leftover row) {}

	LeftoverTree(Composite parent, Phrases words, Consumer<Optional<LeftoverRows.Domain>> selected) {
		this.words = words;
		Composite body = new Composite(parent, SWT.NONE);
		TreeColumnLayout layout = new TreeColumnLayout();
		body.setLayout(layout);
		viewer = new TreeViewer(body, SWT.FULL_SELECTION | SWT.SINGLE | SWT.V_SCROLL);
		icons = new Icons(viewer.getTree());
		viewer.getTree().setHeaderVisible(true);
		viewer.setContentProvider(new Content());
		column("leftovers.column.name", 22, layout, domain -> domain, Leftover::name);
		column("leftovers.column.type", 10, layout, this::count, Leftover::type);
		column("leftovers.column.data", 22, layout, _ -> "", Leftover::data);
		column("leftovers.column.leads", 22, layout, _ -> "", Leftover::leads);
		column("leftovers.column.change", 22, layout, _ -> "", row -> change(row, words));
		column("leftovers.column.when", 14, layout, _ -> "", row -> words.say("leftovers.when." + row.when().token()));
		viewer.addSelectionChangedListener(_ -> selected.accept(selection()));
	}

	private static String change(Leftover row, Phrases words) {
		return switch (row.change()) {
			case "" -> words.say("leftovers.remove");
			case Leftover.FOLLOWS -> words.say("leftovers.follows");
			case Leftover.OPEN -> words.say("leftovers.open");
			default -> row.change();
		};
	}

	private String count(String domain) {
		return domain(domain).map(each -> words.say("leftovers.count", each.rows().size())).orElse("");
	}

	private void column(String title, int weight, TreeColumnLayout layout, Function<String, String> ofDomain, Function<Leftover, String> ofRow) {
		TreeViewerColumn column = new TreeViewerColumn(viewer, SWT.LEFT);
		boolean first = viewer.getTree().getColumnCount() == 1;
		column.getColumn().setText(words.say(title));
		layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, 70));
		column.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(Object element) {
				Node node = (Node) element;
				Leftover row = node.row();
				return row == null ? ofDomain.apply(node.domain()) : ofRow.apply(row);
			}

			@Override
			public @Nullable Image getImage(Object element) {
				Node node = (Node) element;
				return first && node.row() == null ? domain(node.domain()).map(domain -> icons.outcome(domain.worst())).orElse(null) : null;
			}
		});
	}

	Tree control() {
		return viewer.getTree();
	}

	/// Shows these; what was open and selected stays so. A few domains are opened when they come, many are not.
	void show(List<LeftoverRows.Domain> all) {
		domains = List.copyOf(all);
		viewer.getTree().setRedraw(false);
		try {
			if (viewer.getInput() == null) {
				viewer.setInput(this);
			} else {
				viewer.refresh();
			}
			for (LeftoverRows.Domain domain : domains) {
				if (known.add(domain.name()) && domains.size() <= AUTO_EXPAND) {
					viewer.setExpandedState(new Node(domain.name(), null), true);
				}
			}
		} finally {
			viewer.getTree().setRedraw(true);
		}
	}

	/// The domain of the selected row, be it the domain's own.
	Optional<LeftoverRows.Domain> selection() {
		return viewer.getStructuredSelection().getFirstElement() instanceof Node node ? domain(node.domain()) : Optional.empty();
	}

	private Optional<LeftoverRows.Domain> domain(String name) {
		return domains.stream().filter(domain -> domain.name().equals(name)).findFirst();
	}

	private final class Content implements ITreeContentProvider {
		@Override
		public Object[] getElements(Object input) {
			return domains.stream().map(domain -> new Node(domain.name(), null)).toArray();
		}

		@Override
		public Object[] getChildren(Object parent) {
			return parent instanceof Node(String name, Leftover row) && row == null ? domain(name).stream().flatMap(domain -> domain.rows().stream()).map(each -> new Node(name, each)).toArray()
					: new Object[0];
		}

		@Override
		public @Nullable Object getParent(Object element) {
			return element instanceof Node node && node.row() != null ? new Node(node.domain(), null) : null;
		}

		@Override
		public boolean hasChildren(Object element) {
			return element instanceof Node node && node.row() == null && domain(node.domain()).stream().anyMatch(domain -> !domain.rows().isEmpty());
		}
	}
}
