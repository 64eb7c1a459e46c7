package hikkoshi.ui.dns;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.ButtonFactory;
import org.eclipse.jface.widgets.LabelFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.part.ViewPart;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.Migrations;

/// Looks up any name and type at any server. The roots and resolvers are those of the active migration where it has some.
public final class LookupPart extends ViewPart {
	public static final String ID = "hikkoshi.ui.dns.lookup";
	private static final String[] TYPES =
			{"MX", "A", "AAAA", "NS", "SOA", "TXT", "CNAME", "PTR", "SRV", "CAA", "TLSA", "DS", "DNSKEY", "HTTPS", "SVCB", "ANY"};
	private static final int HISTORY = 30;

	private final Set<String> history = new LinkedHashSet<>();
	private Phrases words = Phrases.of(Locale.getDefault(), List.of());
	private @Nullable Combo name;
	private @Nullable Combo type;
	private @Nullable Combo server;
	private @Nullable Button tcp;
	private @Nullable Button recurse;
	private @Nullable Button dnssec;
	private @Nullable Button ask;
	private @Nullable Label status;
	private @Nullable AnswerTable answers;
	private @Nullable LookupJob job;
	private @Nullable IProject project;

	@Override
	public void createPartControl(Composite parent) {
		words = Words.of(LookupPart.class);
		Composite body = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(body);
		createQuestion(body);
		answers = new AnswerTable(body, words, getSite());
		status = LabelFactory.newLabel(SWT.WRAP).text(words.say("lookup.hint")).create(body);
		GridDataFactory.fillDefaults().grab(true, false).indent(6, 2).applyTo(status);
		body.addDisposeListener(_ -> stop());
		new ActiveMigration(getSite(), body, next -> project = next);
	}

	private void createQuestion(Composite body) {
		Composite row = new Composite(body, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(10).margins(6, 4).applyTo(row);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
		name = combo(row, "lookup.name", 200, true);
		type = combo(row, "lookup.type", 80, false);
		type.setItems(TYPES);
		type.setText(TYPES[0]);
		server = combo(row, "lookup.server", 240, true);
		server.setItems(words.say("lookup.server.system"), words.say("lookup.server.authoritative"), words.say("lookup.server.configured"));
		server.select(0);
		server.setToolTipText(words.say("lookup.server.hint"));
		tcp = ButtonFactory.newButton(SWT.CHECK).text(words.say("lookup.tcp")).create(row);
		recurse = ButtonFactory.newButton(SWT.CHECK).text(words.say("lookup.recurse")).create(row);
		recurse.setSelection(true);
		dnssec = ButtonFactory.newButton(SWT.CHECK).text(words.say("lookup.dnssec")).create(row);
		ask = ButtonFactory.newButton(SWT.PUSH).text(words.say("lookup.ask")).onSelect(_ -> askOrStop()).create(row);
		GridDataFactory.fillDefaults().hint(90, SWT.DEFAULT).applyTo(ask);
	}

	private Combo combo(Composite row, String label, int width, boolean grab) {
		LabelFactory.newLabel(SWT.NONE).text(words.say(label)).create(row);
		Combo combo = new Combo(row, SWT.DROP_DOWN);
		GridDataFactory.fillDefaults().hint(width, SWT.DEFAULT).grab(grab, false).align(SWT.FILL, SWT.CENTER).applyTo(combo);
		combo.addSelectionListener(SelectionListener.widgetDefaultSelectedAdapter(_ -> start()));
		return combo;
	}

	private void askOrStop() {
		if (job == null) {
			start();
		} else {
			stop();
		}
	}

	private void start() {
		stop();
		LookupRequest request = request();
		remember(request.name());
		Label line = Objects.requireNonNull(status);
		AnswerTable table = Objects.requireNonNull(answers);
		table.clear();
		line.setText(words.say("lookup.running", request.name() + " " + request.type()));
		List<DnsAnswer> got = new ArrayList<>();
		LookupJob[] mine = new LookupJob[1];
		mine[0] = new LookupJob(words.say("lookup.job", request.name()), request, getSite().getService(DnsLookup.class),
				answer -> Ui.later(line, () -> {
					if (job == mine[0]) {
						got.add(answer);
						table.add(answer);
					}
				}), end -> Ui.later(line, () -> {
					if (job == mine[0]) {
						job = null;
						ended(end, got);
					}
				}));
		job = mine[0];
		Objects.requireNonNull(ask).setText(words.say("lookup.stop"));
		mine[0].schedule();
	}

	private void stop() {
		LookupJob running = job;
		if (running != null) {
			running.cancel();
		}
	}

	private void ended(@Nullable Exception end, List<DnsAnswer> got) {
		Objects.requireNonNull(ask).setText(words.say("lookup.ask"));
		Label line = Objects.requireNonNull(status);
		line.setText(switch (end) {
			case null -> words.say("lookup.done", got.size(), got.stream().map(answer -> answer.question().server()).distinct().count());
			case InterruptedException _ -> words.say("lookup.stopped");
			case LookupRequest.Mistake mistake -> words.say(String.valueOf(mistake.getMessage()), mistake.argument());
			default -> words.say("lookup.failed", Ui.message(end));
		});
		line.getParent().layout();
	}

	private LookupRequest request() {
		Combo where = Objects.requireNonNull(server);
		int choice = where.indexOf(where.getText());
		LookupRequest.Servers servers = choice < 0 ? LookupRequest.Servers.TYPED : LookupRequest.Servers.values()[choice];
		return new LookupRequest(Objects.requireNonNull(name).getText(), Objects.requireNonNull(type).getText().toUpperCase(Locale.ROOT),
				servers, where.getText(),
				Objects.requireNonNull(tcp).getSelection(), Objects.requireNonNull(recurse).getSelection(),
				Objects.requireNonNull(dnssec).getSelection(), settings());
	}

	private DnsSettings settings() {
		IProject active = project;
		return active == null ? DnsSettings.DEFAULT
				: getSite().getService(Migrations.class).known(active).flatMap(known -> known.migration()).map(Migration::dns)
						.orElse(DnsSettings.DEFAULT);
	}

	private void remember(String asked) {
		history.remove(asked);
		history.add(asked);
		if (history.size() > HISTORY) {
			history.remove(history.iterator().next());
		}
		Combo box = Objects.requireNonNull(name);
		box.setItems(List.copyOf(history).reversed().toArray(String[]::new));
		box.setText(asked);
	}

	@Override
	public void setFocus() {
		Objects.requireNonNull(name).setFocus();
	}
}
