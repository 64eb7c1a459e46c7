package hikkoshi.ui.inventory.discover;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.discover.Discovered;
import hikkoshi.core.discover.Line;
import hikkoshi.core.discover.ProposedServer;
import hikkoshi.core.discover.Remark;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// The server entries that follow from what was found, each line with where it comes from and what speaks against it; a person ticks those to be
/// taken. UI thread only.
final class ProposalPage extends WizardPage {
	private final DiscoverModel model;
	private final Phrases words;
	private final boolean asksSide;
	private Side side;
	private int shown = -1;
	private @Nullable Table servers;
	private @Nullable Tree tree;
	private @Nullable Icons icons;

	/// @param asksSide false when it is known where the server goes
	ProposalPage(DiscoverModel model, Phrases words, Side side, boolean asksSide) {
		super("proposal", words.say("discover.proposal.title"), null);
		this.model = model;
		this.words = words;
		this.side = side;
		this.asksSide = asksSide;
		setDescription(words.say("discover.proposal.description"));
	}

	@Override
	public void createControl(Composite parent) {
		Composite page = WidgetFactory.composite(SWT.NONE).create(parent);
		GridLayoutFactory.swtDefaults().numColumns(3).applyTo(page);
		// servers are taken as a whole: only they have a box
		Table boxes = WidgetFactory.table(SWT.CHECK | SWT.FULL_SELECTION | SWT.BORDER).create(page);
		GridDataFactory.fillDefaults().grab(true, false).span(3, 1).hint(820, 90).applyTo(boxes);
		boxes.addListener(SWT.Selection, e -> {
			if (e.detail == SWT.CHECK) {
				setPageComplete(!chosen().isEmpty());
			}
		});
		servers = boxes;
		Tree lines = WidgetFactory.tree(SWT.FULL_SELECTION | SWT.BORDER).headerVisible(true).create(page);
		GridDataFactory.fillDefaults().grab(true, true).span(3, 1).hint(820, 300).applyTo(lines);
		column(lines, "discover.column.line", 300);
		column(lines, "discover.column.source", 280);
		column(lines, "discover.column.remarks", 300);
		tree = lines;
		icons = new Icons(page);
		if (asksSide) {
			WidgetFactory.label(SWT.NONE).text(words.say("discover.side")).create(page);
			for (Side one : Side.values()) {
				Button radio = WidgetFactory.button(SWT.RADIO).text(words.say("side.label." + one.token())).onSelect(e -> side = one).create(page);
				radio.setSelection(one == side);
			}
		}
		setControl(page);
		model.onChange(this::show);
		show();
	}

	private void column(Tree lines, String id, int width) {
		WidgetFactory.treeColumn(SWT.LEFT).text(words.say(id)).width(width).create(lines);
	}

	Side side() {
		return side;
	}

	/// The servers that are ticked.
	List<ProposedServer> chosen() {
		List<ProposedServer> chosen = new ArrayList<>();
		for (TableItem item : Objects.requireNonNull(servers).getItems()) {
			if (item.getChecked() && item.getData() instanceof ProposedServer server) {
				chosen.add(server);
			}
		}
		return chosen;
	}

	private void show() {
		Tree lines = Objects.requireNonNull(tree);
		if (lines.isDisposed() || model.names().size() == shown) {
			return;
		}
		if (model.names().size() < shown) {
			lines.removeAll();
			Objects.requireNonNull(servers).removeAll();
			shown = 0;
		}
		for (Discovered name : model.names().subList(Math.max(shown, 0), model.names().size())) {
			name(lines, name);
		}
		shown = model.names().size();
		setPageComplete(!chosen().isEmpty());
	}

	private void name(Tree lines, Discovered name) {
		TreeItem item = new TreeItem(lines, SWT.NONE);
		fill(item, name.proposal().outcome(), name.name().unicode(), "", "");
		for (ProposedServer server : name.proposal().servers()) {
			TreeItem entry = new TreeItem(item, SWT.NONE);
			TableItem box = new TableItem(Objects.requireNonNull(servers), SWT.NONE);
			box.setText(words.say("discover.proposal.server", server.name().value().unicode(), name.name().unicode()));
			box.setImage(Objects.requireNonNull(icons).outcome(server.outcome()));
			box.setData(server);
			// ticked unless something is wrong with it
			box.setChecked(server.outcome() != Outcome.FAIL);
			fill(entry, server.outcome(), server.name().value().unicode(), sources(server.name()), remarks(server.name().remarks()));
			server.addresses().forEach(line -> line(entry, line, IpText.of(line.value())));
			server.endpoints().forEach(line -> line(entry, line, line.value().toString()));
			server.remarks().forEach(remark -> remark(entry, remark));
		}
		name.proposal().remarks().forEach(remark -> remark(item, remark));
		// from the top: a twig that is shut does not remember that one below it was to be open
		item.setExpanded(true);
		for (TreeItem entry : item.getItems()) {
			entry.setExpanded(true);
		}
	}

	private void line(TreeItem parent, Line<?> line, String text) {
		fill(new TreeItem(parent, SWT.NONE), line.outcome(), text, sources(line), remarks(line.remarks()));
	}

	private void remark(TreeItem parent, Remark remark) {
		fill(new TreeItem(parent, SWT.NONE), remark.outcome(), words.say(remark.reason()), "", words.remedy(remark.reason()).orElse(""));
	}

	private String sources(Line<?> line) {
		return line.sources().stream().map(words::say).collect(Collectors.joining("; "));
	}

	private String remarks(List<Remark> remarks) {
		return remarks.stream().map(remark -> words.say(remark.reason())).collect(Collectors.joining(" "));
	}

	private void fill(TreeItem item, Outcome outcome, String line, String source, String remarks) {
		item.setText(new String[] {line, source, remarks});
		item.setImage(0, Objects.requireNonNull(icons).outcome(outcome));
	}
}
