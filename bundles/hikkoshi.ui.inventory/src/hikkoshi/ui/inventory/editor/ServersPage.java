package hikkoshi.ui.inventory.editor;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.util.LocalSelectionTransfer;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DragSource;
import org.eclipse.swt.dnd.DragSourceAdapter;
import org.eclipse.swt.dnd.DragSourceEvent;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IFileEditorInput;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.ServerEdits.Place;
import hikkoshi.core.format.ServerEdits;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.format.YamlValue;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;
import hikkoshi.ui.inventory.discover.DiscoverWizard;

/// The servers of both sides beside each other, below them the fields and the check of the selected one.
final class ServersPage extends EditorPage {
	static final String ID = "hikkoshi.ui.inventory.editor.servers";

	private final Map<Side, ListBlock> lists = new EnumMap<>(Side.class);
	private @Nullable ServerDetails details;
	private @Nullable CheckBlock check;
	private @Nullable Place chosen;

	ServersPage(MigrationEditor editor, MigrationText text, Phrases words) {
		super(editor, text, words, ID, words.say("editor.servers"));
	}

	@Override
	void create(FormToolkit toolkit, Composite body) {
		Icons icons = new Icons(body);
		for (Side side : Side.values()) {
			lists.put(side, list(toolkit, body, side, icons));
		}
		Composite left = column(toolkit, body);
		Composite right = column(toolkit, body);
		CheckBlock checks = new CheckBlock(this, toolkit, right, words);
		check = checks;
		details = new ServerDetails(this, toolkit, left, checks);
	}

	private static Composite column(FormToolkit toolkit, Composite body) {
		Composite column = toolkit.createComposite(body);
		GridLayoutFactory.fillDefaults().spacing(0, 8).applyTo(column);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(column);
		return column;
	}

	private ListBlock list(FormToolkit toolkit, Composite body, Side side, Icons icons) {
		ListBlock list = new ListBlock(toolkit, body, words.say("servers." + side.token()), "", SWT.SINGLE, 3);
		list.column(words.say("servers.key"), 110, i -> text.scalar(new Place(side, i).path("key")),
				_ -> icons.image(side == Side.OLD ? "server_old" : "server_new"), null, null);
		list.column(words.say("servers.name"), 220, i -> text.scalar(new Place(side, i).path("name")), null, null, null);
		list.button(words.say("editor.add"), () -> add(side), false);
		list.button(words.say("servers.paste"), () -> paste(side), false);
		list.button(words.say("servers.discover"), () -> discover(side), false);
		list.button(words.say("servers.move-" + side.other().token()), () -> move(side), true);
		list.button(words.say("editor.remove"), () -> verb(side, editor.verbs()::delete), true);
		list.viewer().addSelectionChangedListener(e -> {
			if (!list.isShowing() && !e.getSelection().isEmpty()) {
				choose(new Place(side, list.selected().getFirst()));
			}
		});
		Table table = list.viewer().getTable();
		MenuManager menu = new MenuManager();
		menu.add(item("servers.copy", () -> verb(side, editor.verbs()::copy)));
		menu.add(item("servers.paste", () -> paste(side)));
		menu.add(item("servers.rename", () -> verb(side, editor.verbs()::rename)));
		menu.add(item("servers.move-" + side.other().token(), () -> move(side)));
		menu.add(item("editor.remove", () -> verb(side, editor.verbs()::delete)));
		table.setMenu(menu.createContextMenu(table));
		table.addListener(SWT.KeyDown, e -> {
			if (e.stateMask == SWT.MOD1 && e.keyCode == 'c') {
				verb(side, editor.verbs()::copy);
			} else if (e.stateMask == SWT.MOD1 && e.keyCode == 'v') {
				paste(side);
			} else if (e.stateMask == 0 && e.keyCode == SWT.DEL) {
				verb(side, editor.verbs()::delete);
			} else if (e.stateMask == 0 && e.keyCode == SWT.F2) {
				verb(side, editor.verbs()::rename);
			}
		});
		drag(table, side);
		return list;
	}

	/// Finds servers out, and adds those that a person ticks to this text.
	private void discover(Side side) {
		if (editor.getEditorInput() instanceof IFileEditorInput input) {
			new WizardDialog(editor.getSite().getShell(),
					new DiscoverWizard(editor.getSite(), input.getFile().getProject(), side, UnaryOperator.identity())).open();
		}
	}

