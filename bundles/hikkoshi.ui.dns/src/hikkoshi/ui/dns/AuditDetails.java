package hikkoshi.ui.dns;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.FactsPane;

/// One judgement in full: what it says, what to do, what the check is about, its relatives elsewhere, and the answers that it rests on. UI thread only.
final class AuditDetails {
	private static final Pattern RELATIVE = Pattern.compile("RFC [0-9]+(?:[, ]+[0-9]+(?:\\.[0-9]+)*)?|(?:ZONE|SYNTAX|DNSSEC|DELEGATION|CONNECTIVITY)[0-9]{2}");
	private static final double WIDE = 1.6;
	private final Phrases words;
	private final Text text;
	private final FactsPane facts;

	AuditDetails(Composite parent, Phrases words) {
		this.words = words;
		SashForm sash = new SashForm(parent, SWT.VERTICAL);
		Composite top = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.fillDefaults().create()).create(sash);
		text = WidgetFactory.text(SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER).create(top);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(text);
		Composite below = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.fillDefaults().create()).create(sash);
		facts = new FactsPane(below, words);
		sash.setWeights(50, 50);
		// a low, wide view has room beside the text, not below it
		sash.addListener(SWT.Resize, _ -> {
			int orientation = sash.getSize().x > sash.getSize().y * WIDE ? SWT.HORIZONTAL : SWT.VERTICAL;
			if (sash.getOrientation() != orientation) {
				sash.setOrientation(orientation);
			}
		});
	}

	void show(Optional<AuditRow> selected) {
		if (selected.isEmpty()) {
			text.setText(words.say("audit.select"));
			facts.show(Facts.NONE);
			return;
		}
		AuditRow row = selected.get();
		List<String> parts = new ArrayList<>();
		parts.add(words.outcome(row.outcome()) + " — " + words.title(row.check()));
		parts.add(words.say(row.reason()));
		if (row.outcome() != Outcome.PASS) {
			words.remedy(row.reason()).ifPresent(remedy -> parts.add(words.say("audit.remedy", remedy)));
		}
		String help = words.say(row.check() + ".help");
		parts.add(help);
		Set<String> relatives = relatives(help);
		parts.add(words.say("audit.ids", relatives.isEmpty() ? row.check() : row.check() + ", " + String.join(", ", relatives)));
		Instant at = row.at();
		parts.add(at == null ? words.say("audit.planned-row")
				: words.say("audit.seen", DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(words.locale()).withZone(ZoneId.systemDefault()).format(at)));
		text.setText(String.join("\n\n", parts));
		facts.show(row.facts());
	}

	/// What others call the same, as the explanation names it: RFCs, test cases of Zonemaster.
	static Set<String> relatives(String help) {
		Set<String> found = new LinkedHashSet<>();
		for (Matcher matcher = RELATIVE.matcher(help); matcher.find();) {
			found.add(matcher.group());
		}
		return found;
	}
}
