package hikkoshi.ui.inventory.editor;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.util.LocalSelectionTransfer;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DragSource;
import org.eclipse.swt.dnd.DragSourceAdapter;
import org.eclipse.swt.dnd.DragSourceEvent;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.ServerEdits;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.format.YamlValue;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;
import hikkoshi.core.overview.State;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// The domains with their waves, servers and states, and the waves with their dates. Domains are dragged onto a wave, or assigned to it by the
/// button.
final class WavesPage extends EditorPage {
	static final String ID = "hikkoshi.ui.inventory.editor.waves";
	private static final YamlPath DOMAINS = YamlPath.of("domains");
	private static final YamlPath WAVES = YamlPath.of("waves");
	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

	private final Map<String, State> domainStates = new HashMap<>();
	private final Map<String, State> waveStates = new HashMap<>();
	private @Nullable ListBlock domains;
	private @Nullable ListBlock waves;

	WavesPage(MigrationEditor editor, MigrationText text, Phrases words) {
		super(editor, text, words, ID, words.say("waves.title"));
	}

	@Override
	void create(FormToolkit toolkit, Composite body) {
		Icons icons = new Icons(body);
		// one below the other: a state says why, and that needs the width
		GridLayoutFactory.swtDefaults().margins(10, 8).spacing(12, 8).applyTo(body);
		ListBlock left = new ListBlock(toolkit, body, words.say("editor.domains"), words.say("waves.domains.description"), SWT.MULTI, 6);
		domains = left;
		left.column(words.say("editor.domain.name"), 150, this::name, i -> icons.image("domain", outcome(domainStates.get(name(i)))),
				(i, typed) -> set(i, "name", typed), null);
		left.column(words.say("editor.domain.wave"), 70, i -> field(i, "wave"), null, (i, typed) -> set(i, "wave", typed), this::waveKeys);
		left.column(words.say("editor.domain.old"), 90, i -> field(i, "old"), null, (i, typed) -> set(i, "old", typed), () -> servers(Side.OLD));
		left.column(words.say("editor.domain.new"), 95, i -> field(i, "new"), null, (i, typed) -> set(i, "new", typed), () -> servers(Side.NEW));
		left.column(words.say("waves.state"), 700, i -> say(domainStates.get(name(i))), null, null, null);
		left.button(words.say("editor.add"), this::addDomain, false);
		left.button(words.say("editor.remove"), () -> remove(left, DOMAINS), true);
		Button[] assign = new Button[1];
		assign[0] = left.button(words.say("waves.assign"), () -> choose(assign[0]), true);
		ColumnViewerToolTipSupport.enableFor(left.viewer());
		mark(left.viewer().getTable(), () -> DOMAINS);
		ListBlock right = new ListBlock(toolkit, body, words.say("waves.waves"), words.say("waves.waves.description"), SWT.SINGLE, 3);
		waves = right;
		right.column(words.say("waves.key"), 90, this::wave, i -> icon(icons, waveStates.get(wave(i))), this::renameWave, null);
		right.column(words.say("waves.date"), 140, this::date, null, this::plan, null);
		right.column(words.say("waves.count"), 80, i -> String.valueOf(count(wave(i))), null, null, null);
		right.column(words.say("waves.state"), 700, i -> say(waveStates.get(wave(i))), null, null, null);
		right.button(words.say("editor.add"), this::addWave, false);
		right.button(words.say("editor.remove"), () -> remove(right, WAVES), true);
		ColumnViewerToolTipSupport.enableFor(right.viewer());
		mark(right.viewer().getTable(), () -> WAVES);
		drag(left, right);
		IProject project = editor.project();
		if (project != null) {
			new OverviewFeed(body, getSite(), project, words.say("overview.loading"), this::take);
		}
	}

	private void take(OverviewFeed.News news) {
		news.overview().ifPresent(overview -> {
			domainStates.clear();
			waveStates.clear();
			overview.domains().forEach(domain -> domainStates.put(domain.domain().name().ascii(), domain.state()));
			overview.waves().forEach(wave -> waveStates.put(wave.wave().key(), wave.state()));
			refresh();
		});
	}

	private static @Nullable Outcome outcome(@Nullable State state) {
		return state == null ? null : state.standing().outcome();
	}

	private static Image icon(Icons icons, @Nullable State state) {
		return icons.outcome(outcome(state));
	}

	private String say(@Nullable State state) {
		if (state == null) {
			return "";
		}
		String standing = words.say("standing." + state.standing().name().toLowerCase(Locale.ROOT));
		return state.standing().isProven() ? standing : words.say("waves.why", standing, words.say(state.reason()));
	}

	private String name(int index) {
		String field = text.scalar(DOMAINS.then(index, "name"));
		return field.isEmpty() ? text.scalar(DOMAINS.then(index)) : field;
	}

	/// As the text says it; a domain that names no wave is in the one of the default.
	private String field(int index, String field) {
		return text.scalar(DOMAINS.then(index, field));
	}

	private String wave(int index) {
		return text.scalar(WAVES.then(index, "key"));
	}

	private List<String> waveKeys() {
		List<String> keys = IntStream.range(0, text.size(WAVES)).mapToObj(this::wave).toList();
		return keys.isEmpty() ? List.of(Wave.DEFAULT) : keys;
	}

