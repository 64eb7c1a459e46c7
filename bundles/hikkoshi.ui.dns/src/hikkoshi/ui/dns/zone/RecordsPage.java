package hikkoshi.ui.dns.zone;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.util.Throttler;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.IManagedForm;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.ZoneDocument;
import hikkoshi.core.format.ZoneEntry;
import hikkoshi.core.format.ZoneRecord;
import hikkoshi.core.text.Phrases;

/// The page with the records: filter and buttons above, what is wrong with the selected one below.
public final class RecordsPage extends FormPage {
	public static final String ID = "hikkoshi.ui.dns.zone.records";
	private static final int FILTER_MILLIS = 200;

	private final ZoneEditor editor;
	private final ZoneText text;
	private final Phrases words;
	private @Nullable Parts parts;

	private record Parts(RecordTable table, Text filter, Button onlyFaulty, Button add, List<Button> needOne, Button remove, Label footer) {}

	RecordsPage(ZoneEditor editor, ZoneText text, Phrases words) {
		super(editor, ID, words.say("zone.records"));
		this.editor = editor;
		this.text = text;
		this.words = words;
	}

	@Override
	protected void createFormContent(IManagedForm managed) {
		FormToolkit toolkit = managed.getToolkit();
		managed.getForm().setText(words.say("zone.title", text.name().unicode()));
		toolkit.decorateFormHeading(managed.getForm().getForm());
		managed.getForm().setExpandHorizontal(true);
		managed.getForm().setExpandVertical(true);
		Composite body = managed.getForm().getBody();
		GridLayoutFactory.swtDefaults().margins(8, 6).spacing(6, 6).applyTo(body);
		Composite bar = toolkit.createComposite(body);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		Text filter = toolkit.createText(bar, "", SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
		filter.setMessage(words.say("zone.filter"));
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(160, SWT.DEFAULT).applyTo(filter);
		Button onlyFaulty = toolkit.createButton(bar, words.say("zone.only-faulty"), SWT.CHECK);
		Button add = button(toolkit, bar, "zone.add", this::add);
		Button edit = button(toolkit, bar, "zone.edit", this::edit);
		Button duplicate = button(toolkit, bar, "zone.duplicate", this::duplicate);
		Button remove = button(toolkit, bar, "zone.delete", this::remove);
		Button show = button(toolkit, bar, "zone.show", this::showSource);
		GridLayoutFactory.fillDefaults().numColumns(bar.getChildren().length).applyTo(bar);
		RecordTable table = new RecordTable(body, words);
		GridDataFactory.fillDefaults().grab(true, true).hint(300, 150).applyTo(table.table());
		Label footer = toolkit.createLabel(body, "", SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).applyTo(footer);
		parts = new Parts(table, filter, onlyFaulty, add, List.of(edit, duplicate, show), remove, footer);
		Throttler ask = new Throttler(body.getDisplay(), Duration.ofMillis(FILTER_MILLIS), this::show);
		filter.addListener(SWT.Modify, _ -> ask.throttledExec());
		onlyFaulty.addListener(SWT.Selection, _ -> show());
		table.table().addListener(SWT.Selection, _ -> moved());
		table.table().addListener(SWT.DefaultSelection, _ -> edit());
		table.table().addListener(SWT.KeyDown, event -> {
			if (event.keyCode == SWT.DEL) {
				remove();
			} else if (event.keyCode == SWT.INSERT) {
				add();
			}
		});
		text.onChange(this::show);
		show();
	}

	private Button button(FormToolkit toolkit, Composite bar, String id, Runnable action) {
		Button button = toolkit.createButton(bar, words.say(id), SWT.PUSH);
		button.addListener(SWT.Selection, _ -> action.run());
		return button;
	}

	private void show() {
		Parts mine = parts;
		ZoneDocument zone = text.zone();
		if (mine == null || mine.filter.isDisposed()) {
			return;
		}
		if (zone != null) {
			mine.table.show(zone, text.faults(), mine.filter.getText(), mine.onlyFaulty.getSelection());
		}
		moved();
	}

	private void moved() {
		Parts mine = parts;
		if (mine == null) {
			return;
		}
		ZoneDocument zone = text.zone();
		List<ZoneEntry> selected = mine.table.selected();
		mine.add.setEnabled(zone != null);
		mine.needOne.forEach(button -> button.setEnabled(zone != null && selected.size() == 1));
		mine.remove.setEnabled(zone != null && !selected.isEmpty());
		mine.footer.setText(zone == null ? words.say("zone.reading") : footer(zone, selected, mine.table.rows().size()));
		mine.footer.requestLayout();
	}

	private String footer(ZoneDocument zone, List<ZoneEntry> selected, int shown) {
		List<Fault> faults = text.faults();
		Optional<Fault> fault = selected.size() == 1
				? faults.stream().filter(each -> zone.atLine(each.line()).equals(Optional.of(selected.getFirst()))).findFirst()
				: faults.stream().findFirst();
		return words.say("zone.count", zone.records().size(), shown, faults.size()) + fault.map(each -> "\n" + words.say("zone.fault-at", each.line(), words.say(each.reason()))
				+ words.remedy(each.reason()).map(remedy -> " " + remedy).orElse("")).orElse("");
	}

	private Optional<ZoneEntry> one() {
		Parts mine = parts;
		return mine == null || mine.table.selected().size() != 1 ? Optional.empty() : Optional.of(mine.table.selected().getFirst());
	}

	private void add() {
		ZoneEntry after = one().orElse(null);
		ask(after, new ZoneRecord(after == null ? text.name().ascii() + "." : after.owner(), OptionalLong.empty(), "A", ""), true);
	}

	private void duplicate() {
		one().ifPresent(entry -> ask(entry, new ZoneRecord(entry.owner(), entry.writtenTtl(), entry.type(), entry.data()), true));
	}

	private void edit() {
		one().ifPresent(entry -> ask(entry, new ZoneRecord(entry.owner(), entry.writtenTtl(), entry.type(), entry.data()), false));
	}

	private void ask(@Nullable ZoneEntry entry, ZoneRecord first, boolean isNew) {
		ZoneDocument zone = text.zone();
		Parts mine = parts;
		if (zone == null || mine == null) {
			return;
		}
		String origin = isNew || entry == null ? zone.origin(entry) : entry.origin();
		RecordDialog dialog = new RecordDialog(getSite().getShell(), text, zone, origin, first, isNew, words);
		if (dialog.open() != Window.OK) {
			return;
		}
		boolean done = text.edit(zone, isNew || entry == null ? zone.add(entry, dialog.record()) : zone.change(entry, dialog.record()));
		if (!done && text.zone() != zone) {
			mine.footer.setText(words.say("zone.changed-meanwhile"));
		}
	}

	private void remove() {
		ZoneDocument zone = text.zone();
		Parts mine = parts;
		if (zone != null && mine != null && !mine.table.selected().isEmpty()) {
			text.edit(zone, zone.remove(mine.table.selected()));
		}
	}

	private void showSource() {
		one().ifPresent(entry -> editor.showSource(entry.offset()));
	}

	@Override
	public void setFocus() {
		if (parts != null) {
			parts.table.table().setFocus();
		}
	}
}
