package hikkoshi.ui.inventory.editor;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.ServerEdits.Place;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.EvidenceFeed;
import hikkoshi.ui.Icons;
import hikkoshi.ui.TargetLabels;
import hikkoshi.ui.Ui;
import hikkoshi.ui.probe.ProbeStart;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;

/// Check Connection and Check Login for the chosen server, as the form has it, saved or not; below them what came of it: each door's outcome,
/// its phases and the masked transcript. UI thread only.
final class CheckBlock {
	private static final int MOST_ACCOUNTS = 200;

	private record Question(String probe, Target.Id target) {}

	private final ServersPage page;
	private final Phrases words;
	private final Button connection;
	private final Button login;
	private final Button copy;
	private final Combo account;
	private final ListBlock results;
	private final Text details;
	private final Map<Question, Evidence> doors = new LinkedHashMap<>();
	private final Map<Question, Evidence> logins = new LinkedHashMap<>();
	private List<Evidence> shown = List.of();
	private @Nullable Evidence detailed;
	private String accountsOf = "";
	private boolean first = true;

	CheckBlock(ServersPage page, FormToolkit toolkit, Composite parent, Phrases words) {
		this.page = page;
		this.words = words;
		Icons icons = new Icons(parent);
		results = new ListBlock(toolkit, parent, words.say("check.title"), "", SWT.SINGLE, 4);
		results.column(words.say("check.what"), 230, i -> TargetLabels.of(shown.get(i).target(), words), i -> icons.outcome(shown.get(i).outcome()),
				null, null);
		results.column(words.say("check.result"), 300, i -> words.say(shown.get(i).reason()), null, null, null);
		connection = results.button(words.say("check.connection"), this::checkConnection, false);
		login = results.button(words.say("check.login"), this::checkLogin, false);
		account = new Combo(results.buttons(), SWT.DROP_DOWN);
		account.setToolTipText(words.say("check.account"));
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(110, SWT.DEFAULT).applyTo(account);
		GridLayoutFactory.fillDefaults().numColumns(3).spacing(4, 0).applyTo(results.buttons());
		GridDataFactory.fillDefaults().grab(true, false).applyTo(results.buttons());
		Composite below = results.buttons().getParent();
		// the buttons first: what came of it may be long
		results.buttons().moveAbove(results.viewer().getTable());
		details = toolkit.createText(below, words.say("check.none"), SWT.MULTI | SWT.READ_ONLY | SWT.H_SCROLL | SWT.V_SCROLL | SWT.BORDER);
		details.setFont(JFaceResources.getTextFont());
		GridDataFactory.fillDefaults().grab(true, true).hint(200, 150).applyTo(details);
		copy = toolkit.createButton(below, words.say("check.copy"), SWT.PUSH);
		GridDataFactory.swtDefaults().applyTo(copy);
		copy.addListener(SWT.Selection, e -> copy());
		results.viewer().addSelectionChangedListener(e -> detail());
		IProject project = page.editor.project();
		if (project != null) {
			EvidenceFeed feed = new EvidenceFeed(page.getSite().getService(EvidenceLogs.class), project, more -> {
				List<Sighting> ours = more.stream().filter(one -> isDoor(one) || one.evidence().probe().endsWith(".login")).toList();
				Ui.later(parent, () -> take(ours));
			}, e -> Ui.later(parent, () -> details.setText(Ui.message(e))));
			parent.addDisposeListener(e -> feed.close());
		}
	}

	private static boolean isDoor(Sighting sighting) {
		return sighting.evidence().target().value().startsWith("door:");
	}

	/// Of logins only those since the page was opened: a large migration has hundreds of thousands before.
	private void take(Collection<Sighting> more) {
		for (Sighting sighting : more) {
			Evidence evidence = sighting.evidence();
			if (isDoor(sighting)) {
				doors.put(new Question(evidence.probe(), evidence.target()), evidence);
			} else if (!first && evidence.target().value().startsWith(prefix("account:")) && logins.size() < MOST_ACCOUNTS) {
				logins.put(new Question(evidence.probe(), evidence.target()), evidence);
			}
		}
		first = false;
		showResults();
	}

