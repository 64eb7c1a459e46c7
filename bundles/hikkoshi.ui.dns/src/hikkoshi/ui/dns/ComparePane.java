package hikkoshi.ui.dns;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.widgets.LabelFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

import hikkoshi.core.lookup.AnswerDiff;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.text.Phrases;

/// Two answers side by side, any of those that came since the view was opened. UI thread only.
final class ComparePane {
	private static final int MAX_ANSWERS = 200;
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

	private final Phrases words;
	private final List<DnsAnswer> answers = new ArrayList<>();
	private final Combo left;
	private final Combo right;
	private final Label summary;
	private final TableViewer viewer;
	private final Composite body;

	ComparePane(Composite parent, Phrases words) {
		this.words = words;
		body = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(4).margins(6, 4).applyTo(body);
		left = combo("compare.left");
		right = combo("compare.right");
		viewer = new TableViewer(body, SWT.FULL_SELECTION | SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
		GridDataFactory.fillDefaults().grab(true, true).span(4, 1).applyTo(viewer.getTable());
		viewer.getTable().setHeaderVisible(true);
		viewer.getTable().setLinesVisible(true);
		viewer.setContentProvider(ArrayContentProvider.getInstance());
		column("compare.difference", 130, row -> words.say("compare." + row.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')));
		column("compare.section", 100, row -> row.section().name());
		column("column.name", 180, AnswerDiff.Row::name);
		column("column.record", 70, AnswerDiff.Row::type);
		column("column.data", 300, AnswerDiff.Row::data);
		column("compare.left-ttl", 80, row -> row.leftTtl() == null ? "" : String.valueOf(row.leftTtl()));
		column("compare.right-ttl", 80, row -> row.rightTtl() == null ? "" : String.valueOf(row.rightTtl()));
		summary = LabelFactory.newLabel(SWT.WRAP).text(words.say("compare.hint")).create(body);
		GridDataFactory.fillDefaults().grab(true, false).span(4, 1).applyTo(summary);
	}

	private Combo combo(String label) {
		LabelFactory.newLabel(SWT.NONE).text(words.say(label)).create(body);
		Combo combo = new Combo(body, SWT.DROP_DOWN | SWT.READ_ONLY);
		GridDataFactory.fillDefaults().grab(true, false).hint(200, SWT.DEFAULT).applyTo(combo);
		combo.addSelectionListener(SelectionListener.widgetSelectedAdapter(_ -> compare()));
		return combo;
	}

	private void column(String title, int width, Function<AnswerDiff.Row, String> text) {
		TableViewerColumn column = new TableViewerColumn(viewer, SWT.NONE);
		column.getColumn().setText(words.say(title));
		column.getColumn().setWidth(width);
		column.setLabelProvider(ColumnLabelProvider.createTextProvider(element -> text.apply((AnswerDiff.Row) element)));
	}

	Composite control() {
		return body;
	}

	void add(DnsAnswer answer) {
		if (answers.size() == MAX_ANSWERS) {
			answers.removeFirst();
			left.remove(0);
			right.remove(0);
		}
		answers.add(answer);
		String title = TIME.format(answer.at()) + " " + answer.question().name() + " " + answer.question().type() + " @" + answer.question().server().label();
		left.add(title);
		right.add(title);
		if (answers.size() > 1) {
			left.select(answers.size() - 2);
			right.select(answers.size() - 1);
			compare();
		}
	}

	/// Shows how two answers differ.
	void compare(DnsAnswer one, DnsAnswer other) {
		left.select(answers.indexOf(one));
		right.select(answers.indexOf(other));
		compare();
	}

	private void compare() {
		if (left.getSelectionIndex() < 0 || right.getSelectionIndex() < 0) {
			return;
		}
		AnswerDiff diff = AnswerDiff.of(answers.get(left.getSelectionIndex()), answers.get(right.getSelectionIndex()));
		viewer.setInput(diff.rows());
		String statuses = diff.left().status() == diff.right().status() ? ""
				: " " + words.say("compare.statuses", status(diff.left()), status(diff.right()));
		summary.setText((diff.isSame() ? words.say("compare.same-records", diff.count(AnswerDiff.Kind.TTL))
				: words.say("compare.differ", diff.count(AnswerDiff.Kind.LEFT_ONLY), diff.count(AnswerDiff.Kind.RIGHT_ONLY), diff.count(AnswerDiff.Kind.TTL))) + statuses);
		body.layout();
	}

	private String status(DnsAnswer answer) {
		return words.say("status." + answer.status().name().toLowerCase(Locale.ROOT));
	}
}
