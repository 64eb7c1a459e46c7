package hikkoshi.ui.mailbox.watch;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.eclipse.core.resources.IProject;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.CTabItem;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.chart.WatchCharts;
import hikkoshi.core.document.Picture;
import hikkoshi.core.model.Migration;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.WatchDetails;
import hikkoshi.ui.Ui;
import hikkoshi.workspace.EvidenceLogs;

/// What is known of the chosen domain: every reason, the stragglers, the charts. Reads in the background. UI thread only.
final class DetailsPane {
	private final CTabFolder tabs;
	private final Phrases words;
	private final EvidenceLogs logs;
	private final Consumer<String> failed;
	private final ReasonsPane reasons;
	private final StragglersPane stragglers;
	private final ChartsPane charts;
	private final CTabItem stragglersTab;
	private @Nullable DomainWatch wanted;

	private record Read(WatchDetails details, Map<WatchCharts, Picture> pictures) {}

	/// @param failed is told why the evidence cannot be read
	DetailsPane(Composite parent, Phrases words, EvidenceLogs logs, Consumer<String> failed) {
		this.words = words;
		this.logs = logs;
		this.failed = failed;
		tabs = new CTabFolder(parent, SWT.TOP);
		reasons = new ReasonsPane(tabs, words);
		stragglers = new StragglersPane(tabs, words);
		charts = new ChartsPane(tabs);
		CTabItem first = tab("watch.reasons", reasons.control());
		stragglersTab = tab("watch.stragglers", stragglers.control());
		tab("watch.charts", charts.control());
		tabs.setSelection(first);
	}

	private CTabItem tab(String title, Control control) {
		CTabItem tab = new CTabItem(tabs, SWT.NONE);
		tab.setText(words.say(title));
		tab.setControl(control);
		return tab;
	}

	/// Whether the text of the reasons has the focus, so that it is what is copied; it is then.
	boolean copied() {
		boolean isFocus = reasons.control().isFocusControl();
		if (isFocus) {
			reasons.control().copy();
		}
		return isFocus;
	}

	/// @param watch null for no domain
	void show(IProject project, Migration migration, @Nullable DomainWatch watch) {
		wanted = watch;
		if (watch == null) {
			clear();
			return;
		}
		Duration maxAge = migration.policy().evidenceMaxAge();
		Ui.load(tabs, words.say("watch.reasons"), () -> {
			WatchDetails details = WatchDetails.of(watch, migration, logs.open(project));
			return new Read(details, WatchCharts.of(details, maxAge, ZoneId.systemDefault(), words));
		}, read -> {
			if (watch.equals(wanted)) {
				show(read);
			}
		}, e -> failed.accept(Ui.message(e)));
	}

	void clear() {
		wanted = null;
		reasons.show(null);
		stragglers.show(List.of());
		stragglersTab.setText(words.say("watch.stragglers"));
		charts.show(Map.of());
	}

	private void show(Read read) {
		List<?> who = read.details.stragglers();
		reasons.show(read.details);
		stragglers.show(read.details.stragglers());
		stragglersTab.setText(who.isEmpty() ? words.say("watch.stragglers") : words.say("watch.stragglers.count", who.size()));
		charts.show(read.pictures);
	}
}
