package hikkoshi.ui.evidence;

import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.CTabItem;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.FactsPane;
import hikkoshi.ui.Icons;
import hikkoshi.ui.TargetLabels;
import hikkoshi.ui.Ui;
import hikkoshi.workspace.EvidenceLogs;

/// Everything about one row of the Evidence view: the sentence, what to do, the facts, and how it went before. UI thread only.
final class EvidenceDetails extends Composite {
	private static final int HISTORY = 100;

	private final Phrases words;
	private final EvidenceLogs logs;
	private final Icons icons;
	private final DateTimeFormatter times;
	private final Label icon;
	private final Label heading;
	private final Text sentence;
	private final FactsPane facts;
	private final Table history;
	private @Nullable Evidence shown;

	EvidenceDetails(Composite parent, Phrases words, EvidenceLogs logs) {
		super(parent, SWT.NONE);
		this.words = words;
		this.logs = logs;
		icons = new Icons(this);
		times = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(words.locale()).withZone(ZoneId.systemDefault());
		GridLayoutFactory.swtDefaults().numColumns(2).applyTo(this);
		icon = WidgetFactory.label(SWT.NONE).create(this);
		GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.CENTER).hint(16, 16).applyTo(icon);
		heading = WidgetFactory.label(SWT.NONE).create(this);
		heading.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(heading);
		sentence = WidgetFactory.text(SWT.MULTI | SWT.WRAP | SWT.READ_ONLY).create(this);
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(200, SWT.DEFAULT).applyTo(sentence);
		CTabFolder tabs = new CTabFolder(this, SWT.TOP | SWT.FLAT);
		GridDataFactory.fillDefaults().grab(true, true).span(2, 1).applyTo(tabs);
		facts = new FactsPane(tabs, words);
		tab(tabs, "evidence.facts").setControl(facts);
		history = WidgetFactory.table(SWT.FULL_SELECTION).headerVisible(true).create(tabs);
		for (String column : List.of("outcome", "first-seen", "last-seen", "count", "sentence")) {
			WidgetFactory.tableColumn(SWT.LEFT).text(words.say("evidence." + column)).width(150).create(history);
		}
		tab(tabs, "evidence.history").setControl(history);
		tabs.setSelection(0);
		show(null, null);
	}

	private CTabItem tab(CTabFolder tabs, String key) {
		CTabItem item = new CTabItem(tabs, SWT.NONE);
		item.setText(words.say(key));
		return item;
	}

	/// @param sighting null for nothing selected
	void show(@Nullable IProject project, @Nullable Sighting sighting) {
		if (project == null || sighting == null) {
			shown = null;
			icon.setImage(null);
			heading.setText(words.say("evidence.select"));
			sentence.setText("");
			facts.show(Facts.NONE);
			history.removeAll();
		} else if (!sighting.evidence().equals(shown)) {
			fill(project, sighting.evidence());
		}
		layout(true, true);
	}

	private void fill(IProject project, Evidence evidence) {
		shown = evidence;
		icon.setImage(icons.outcome(evidence.outcome()));
		heading.setText(words.title(evidence.probe()) + ": " + TargetLabels.of(evidence.target(), words).replace("&", "&&"));
		StringBuilder text = new StringBuilder(words.say(evidence.reason()));
		words.remedy(evidence.reason()).ifPresent(remedy -> text.append('\n').append(remedy));
		text.append('\n').append(words.say("evidence.took", times.format(evidence.at()), evidence.took().toMillis()));
		sentence.setText(text.toString());
		facts.show(evidence.facts());
		history.removeAll();
		Ui.load(this, words.say("evidence.history"), () -> past(project, evidence), past -> {
			if (evidence.equals(shown)) {
				fill(past);
			}
		});
	}

	private List<Sighting> past(IProject project, Evidence evidence) throws IOException {
		return logs.open(project).history(evidence.probe(), evidence.target(), HISTORY).reversed();
	}

	private void fill(List<Sighting> past) {
		history.removeAll();
		for (Sighting sighting : past) {
			TableItem item = new TableItem(history, SWT.NONE);
			item.setImage(icons.outcome(sighting.evidence().outcome()));
			item.setText(new String[] {words.outcome(sighting.evidence().outcome()), times.format(sighting.firstSeen()),
					times.format(sighting.lastSeen()), String.valueOf(sighting.count()), words.say(sighting.evidence().reason())});
		}
	}
}
