package hikkoshi.ui.inventory.navigator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.StructuredViewer;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.ui.PlatformUI;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.EvidenceFeed;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.inventory.view.InventoryNode;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.Subscription;

/// Servers and domains below `migration.yaml`. Nothing is read before a person opens the file's twig; from then on it follows the files and the
/// evidence. Reading and building are jobs; the UI thread only shows what they have made.
public final class NavigatorContent implements ITreeContentProvider {
	private final Phrases words = Words.of(NavigatorContent.class);
	private final Map<IProject, Branch> branches = new HashMap<>();
	private @Nullable StructuredViewer viewer;
	private @Nullable Subscription files;

	private record Question(String probe, Target.Id target) {}

	@Override
	public void inputChanged(Viewer next, @Nullable Object oldInput, @Nullable Object newInput) {
		viewer = (StructuredViewer) next;
		if (files == null) {
			files = service(Migrations.class).listen(project -> Ui.later(next.getControl(), () -> changed(project)));
		}
	}

	private static <T> T service(Class<T> type) {
		return PlatformUI.getWorkbench().getService(type);
	}

	private void changed(IProject project) {
		Branch branch = branches.get(project);
		if (branch != null && project.isAccessible()) {
			branch.load();
		} else if (branch != null) {
			branch.close();
			branches.remove(project);
		}
	}

	@Override
	public Object[] getElements(Object input) {
		return getChildren(input);
	}

	@Override
	public Object[] getChildren(Object parent) {
		if (parent instanceof IFile file) {
			return branches.computeIfAbsent(file.getProject(), Branch::new).roots.toArray();
		}
		return parent instanceof InventoryNode node ? node.children().toArray() : new Object[0];
	}

	@Override
	public boolean hasChildren(Object element) {
		return element instanceof IFile || element instanceof InventoryNode node && !node.children().isEmpty();
	}

	@Override
	public @Nullable Object getParent(Object element) {
		return null;
	}

	@Override
	public void dispose() {
		branches.values().forEach(Branch::close);
		branches.clear();
		if (files != null) {
			files.close();
			files = null;
		}
	}

	/// One migration's twig. UI thread only.
	private final class Branch {
		private final IProject project;
		private final Map<Question, Evidence> known = new HashMap<>();
		private final EvidenceFeed feed;
		/// The rows once shown: the decorator works beside the UI thread and puts its row into the item when it is done, which must be no older one.
		private final Map<String, InventoryNode> rows = new HashMap<>();
		private List<InventoryNode> roots = List.of();
		private Optional<MigrationProject> snapshot = Optional.empty();
		private boolean building;
		private boolean again;

		Branch(IProject project) {
			this.project = project;
			feed = new EvidenceFeed(service(EvidenceLogs.class), project, more -> later(() -> take(more)), e -> {});
			load();
		}

		private void later(Runnable action) {
			if (viewer != null) {
				Ui.later(viewer.getControl(), action);
			}
		}

		void load() {
			if (viewer != null) {
				Ui.load(viewer.getControl(), words.say("navigator.load"), () -> service(Migrations.class).load(project), read -> {
					snapshot = Optional.of(read);
					build();
				});
			}
		}

		private void take(Collection<Sighting> more) {
			more.forEach(one -> known.put(new Question(one.evidence().probe(), one.evidence().target()), one.evidence()));
			build();
		}

		/// One at a time: while one is built, what comes in waits for the next.
		private void build() {
			if (viewer == null || snapshot.flatMap(MigrationProject::migration).isEmpty()) {
				return;
			}
			if (building) {
				again = true;
				return;
			}
			building = true;
			List<Evidence> evidence = new ArrayList<>(known.values());
			NavigatorTree tree = new NavigatorTree(project, snapshot.flatMap(MigrationProject::migration).orElseThrow(), evidence, words);
			Ui.load(viewer.getControl(), words.say("navigator.load"), tree::roots, this::show);
		}

		private void show(List<InventoryNode> built) {
			building = false;
			roots = built.stream().map(root -> root.update(rows)).toList();
			rows.values().retainAll(all(roots, new HashSet<>()));
			if (viewer != null && branches.get(project) == this) {
				viewer.refresh(project.getFile(MigrationProject.MIGRATION_FILE), true);
			}
			if (again) {
				again = false;
				build();
			}
		}

		private static Set<InventoryNode> all(List<InventoryNode> rows, Set<InventoryNode> into) {
			rows.forEach(row -> {
				into.add(row);
				all(row.children(), into);
			});
			return into;
		}

		void close() {
			feed.close();
		}
	}
}
