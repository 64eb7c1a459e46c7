package hikkoshi.ui.inventory.view;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.DelegatingStyledCellLabelProvider;
import org.eclipse.jface.viewers.DelegatingStyledCellLabelProvider.IStyledLabelProvider;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.StyledString;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.part.ViewPart;
import org.eclipse.ui.statushandlers.StatusManager;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.EvidenceFeed;
import hikkoshi.ui.Icons;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;

/// Servers & Domains: the inventory of the active migration, each row with the worst that evidence says of it.
public final class InventoryPart extends ViewPart {
	public static final String ID = "hikkoshi.ui.inventory.view";
	private static final int EXPANDED_LEVELS = 3;

	private record Question(String probe, Target.Id target) {}

	private record Widgets(Composite pages, StackLayout stack, Label hint, TreeViewer viewer) {}

	private final Phrases words = Words.of(InventoryPart.class);
	private final Map<Question, Sighting> known = new HashMap<>();
	private @Nullable Widgets widgets;
	private @Nullable IProject project;
	private @Nullable EvidenceFeed feed;
	private Optional<MigrationProject> snapshot = Optional.empty();
	private boolean building;
	private boolean again;

	@Override
	public void createPartControl(Composite parent) {
		StackLayout stack = new StackLayout();
		Composite pages = WidgetFactory.composite(SWT.NONE).layout(stack).create(parent);
		Composite hints = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.swtDefaults().create()).create(pages);
		Label hint = WidgetFactory.label(SWT.WRAP).create(hints);
		hint.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
		TreeViewer viewer = new TreeViewer(pages, SWT.MULTI | SWT.H_SCROLL | SWT.V_SCROLL);
		viewer.setContentProvider(new Content());
		viewer.setLabelProvider(new DelegatingStyledCellLabelProvider(new Labels(new Icons(pages))));
		viewer.addDoubleClickListener(e -> openFile());
		ServerDrag.on(viewer, getSite().getPage());
		MenuManager menu = new MenuManager();
		viewer.getControl().setMenu(menu.createContextMenu(viewer.getControl()));
		getSite().registerContextMenu(ID, menu, viewer);
		getSite().setSelectionProvider(viewer);
		widgets = new Widgets(pages, stack, hint, viewer);
		new ActiveMigration(getSite(), pages, this::follow);
	}

	private void follow(@Nullable IProject next) {
		Widgets mine = Objects.requireNonNull(widgets);
		if (!Objects.equals(next, project)) {
			stop();
			project = next;
			known.clear();
			snapshot = Optional.empty();
			if (next != null) {
				feed = new EvidenceFeed(getSite().getService(EvidenceLogs.class), next,
						more -> Ui.later(mine.pages, () -> take(next, more)), e -> Ui.later(mine.pages, () -> hint(Ui.message(e))));
			}
		}
		if (next == null) {
			hint(words.say("migration.none"));
		} else {
			Ui.load(mine.pages, words.say("inventory.load"), () -> read(next), read -> show(next, read), e -> hint(Ui.message(e)));
		}
	}

	private MigrationProject read(IProject of) throws IOException {
		return getSite().getService(Migrations.class).load(of);
	}

	private void take(IProject from, Collection<Sighting> more) {
		if (from.equals(project)) {
			more.forEach(s -> known.put(new Question(s.evidence().probe(), s.evidence().target()), s));
			build();
		}
	}

	private void show(IProject of, MigrationProject read) {
		if (of.equals(project)) {
			snapshot = Optional.of(read);
			build();
		}
	}

	/// The tree is built beside the UI thread, one building at a time: with thousands of mailboxes it is some work.
	private void build() {
		IProject of = project;
		if (of == null || snapshot.isEmpty()) {
			return;
		}
		if (snapshot.get().migration().isEmpty()) {
			hint(words.say("inventory.faulty", of.getName()));
			return;
		}
		if (building) {
			again = true;
			return;
		}
		building = true;
		InventoryTree tree = new InventoryTree(of, snapshot.get().migration().get(), List.copyOf(known.values()), words);
		Ui.load(Objects.requireNonNull(widgets).pages, words.say("inventory.load"), tree::roots, roots -> {
			building = false;
			if (of.equals(project)) {
				show(roots);
			}
			if (again) {
				again = false;
				build();
			}
		});
	}

	private void show(List<InventoryNode> roots) {
		Widgets mine = Objects.requireNonNull(widgets);
		TreeViewer viewer = mine.viewer;
		boolean first = !(viewer.getInput() instanceof List<?> before) || !before.equals(roots);
		Object[] expanded = viewer.getExpandedElements();
		viewer.getTree().setRedraw(false);
		viewer.setInput(roots);
		if (first) {
			viewer.expandToLevel(EXPANDED_LEVELS - 1);
		} else {
			viewer.setExpandedElements(expanded);
		}
		viewer.getTree().setRedraw(true);
		top(mine, viewer.getControl());
	}

	private void hint(String text) {
		Widgets mine = Objects.requireNonNull(widgets);
		mine.hint.setText(text);
		mine.hint.getParent().layout();
		top(mine, mine.hint.getParent());
	}

	private static void top(Widgets mine, Control control) {
		if (mine.stack.topControl != control) {
			mine.stack.topControl = control;
			mine.pages.layout();
		}
	}

	private void openFile() {
		if (project != null) {
			IFile file = project.getFile(MigrationProject.MIGRATION_FILE);
			try {
				IDE.openEditor(getSite().getPage(), file, true);
			} catch (PartInitException e) {
				StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW);
			}
		}
	}

	private void stop() {
		if (feed != null) {
			feed.close();
			feed = null;
		}
	}

	@Override
	public void setFocus() {
		Widgets mine = Objects.requireNonNull(widgets);
		if (mine.stack.topControl == mine.viewer.getControl()) {
			mine.viewer.getControl().setFocus();
		} else {
			mine.pages.setFocus();
		}
	}

	@Override
	public void dispose() {
		stop();
		super.dispose();
	}

	private static final class Content implements ITreeContentProvider {
		@Override
		public Object[] getElements(Object input) {
			return ((List<?>) input).toArray();
		}

		@Override
		public Object[] getChildren(Object parent) {
			return ((InventoryNode) parent).children().toArray();
		}

		@Override
		public @Nullable Object getParent(Object element) {
			return null;
		}

		@Override
		public boolean hasChildren(Object element) {
			return !((InventoryNode) element).children().isEmpty();
		}
	}

	private static final class Labels extends LabelProvider implements IStyledLabelProvider {
		private final Icons icons;

		Labels(Icons icons) {
			this.icons = icons;
		}

		@Override
		public StyledString getStyledText(Object element) {
			InventoryNode node = (InventoryNode) element;
			StyledString text = new StyledString(node.label());
			return node.detail().isEmpty() ? text : text.append("  " + node.detail(), StyledString.DECORATIONS_STYLER);
		}

		@Override
		public Image getImage(Object element) {
			InventoryNode node = (InventoryNode) element;
			return icons.image(node.icon(), node.worst());
		}
	}
}