	private String prefix(String kind) {
		Place place = page.chosen();
		return place == null ? "none" : kind + place.side().token() + "/" + page.text.scalar(place.path("key")) + "/";
	}

	void show(boolean usable) {
		connection.setEnabled(usable);
		login.setEnabled(usable);
		account.setEnabled(usable);
		showResults();
		loadAccounts();
	}

	private void showResults() {
		Map<Question, Evidence> ours = new LinkedHashMap<>(logins);
		ours.putAll(doors);
		List<Evidence> now = ours.values().stream()
				.filter(one -> one.target().value().startsWith(prefix("door:")) || one.target().value().startsWith(prefix("account:")))
				.sorted(Comparator.comparing(Evidence::at).reversed()).toList();
		if (now.equals(shown)) {
			return;
		}
		results.clear();
		shown = now;
		results.show(now.size(), true);
		connection.setEnabled(page.chosen() != null);
		if (now.isEmpty()) {
			detailed = null;
			details.setText(words.say("check.none"));
		} else {
			results.select(0);
		}
		detail();
	}

	private void detail() {
		copy.setEnabled(!shown.isEmpty());
		results.selected().stream().filter(index -> index < shown.size()).findFirst().map(shown::get).filter(one -> !one.equals(detailed))
				.ifPresent(one -> {
					detailed = one;
					details.setText(words.title(one.probe()) + " — " + TargetLabels.of(one.target(), words) + "\n" + Certificates.text(one, words));
				});
	}

	/// Of the servers' doors, as last seen.
	List<Certificates.Seen> certificates() {
		return Certificates.seen(shown, words);
	}

	private void copy() {
		Clipboard clipboard = new Clipboard(details.getDisplay());
		clipboard.setContents(new Object[] {details.getText()}, new Transfer[] {TextTransfer.getInstance()});
		clipboard.dispose();
	}

	private void checkConnection() {
		start(probe -> probe.target() == Door.class && probe.isRoutine(), (target, key) -> target instanceof Door door && door.server().key().equals(key));
	}

	private void checkLogin() {
		String address = account.getText().strip();
		start(probe -> probe.target() == Account.class && probe.isRoutine(), (target, key) -> target instanceof Account login
				&& login.server().key().equals(key) && login.mailbox().toString().equalsIgnoreCase(address));
	}

	private interface OfServer {
		boolean test(Target target, String key);
	}

	private void start(Predicate<Probe<?>> probes, OfServer targets) {
		IProject project = page.editor.project();
		Place place = page.chosen();
		if (project != null && place != null) {
			String key = page.text.scalar(place.path("key"));
			new ProbeStart(page.getSite().getShell(), page.getSite(), project, probes, target -> targets.test(target, key),
					Map.of(MigrationProject.MIGRATION_FILE, page.text.get())).go();
		}
	}

	/// The addresses whose logins are at the chosen server; more than can be chosen from may be typed.
	private void loadAccounts() {
		Place place = page.chosen();
		IProject project = page.editor.project();
		if (place == null || project == null || prefix("").equals(accountsOf)) {
			return;
		}
		accountsOf = prefix("");
		String key = page.text.scalar(place.path("key"));
		Ui.load(account, words.say("check.account"), () -> accounts(project, place.side(), key), found -> {
			account.setItems(found.toArray(String[]::new));
			if (!found.isEmpty()) {
				account.select(0);
			}
		});
	}

	private List<String> accounts(IProject project, Side side, String key) throws IOException {
		return page.getSite().getService(Migrations.class).load(project).migration().map(migration -> migration.mailboxes().stream()
				.filter(mailbox -> migration.server(mailbox, side).filter(server -> server.key().equals(key)).isPresent()).limit(MOST_ACCOUNTS)
				.map(Mailbox::address).map(String::valueOf).toList()).orElse(List.of());
	}
}
