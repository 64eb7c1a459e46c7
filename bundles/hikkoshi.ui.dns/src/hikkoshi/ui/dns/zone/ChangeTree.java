package hikkoshi.ui.dns.zone;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeColumn;
import org.eclipse.swt.widgets.TreeItem;

import hikkoshi.core.format.ZoneFaults;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.plan.ZoneChange;
import hikkoshi.core.plan.ZonePlan;
import hikkoshi.core.text.Phrases;

/// The changes of a plan, a row per name and type with what it is for, below it what goes and what comes. UI thread only.
final class ChangeTree {
	/// Who has more of them reads the script.
	private static final int MOST = 2_000;
	private final Tree tree;
	private final Phrases words;

	ChangeTree(Composite parent, Phrases words) {
		this.words = words;
		tree = new Tree(parent, SWT.FULL_SELECTION | SWT.BORDER);
		tree.setHeaderVisible(true);
		tree.setLinesVisible(true);
		column("zone.change", 440);
		column("zone.ttl", 110);
		column("zone.why", 380);
	}

	private void column(String title, int width) {
		TreeColumn column = new TreeColumn(tree, SWT.NONE);
		column.setText(words.say(title));
		column.setWidth(width);
	}

	Tree tree() {
		return tree;
	}

	void show(ZonePlan plan) {
		tree.setRedraw(false);
		tree.removeAll();
		plan.changes().stream().limit(MOST).forEach(this::row);
		plan.unknown().stream().limit(MOST).forEach(key -> new TreeItem(tree, SWT.NONE)
				.setText(new String[] {"? " + ZoneFaults.visible(key.name()) + " " + key.type(), "", words.say("zone.unknown")}));
		tree.setRedraw(true);
	}

	private void row(ZoneChange change) {
		TreeItem item = new TreeItem(tree, SWT.NONE);
		item.setText(new String[] {change.kind().sign() + " " + ZoneFaults.visible(change.key().name()) + " " + change.key().type(), ttl(change), words.say(change.why())});
		change.removed().forEach(data -> new TreeItem(item, SWT.NONE).setText("- " + ZoneFaults.visible(data)));
		change.added().forEach(data -> new TreeItem(item, SWT.NONE).setText("+ " + ZoneFaults.visible(data)));
		item.setExpanded(true);
	}

	private static String ttl(ZoneChange change) {
		RecordSet before = change.before();
		RecordSet after = change.after();
		if (before != null && after != null && before.ttl() != after.ttl()) {
			return before.ttl() + " → " + after.ttl();
		}
		return after != null ? String.valueOf(after.ttl()) : before != null ? String.valueOf(before.ttl()) : "";
	}
}
