package hikkoshi.ui.dns;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.ButtonFactory;
import org.eclipse.jface.widgets.LabelFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;

import hikkoshi.core.lookup.LookupHistory;
import hikkoshi.core.lookup.LookupSpec;
import hikkoshi.core.model.Transport;
import hikkoshi.core.probe.DnsOptions;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.CheckBox;

/// What is asked, where and how. Enter in any field asks. UI thread only.
final class QuestionForm {
	private static final String[] TYPES =
			{"MX", "A", "AAAA", "NS", "SOA", "TXT", "CNAME", "PTR", "SRV", "CAA", "TLSA", "DS", "DNSKEY", "HTTPS", "SVCB", "ANY"};
	private static final String[] SIZES = {"512", "1232", "4096"};
	private static final LookupSpec.Servers[] SERVERS = {LookupSpec.Servers.SYSTEM, LookupSpec.Servers.AUTHORITATIVE, LookupSpec.Servers.CONFIGURED};

	private final Phrases words;
	private final Runnable asked;
	private final Combo name;
	private final Combo type;
	private final Combo server;
	private final Combo over;
	private final Combo edns;
	private final Button recurse;
	private final Button dnssec;
	private final Button checking;
	private final Button get;
	private final Button ask;
	private final Button trace;

	/// @param asked what Enter and the first button do
	/// @param traced what the second button does
	QuestionForm(Composite parent, Phrases words, Runnable asked, Runnable traced) {
		this.words = words;
		this.asked = asked;
		Composite first = row(parent, 8);
		name = combo(first, "lookup.name", 180, true);
		type = combo(first, "lookup.type", 96, false);
		type.setItems(TYPES);
		type.setText(TYPES[0]);
		type.setToolTipText(words.say("lookup.type.hint"));
		server = combo(first, "lookup.server", 220, true);
		server.setItems(words.say("lookup.server.system"), words.say("lookup.server.authoritative"), words.say("lookup.server.configured"));
		server.select(0);
		server.setToolTipText(words.say("lookup.server.hint"));
		ask = ButtonFactory.newButton(SWT.PUSH).text(words.say("lookup.ask")).onSelect(_ -> asked.run()).create(first);
		trace = ButtonFactory.newButton(SWT.PUSH).text(words.say("lookup.trace")).tooltip(words.say("lookup.trace.hint")).onSelect(_ -> traced.run()).create(first);
		GridDataFactory.fillDefaults().hint(90, SWT.DEFAULT).applyTo(ask);
		Composite second = row(parent, 8);
		over = combo(second, "lookup.over", 170, false);
		over.setItems(words.say("lookup.over.server"), "UDP", "TCP", "TLS (DoT)", "HTTPS (DoH)");
		over.select(0);
		edns = combo(second, "lookup.edns", 70, false);
		edns.add(words.say("lookup.edns.off"));
		Arrays.stream(SIZES).forEach(edns::add);
		edns.setText(String.valueOf(DnsOptions.EDNS_SIZE));
		recurse = check(second, "lookup.recurse");
		recurse.setSelection(true);
		dnssec = check(second, "lookup.dnssec");
		checking = check(second, "lookup.checking");
		get = check(second, "lookup.get");
	}

	private static Composite row(Composite parent, int columns) {
		Composite row = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(columns).margins(6, 2).applyTo(row);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
		return row;
	}

	private Combo combo(Composite row, String label, int width, boolean grab) {
		LabelFactory.newLabel(SWT.NONE).text(words.say(label)).create(row);
		Combo combo = new Combo(row, SWT.DROP_DOWN);
		GridDataFactory.fillDefaults().hint(width, SWT.DEFAULT).grab(grab, false).align(SWT.FILL, SWT.CENTER).applyTo(combo);
		combo.addSelectionListener(SelectionListener.widgetDefaultSelectedAdapter(_ -> asked.run()));
		return combo;
	}

	private Button check(Composite row, String label) {
		return CheckBox.plain(ButtonFactory.newButton(SWT.CHECK).text(words.say(label)).tooltip(words.say(label + ".hint")).create(row));
	}

	/// @throws IllegalArgumentException when the way of asking contradicts itself; the message is for people
	LookupSpec spec() {
		int choice = server.indexOf(server.getText());
		boolean typed = choice < 0 || choice >= SERVERS.length;
		int way = over.indexOf(over.getText());
		return new LookupSpec(name.getText().strip(), List.of(type.getText().toUpperCase(Locale.ROOT).strip().split("[,\\s]+")),
				typed ? LookupSpec.Servers.TYPED : SERVERS[choice], typed ? server.getText().strip() : "", way <= 0 ? null : Transport.values()[way - 1],
				new DnsOptions(recurse.getSelection(), dnssec.getSelection(), checking.getSelection(), size(), get.getSelection()));
	}

	private int size() {
		String text = edns.getText().strip();
		if (edns.indexOf(text) == 0 || text.isEmpty()) {
			return 0;
		}
		try {
			return Integer.parseInt(text);
		} catch (NumberFormatException e) {
			throw new IllegalArgumentException(words.say("lookup.bad-edns", text), e);
		}
	}

	String name() {
		return name.getText().strip();
	}

	void show(LookupSpec spec) {
		name.setText(spec.name());
		type.setText(String.join(" ", spec.types()));
		int choice = List.of(SERVERS).indexOf(spec.servers());
		server.setText(choice < 0 ? spec.typed() : server.getItem(choice));
		Transport way = spec.over();
		over.select(way == null ? 0 : way.ordinal() + 1);
		edns.setText(spec.options().ednsSize() == 0 ? edns.getItem(0) : String.valueOf(spec.options().ednsSize()));
		recurse.setSelection(spec.options().recursionDesired());
		dnssec.setSelection(spec.options().dnssecOk());
		checking.setSelection(spec.options().checkingDisabled());
		get.setSelection(spec.options().get());
	}

	/// Offers what was asked lately in the fields' lists; what is typed stays.
	void offer(LookupHistory history) {
		String typed = name.getText();
		name.setItems(history.entries().stream().map(LookupSpec::name).distinct().toArray(String[]::new));
		name.setText(typed);
		String where = server.getText();
		if (server.getItemCount() > SERVERS.length) {
			server.remove(SERVERS.length, server.getItemCount() - 1);
		}
		history.entries().stream().map(LookupSpec::typed).filter(each -> !each.isEmpty()).distinct().forEach(server::add);
		server.setText(where);
	}

	void running(boolean running) {
		ask.setText(words.say(running ? "lookup.stop" : "lookup.ask"));
		trace.setEnabled(!running);
	}

	void focus() {
		name.setFocus();
	}
}