	private List<String> servers(Side side) {
		return IntStream.range(0, text.size(ServerEdits.list(side))).mapToObj(i -> text.scalar(new ServerEdits.Place(side, i).path("key"))).toList();
	}

	private long count(String wave) {
		return IntStream.range(0, text.size(DOMAINS)).filter(i -> {
			String named = field(i, "wave");
			return (named.isEmpty() ? Wave.DEFAULT : named).equals(wave);
		}).count();
	}

	private void set(int index, String field, String typed) {
		text.edit(yaml -> ServerEdits.setInDomain(yaml, index, field, typed));
		refresh();
	}

	private void renameWave(int index, String typed) {
		text.edit(yaml -> ServerEdits.renameWave(yaml, index, typed));
		refresh();
	}

	/// In the reader's time zone; the file keeps the offset.
	private String date(int index) {
		String written = text.scalar(WAVES.then(index, "cutover"));
		try {
			return written.isEmpty() ? "" : DATE.format(OffsetDateTime.parse(written).atZoneSameInstant(ZoneId.systemDefault()));
		} catch (DateTimeException e) {
			return written;
		}
	}

	/// What is no date is written as typed: the text is the truth, and says what is wrong with it.
	private void plan(int index, String typed) {
		YamlPath path = WAVES.then(index, "cutover");
		String value = typed;
		try {
			Instant moment = LocalDateTime.parse(typed, DATE).atZone(ZoneId.systemDefault()).toInstant();
			value = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atZone(ZoneId.systemDefault()));
		} catch (DateTimeException e) {
			// left as it is
		}
		String wanted = value;
		text.edit(yaml -> wanted.isEmpty() ? YamlEdit.remove(yaml, path) : YamlEdit.set(yaml, path, wanted));
		refresh();
	}

	private void addDomain() {
		int index = text.size(DOMAINS);
		text.edit(yaml -> YamlEdit.append(yaml, DOMAINS, YamlValue.entries().with("name", words.say("editor.domain.example", index + 1))
				.with("wave", waveKeys().getFirst()).with("old", first(Side.OLD)).with("new", first(Side.NEW))));
		refresh();
		if (domains != null && text.size(DOMAINS) > index) {
			domains.edit(index, 0);
		}
	}

	private String first(Side side) {
		return servers(side).stream().findFirst().orElse("");
	}

	/// The first wave that is listed is the one that all domains are in anyhow.
	private void addWave() {
		int index = text.size(WAVES);
		String key = index == 0 ? Wave.DEFAULT : "wave-" + (index + 1);
		text.edit(yaml -> YamlEdit.append(yaml, WAVES, YamlValue.entries().with("key", key)));
		refresh();
		if (waves != null && text.size(WAVES) > index) {
			waves.edit(index, 0);
		}
	}

	private void remove(ListBlock block, YamlPath list) {
		List<Integer> indexes = block.selected();
		block.clear();
		text.edit(yaml -> YamlEdit.all(yaml, indexes.stream().sorted((a, b) -> b - a)
				.<Function<YamlDocument, List<TextEdit>>>map(
						i -> y -> YamlEdit.remove(y, list.then(i)))
				.toList()));
		refresh();
	}

	private void choose(Button below) {
		MenuManager menu = new MenuManager();
		waveKeys().forEach(key -> menu.add(new Action(key) {
			@Override
			public void run() {
				assign(key);
			}
		}));
		below.setMenu(menu.createContextMenu(below));
		below.getMenu().setVisible(true);
	}

	/// Lets the selected domains cut over with a wave: one edit, one undo.
	void assign(String wave) {
		if (domains != null && !domains.selected().isEmpty()) {
			List<Integer> chosen = domains.selected();
			text.edit(yaml -> ServerEdits.assign(yaml, chosen, wave));
			refresh();
		}
	}

	private void drag(ListBlock from, ListBlock to) {
		LocalSelectionTransfer transfer = LocalSelectionTransfer.getTransfer();
		DragSource source = new DragSource(from.viewer().getTable(), DND.DROP_MOVE);
		source.setTransfer(new Transfer[] {transfer});
		source.addDragListener(new DragSourceAdapter() {
			@Override
			public void dragStart(DragSourceEvent event) {
				event.doit = !from.selected().isEmpty();
				transfer.setSelection(new StructuredSelection(new Dragged()));
			}
		});
		DropTarget target = new DropTarget(to.viewer().getTable(), DND.DROP_MOVE);
		target.setTransfer(new Transfer[] {transfer});
		target.addDropListener(new DropTargetAdapter() {
			@Override
			public void dragOver(DropTargetEvent event) {
				event.feedback = DND.FEEDBACK_SELECT | DND.FEEDBACK_SCROLL;
				event.detail = event.item == null ? DND.DROP_NONE : DND.DROP_MOVE;
			}

			@Override
			public void drop(DropTargetEvent event) {
				if (event.item != null && event.item.getData() instanceof Integer index && transfer.getSelection() instanceof StructuredSelection one
						&& one.getFirstElement() instanceof Dragged) {
					assign(wave(index));
				}
			}
		});
	}

	/// The selected domains of a page, on their way to a wave.
	private record Dragged() {}

	@Override
	void show(boolean readable) {
		if (domains != null && waves != null) {
			domains.show(text.size(DOMAINS), readable);
			waves.show(text.size(WAVES), readable);
		}
	}
}