	private Action item(String id, Runnable action) {
		Action item = new Action(words.say(id)) {
			@Override
			public void run() {
				action.run();
			}
		};
		return item;
	}

	private void drag(Table table, Side side) {
		LocalSelectionTransfer transfer = LocalSelectionTransfer.getTransfer();
		DragSource source = new DragSource(table, DND.DROP_MOVE);
		source.setTransfer(new Transfer[] {transfer});
		source.addDragListener(new DragSourceAdapter() {
			@Override
			public void dragStart(DragSourceEvent event) {
				event.doit = selected(side).isPresent();
				selected(side).ifPresent(place -> transfer.setSelection(new StructuredSelection(place)));
			}
		});
		DropTarget target = new DropTarget(table, DND.DROP_MOVE);
		target.setTransfer(new Transfer[] {transfer});
		target.addDropListener(new DropTargetAdapter() {
			@Override
			public void drop(DropTargetEvent event) {
				if (transfer.getSelection() instanceof StructuredSelection one && one.getFirstElement() instanceof Place place && place.side() != side) {
					// the drag's own loop must end before a question is asked
					table.getDisplay().asyncExec(() -> move(place));
				}
			}
		});
	}

	private Optional<Place> selected(Side side) {
		ListBlock list = lists.get(side);
		return list == null ? Optional.empty() : list.selected().stream().findFirst().map(index -> new Place(side, index));
	}

	private void verb(Side side, Consumer<Place> verb) {
		selected(side).ifPresent(verb);
		refresh();
	}

	private void paste(Side side) {
		int before = text.size(ServerEdits.list(side));
		if (editor.verbs().paste(side)) {
			refresh();
			choose(new Place(side, before));
		}
	}

	private void move(Side side) {
		selected(side).ifPresent(this::move);
	}

	private void move(Place place) {
		if (editor.verbs().move(place)) {
			refresh();
			choose(new Place(place.side().other(), text.size(ServerEdits.list(place.side().other())) - 1));
		}
	}

	/// A server to be filled in: its address is missing, and the form says so.
	private void add(Side side) {
		int index = text.size(ServerEdits.list(side));
		text.edit(yaml -> {
			String key = ServerEdits.freeKey(yaml, side.token());
			return YamlEdit.append(yaml, ServerEdits.list(side), YamlValue.entries().with("key", key).with("name", "mail." + key + ".example")
					.with("addresses", YamlValue.texts(List.of()))
					.with("endpoints", YamlValue.texts(List.of(tls(Protocol.IMAP), tls(Protocol.SUBMISSION)))));
		});
		refresh();
		choose(new Place(side, index));
	}

	private static String tls(Protocol protocol) {
		return protocol.token() + ":" + protocol.defaultPort(Security.TLS) + "/" + Security.TLS.token();
	}

	/// Shows a server's fields, and it alone as selected.
	void choose(Place place) {
		chosen = place;
		refresh();
	}

	/// The server whose fields are shown; null when there is none.
	@Nullable
	Place chosen() {
		return chosen;
	}

	/// A path within the chosen server.
	@Nullable
	YamlPath path(Object... more) {
		return chosen == null ? null : chosen.path(more);
	}

	@Override
	void show(boolean readable) {
		Place place = chosen;
		if (place == null || place.index() >= text.size(ServerEdits.list(place.side()))) {
			Side side = text.size(ServerEdits.list(Side.OLD)) > 0 ? Side.OLD : Side.NEW;
			place = text.size(ServerEdits.list(side)) > 0 ? new Place(side, 0) : null;
			chosen = place;
		}
		for (Map.Entry<Side, ListBlock> entry : lists.entrySet()) {
			ListBlock list = entry.getValue();
			list.show(text.size(ServerEdits.list(entry.getKey())), readable);
			List<Integer> wanted = place != null && place.side() == entry.getKey() ? List.of(place.index()) : List.of();
			if (!list.selected().equals(wanted)) {
				list.viewer().setSelection(new StructuredSelection(wanted), true);
			}
		}
		if (details != null) {
			details.show(readable && place != null);
		}
		if (check != null) {
			check.show(readable && place != null);
		}
	}
}
