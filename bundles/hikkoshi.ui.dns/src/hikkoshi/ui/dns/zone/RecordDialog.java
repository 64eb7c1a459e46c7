package hikkoshi.ui.dns.zone;

import java.net.IDN;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.ZoneDocument;
import hikkoshi.core.format.ZoneRecord;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.text.Phrases;

/// One record: name, TTL, type and data, each looked at while it is typed. UI thread only.
final class RecordDialog extends TitleAreaDialog {
	private static final String[] TYPES = {"A", "AAAA", "CNAME", "MX", "TXT", "SRV", "CAA", "TLSA", "NS", "PTR"};

	private final DomainName name;
	private final ZoneDocument zone;
	private final Zones zones;
	private final Phrases words;
	private final String origin;
	private final ZoneRecord first;
	private final boolean isNew;
	private @Nullable Fields fields;
	private @Nullable ZoneRecord record;

	private record Fields(Text owner, Combo type, Text ttl, Text data, Label example) {}

	/// @param origin what relative names in the data belong to
	/// @param first what the fields hold at the beginning
	RecordDialog(Shell parent, ZoneText text, ZoneDocument zone, String origin, ZoneRecord first, boolean isNew, Phrases words) {
		super(parent);
		name = text.name();
		zones = text.zones();
		this.zone = zone;
		this.words = words;
		this.origin = origin;
		this.first = first;
		this.isNew = isNew;
		setHelpAvailable(false);
	}

	/// What was typed, once the dialog was closed with OK.
	ZoneRecord record() {
		return Objects.requireNonNull(record);
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText(words.say(isNew ? "zone.dialog.new" : "zone.dialog.edit"));
	}

	@Override
	protected boolean isResizable() {
		return true;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		Composite body = new Composite(area, SWT.NONE);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(body);
		GridLayoutFactory.swtDefaults().numColumns(2).margins(12, 10).spacing(8, 8).applyTo(body);
		Text owner = field(body, "zone.owner", zone.relative(first.owner()));
		new Label(body, SWT.NONE).setText(words.say("zone.dialog.label", words.say("zone.type")));
		Combo type = new Combo(body, SWT.DROP_DOWN);
		type.setItems(TYPES);
		type.setText(first.type());
		Text ttl = field(body, "zone.ttl", first.ttl().isPresent() ? String.valueOf(first.ttl().getAsLong()) : "");
		ttl.setMessage(words.say("zone.dialog.ttl"));
		Text data = field(body, "zone.data", first.data());
		new Label(body, SWT.NONE);
		Label example = new Label(body, SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).hint(460, SWT.DEFAULT).applyTo(example);
		fields = new Fields(owner, type, ttl, data, example);
		for (Control control : new Control[] {owner, type, ttl, data}) {
			control.addListener(SWT.Modify, _ -> look());
		}
		setTitle(words.say("zone.dialog.title", name.unicode()));
		return area;
	}

	private Text field(Composite body, String label, String value) {
		new Label(body, SWT.NONE).setText(words.say("zone.dialog.label", words.say(label)));
		Text text = new Text(body, SWT.BORDER);
		text.setText(value);
		GridDataFactory.fillDefaults().grab(true, false).hint(460, SWT.DEFAULT).applyTo(text);
		return text;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		super.createButtonsForButtonBar(parent);
		look();
	}

	private void look() {
		Fields mine = Objects.requireNonNull(fields);
		String type = mine.type.getText().strip().toUpperCase(Locale.ROOT);
		String example = ZoneRecord.example(type);
		mine.example.setText(example.isEmpty() ? "" : words.say("zone.dialog.example", example, origin));
		mine.example.requestLayout();
		String typed = mine.ttl.getText().strip();
		OptionalLong ttl = ZoneDocument.ttl(typed);
		Optional<String> wrong;
		try {
			ZoneRecord read = new ZoneRecord(owner(mine.owner.getText().strip()), ttl, type, mine.data.getText().strip());
			wrong = !typed.isEmpty() && ttl.isEmpty() ? Optional.of(words.say("zone.dialog.bad-ttl")) : wrong(read);
			record = read;
		} catch (IllegalArgumentException e) {
			wrong = Optional.of(words.say("zone.dialog.bad-owner"));
		}
		setMessage(wrong.orElse(words.say("zone.dialog.hint")), wrong.isPresent() ? IMessageProvider.ERROR : IMessageProvider.NONE);
		getButton(IDialogConstants.OK_ID).setEnabled(wrong.isEmpty());
	}

	/// As typed: relative to the zone; Unicode becomes its ASCII form.
	private String owner(String typed) {
		if (typed.isEmpty()) {
			throw new IllegalArgumentException("no name");
		}
		boolean ascii = typed.chars().allMatch(c -> c < 0x80);
		return zone.absolute(ascii ? typed : IDN.toASCII(typed, IDN.ALLOW_UNASSIGNED));
	}

	private Optional<String> wrong(ZoneRecord read) {
		if (!read.owner().equals(zone.apex()) && !read.owner().endsWith("." + zone.apex())) {
			return Optional.of(words.say(Reason.of(FaultKind.ZONE_OUTSIDE.id(), read.owner(), zone.apex())));
		}
		if (read.type().isEmpty()) {
			return Optional.of(words.say(Reason.of(FaultKind.ZONE_NO_TYPE.id())));
		}
		Optional<FaultKind> form = zone.wrong(read, origin);
		if (form.isPresent()) {
			return Optional.of(words.say(form.get() == FaultKind.ZONE_NO_DATA ? "zone.dialog.no-data" : "zone.dialog.bad-form"));
		}
		return zones.fault(name, new Zones.Text(read.owner(), read.ttl().orElse(0), read.type(), read.data(), origin))
				.map(said -> words.say(Reason.of(FaultKind.ZONE_DATA.id(), read.type(), said)));
	}
}
