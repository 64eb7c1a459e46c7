package hikkoshi.ui.inventory.editor;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.TableColumnFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.forms.widgets.Section;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.gate.Blocker;
import hikkoshi.core.gate.Standing;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Side;
import hikkoshi.core.overview.DomainState;
import hikkoshi.core.overview.NextStep;
import hikkoshi.core.overview.Overview;
import hikkoshi.core.overview.Tally;
import hikkoshi.core.overview.WaveState;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ages;
import hikkoshi.ui.Icons;

/// The state of the migration at a glance, live: the next step, numbers, proof by side and protocol, waves, the worst domains, what blocks.
final class OverviewPage extends EditorPage {
	static final String ID = "hikkoshi.ui.inventory.editor.overview";
	private static final YamlPath NAME = YamlPath.of("name");
	private static final List<Standing> SHOWN = List.of(Standing.PROVEN, Standing.STALE, Standing.NEVER, Standing.UNKNOWN, Standing.FAILED);
	private static final int MOST = 50;

	private final DateTimeFormatter time;
	private @Nullable Parts parts;
	private NextStep.Action next = new NextStep.Action.Nothing();

	private record Parts(Text name, Link next, Label numbers, Label last, Table proof, Table waves, Table domains, Table blocks, Icons icons) {}

	OverviewPage(MigrationEditor editor, MigrationText text, Phrases words) {
		super(editor, text, words, ID, words.say("editor.overview"));
		time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT).withLocale(words.locale()).withZone(ZoneId.systemDefault());
	}

	@Override
	void create(FormToolkit toolkit, Composite body) {
		Composite step = section(toolkit, body, "overview.next", 2, false);
		// not the toolkit's hyperlink: it breaks Japanese at spaces only and draws the line through letters of fallback fonts
		Link link = new Link(step, SWT.NONE);
		toolkit.adapt(link, true, true);
		say(link, words.say("overview.loading"));
		GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).applyTo(link);
		link.addListener(SWT.Selection, e -> editor.perform(next));
		Composite general = section(toolkit, body, "editor.migration", 1, false);
		GridLayoutFactory.swtDefaults().numColumns(2).applyTo(general);
		Text name = field(toolkit, general, words.say("editor.name"), () -> NAME, typed -> text.edit(yaml -> YamlEdit.set(yaml, NAME, typed)));
		Label numbers = toolkit.createLabel(general, "", SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(200, SWT.DEFAULT).applyTo(numbers);
		Label last = toolkit.createLabel(general, "", SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(200, SWT.DEFAULT).applyTo(last);
		Table proof = table(toolkit, section(toolkit, body, "overview.proof", 1, false), 6, Stream
				.concat(Stream.of(words.say("overview.where")), SHOWN.stream().map(standing -> words.say("overview.proof." + standing.name().toLowerCase(Locale.ROOT)))).toArray(String[]::new));
		Table waves = table(toolkit, section(toolkit, body, "overview.waves", 1, true), 4, columns("wave", "date", "domains", "mailboxes", "state"));
		Table domains = table(toolkit, section(toolkit, body, "overview.domains", 1, true), 4, columns("domain", "state", "why"));
		Table blocks = table(toolkit, section(toolkit, body, "overview.blocks", 2, true), 4, columns("wave", "step", "count", "why"));
		waves.addListener(SWT.DefaultSelection, e -> editor.setActivePage(WavesPage.ID));
		domains.addListener(SWT.DefaultSelection, e -> open(domains));
		blocks.addListener(SWT.DefaultSelection, e -> open(blocks));
		parts = new Parts(name, link, numbers, last, proof, waves, domains, blocks, new Icons(body));
		IProject project = editor.project();
		if (project != null) {
			new OverviewFeed(body, getSite(), project, words.say("overview.loading"), this::take);
		}
	}

	private String[] columns(String... ids) {
		return Stream.of(ids).map(id -> words.say("overview.column." + id)).toArray(String[]::new);
	}

	private Composite section(FormToolkit toolkit, Composite body, String title, int span, boolean grow) {
		Section section = toolkit.createSection(body, Section.TITLE_BAR);
		section.setText(words.say(title));
		GridDataFactory.fillDefaults().grab(true, grow).span(span, 1).applyTo(section);
		Composite client = toolkit.createComposite(section);
		GridLayoutFactory.swtDefaults().margins(2, 4).applyTo(client);
		section.setClient(client);
		return client;
	}

	private static Table table(FormToolkit toolkit, Composite client, int rows, String... columns) {
		Table table = WidgetFactory.table(SWT.FULL_SELECTION | SWT.BORDER).headerVisible(true).create(client);
		toolkit.adapt(table, true, true);
		GridDataFactory.fillDefaults().grab(true, true).hint(200, rows * 24).applyTo(table);
		for (String column : columns) {
			TableColumnFactory.newTableColumn(SWT.LEFT).create(table).setText(column);
		}
		return table;
	}

	@Override
	void show(boolean readable) {
		if (parts != null) {
			parts.name.setEnabled(readable);
			Fields.show(parts.name, text.scalar(NAME));
		}
	}

	private void take(OverviewFeed.News news) {
		Parts mine = parts;
		if (mine == null) {
			return;
		}
		news.overview().ifPresent(overview -> show(mine, overview));
		news.mending().or(() -> news.overview().map(Overview::next)).ifPresent(step -> {
			next = step.action();
			say(mine.next, words.say(step.reason()));
			mine.next.setEnabled(!(next instanceof NextStep.Action.Nothing));
		});
		if (!news.failed().isEmpty()) {
			say(mine.next, news.failed());
		}
		reflow();
	}

	/// The whole is the link, whatever the text holds: no tag and no mnemonic of it counts.
	private static void say(Link link, String said) {
		link.setText("<a>" + said.replace("<", "<\u200B").replace("&", "&&") + "</a>");
	}

	private void reflow() {
		if (getManagedForm() != null) {
			getManagedForm().getForm().getBody().layout(true, true);
			getManagedForm().reflow(true);
		}
	}

	private void show(Parts mine, Overview overview) {
		String kinds = Stream.of(Recipient.Kind.values()).filter(overview.recipients()::containsKey)
				.map(kind -> words.say("overview.kind." + kind.token(), overview.recipients().get(kind))).collect(Collectors.joining());
		mine.numbers.setText(words.say("overview.numbers", overview.servers().getOrDefault(Side.OLD, 0),
				overview.servers().getOrDefault(Side.NEW, 0), overview.domains().size(), overview.mailboxes()) + kinds);
		mine.last.setText(overview.lastProbe().map(probe -> words.say("overview.last", Ages.say(probe.lastSeen(), overview.at(), words),
				words.title(probe.evidence().probe()), words.outcome(probe.evidence().outcome()))).orElse(words.say("overview.never")));
		fill(mine.proof, overview.tallies(), this::row);
		fill(mine.waves, overview.waves(), (item, wave) -> row(item, wave, mine.icons));
		List<DomainState> worst = overview.domains().stream()
				.sorted(Comparator.comparing((DomainState domain) -> domain.state().standing()).reversed()).limit(MOST).toList();
		fill(mine.domains, worst, (item, domain) -> {
			item.setImage(mine.icons.image("domain", domain.state().standing().outcome()));
			item.setText(new String[] {domain.domain().name().unicode(), say(domain.state().standing()), words.say(domain.state().reason())});
			item.setData(new NextStep.Action.Open(MigrationProject.MAILBOXES_FILE, domain.state().line()));
		});
		fill(mine.blocks, overview.blocks(), (item, block) -> {
			List<Blocker> blockers = block.step().blockers();
			item.setText(new String[] {block.wave(), block.step().step().title(), String.valueOf(blockers.size()),
					blockers.isEmpty() ? "" : words.say(blockers.getFirst().reason())});
			item.setData(new NextStep.Action.OpenStep(block.wave(), block.step().step().key()));
		});
	}

	private void row(TableItem item, Tally tally) {
		String where = words.say("overview.tally", words.say("side.label." + tally.side().token()), words.say("protocol." + tally.protocol().token()));
		item.setText(Stream.concat(Stream.of(where), SHOWN.stream()
				.map(standing -> String.format(words.locale(), "%,d", standing == Standing.PROVEN ? tally.proven() : tally.count(standing))))
				.toArray(String[]::new));
	}

	private void row(TableItem item, WaveState wave, Icons icons) {
		item.setImage(icons.outcome(wave.state().standing().outcome()));
		item.setText(new String[] {wave.wave().key(), wave.wave().cutover() == null ? words.say("overview.unplanned") : time.format(wave.wave().cutover()),
				String.valueOf(wave.domains()), String.valueOf(wave.mailboxes()),
				wave.done() ? words.say("overview.done") : say(wave.state().standing())});
	}

	private interface Row<T> {
		void fill(TableItem item, T value);
	}

	/// Columns are made as wide as they need to be once; what a person has drawn stays.
	private static <T> void fill(Table table, List<T> values, Row<T> row) {
		boolean first = table.getData() == null;
		int top = table.getTopIndex();
		int chosen = table.getSelectionIndex();
		table.setRedraw(false);
		table.removeAll();
		values.forEach(value -> row.fill(new TableItem(table, SWT.NONE), value));
		if (first && !values.isEmpty()) {
			table.setData(Boolean.TRUE);
			for (var column : table.getColumns()) {
				column.pack();
				column.setWidth(Math.min(column.getWidth() + 6, 420));
			}
		}
		if (chosen >= 0 && chosen < values.size()) {
			table.setSelection(chosen);
		}
		table.setTopIndex(top);
		table.setRedraw(true);
	}

	private void open(Table table) {
		if (table.getSelectionCount() > 0 && table.getSelection()[0].getData() instanceof NextStep.Action action) {
			editor.perform(action);
		}
	}

	private String say(Standing standing) {
		return words.say("standing." + standing.name().toLowerCase(Locale.ROOT));
	}

	@Override
	public void setFocus() {
		if (parts != null) {
			parts.next.setFocus();
		}
	}
}
