package hikkoshi.ui.dns;

import java.util.List;

import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.lookup.TraceFacts;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// The way from the root, zone by zone. UI thread only.
final class TracePane {
	private final Phrases words;
	private final TreeViewer viewer;
	private final Icons icons;

	/// @param words with those of the probes
	TracePane(Composite parent, Phrases words) {
		this.words = words;
		viewer = new TreeViewer(parent, SWT.FULL_SELECTION | SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
		icons = new Icons(viewer.getTree());
		viewer.getTree().setHeaderVisible(true);
		viewer.getTree().setLinesVisible(true);
		viewer.setContentProvider(new Content());
		column("trace.what", 240).setLabelProvider(new First());
		column("trace.said", 520).setLabelProvider(ColumnLabelProvider.createTextProvider(element -> ((TraceFacts.Line) element).text()));
		column("trace.remedy", 420).setLabelProvider(ColumnLabelProvider.createTextProvider(element -> ((TraceFacts.Line) element).remedy()));
	}

	private TreeViewerColumn column(String title, int width) {
		TreeViewerColumn column = new TreeViewerColumn(viewer, SWT.NONE);
		column.getColumn().setText(words.say(title));
		column.getColumn().setWidth(width);
		return column;
	}

	Control control() {
		return viewer.getTree();
	}

	void show(Evidence found) {
		viewer.setInput(found.facts() instanceof Facts.Tree tree ? TraceFacts.tree(tree, words) : List.of());
		viewer.expandAll();
	}

	private final class First extends ColumnLabelProvider {
		@Override
		public String getText(Object element) {
			return ((TraceFacts.Line) element).title();
		}

		@Override
		public @Nullable Image getImage(Object element) {
			return icons.outcome(((TraceFacts.Line) element).outcome());
		}
	}

	private static final class Content implements ITreeContentProvider {
		@Override
		public Object[] getElements(Object input) {
			return ((List<?>) input).toArray();
		}

		@Override
		public Object[] getChildren(Object parent) {
			return ((TraceFacts.Line) parent).children().toArray();
		}

		@Override
		public @Nullable Object getParent(Object element) {
			return null;
		}

		@Override
		public boolean hasChildren(Object element) {
			return !((TraceFacts.Line) element).children().isEmpty();
		}
	}
}
