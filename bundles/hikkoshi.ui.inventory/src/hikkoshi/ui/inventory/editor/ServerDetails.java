package hikkoshi.ui.inventory.editor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.forms.widgets.Section;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.ServerEdits;
import hikkoshi.core.format.ServerEdits.Place;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.format.YamlValue;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;

/// The fields of the chosen server: name, addresses, way of logging in, endpoints, accepted certificates. UI thread only.
final class ServerDetails {
	private static final List<String> METHODS = List.of("password", "master", "oauth2");
	private static final List<String> FORMS = List.of("separator", "authzid");
	private static final List<String> PRESETS = List.of("imap:993/tls", "imap:143/starttls", "pop3:995/tls", "pop3:110/starttls", "submission:465/tls",
			"submission:587/starttls", "smtp:25/starttls");

	private final ServersPage page;
	private final MigrationText text;
	private final Text key;
	private final Text name;
	private final Text addresses;
	private final Combo method;
	private final Text master;
	private final Combo form;
	private final ListBlock endpoints;
	private final ListBlock pins;

	ServerDetails(ServersPage page, FormToolkit toolkit, Composite parent, CheckBlock check) {
		this.page = page;
		text = page.text;
		Section section = toolkit.createSection(parent, Section.TITLE_BAR);
		section.setText(page.words.say("servers.details"));
		GridDataFactory.fillDefaults().grab(true, false).applyTo(section);
		Composite client = toolkit.createComposite(section);
		GridLayoutFactory.swtDefaults().numColumns(2).applyTo(client);
		section.setClient(client);
		key = page.field(toolkit, client, page.words.say("editor.key"), () -> page.path("key"), this::rename);
		name = page.field(toolkit, client, page.words.say("editor.host"), () -> page.path("name"), typed -> set("name", typed));
		addresses = page.field(toolkit, client, page.words.say("editor.addresses"), () -> page.path("addresses"), this::setAddresses);
		toolkit.createLabel(client, page.words.say("servers.auth"));
		Composite auth = toolkit.createComposite(client);
		GridLayoutFactory.fillDefaults().numColumns(3).applyTo(auth);
		GridDataFactory.fillDefaults().grab(true, false).indent(8, 0).applyTo(auth);
		method = combo(auth, "servers.auth.", METHODS);
		master = toolkit.createText(auth, "", SWT.BORDER);
		master.setMessage(page.words.say("servers.auth.user"));
		GridDataFactory.fillDefaults().grab(true, false).hint(70, SWT.DEFAULT).applyTo(master);
		form = combo(auth, "servers.auth.form.", FORMS);
		method.addListener(SWT.Selection, e -> setAuth());
		form.addListener(SWT.Selection, e -> setAuth());
		master.addModifyListener(e -> setAuth());
		page.mark(auth, () -> page.path("auth"));
		endpoints = new ListBlock(toolkit, parent, page.words.say("servers.endpoints"), "", SWT.MULTI, 4);
		List<String> protocols = Arrays.stream(Protocol.values()).map(Protocol::token).toList();
		List<String> securities = Arrays.stream(Security.values()).map(Security::token).toList();
		endpoints.column(page.words.say("servers.protocol"), 120, i -> part(i, 0), null, (i, typed) -> setPart(i, 0, typed), () -> protocols);
		endpoints.column(page.words.say("servers.port"), 80, i -> part(i, 1), null, (i, typed) -> setPart(i, 1, typed), null);
		endpoints.column(page.words.say("servers.security"), 120, i -> part(i, 2), null, (i, typed) -> setPart(i, 2, typed), () -> securities);
		Button[] add = new Button[1];
		add[0] = endpoints.button(page.words.say("servers.add-endpoint"), () -> presets(add[0]), false);
		endpoints.button(page.words.say("editor.remove"), () -> remove(endpoints, "endpoints"), true);
		page.mark(endpoints.viewer().getTable(), () -> page.path("endpoints"));
		pins = new ListBlock(toolkit, parent, page.words.say("servers.pins"), "", SWT.MULTI, 2);
		pins.column("", 420, i -> item("pins", i), null, null, null);
		pins.button(page.words.say("servers.pin-seen"), () -> accept(check), false);
		pins.button(page.words.say("editor.remove"), () -> remove(pins, "pins"), true);
		page.mark(pins.viewer().getTable(), () -> page.path("pins"));
	}

	private Combo combo(Composite parent, String prefix, List<String> tokens) {
		Combo combo = new Combo(parent, SWT.READ_ONLY);
		tokens.forEach(token -> combo.add(page.words.say(prefix + token)));
		return combo;
	}

	/// @param usable whether there is a server, in a text that can be changed
	void show(boolean usable) {
		Place place = page.chosen();
		for (var control : List.of(key, name, addresses, method, master, form)) {
			control.setEnabled(usable);
		}
		Fields.show(key, place == null ? "" : text.scalar(place.path("key")));
		Fields.show(name, place == null ? "" : text.scalar(place.path("name")));
		List<String> said = place == null ? List.of() : text.scalars(place.path("addresses"));
		if (!values(addresses.getText()).equals(said)) {
			Fields.show(addresses, String.join(", ", said));
		}
		showAuth(place);
		endpoints.show(place == null ? 0 : text.size(place.path("endpoints")), usable);
		pins.show(place == null ? 0 : text.size(place.path("pins")), usable);
	}

	private void showAuth(@Nullable Place place) {
		boolean mapping = place != null && text.isMapping(place.path("auth"));
		String said = place == null ? "" : text.scalar(mapping ? place.path("auth", "method") : place.path("auth"));
		int index = METHODS.indexOf(said.isEmpty() ? METHODS.getFirst() : said);
		if (method.getSelectionIndex() != index) {
			method.select(index);
		}
		boolean isMaster = index == 1;
		master.setVisible(isMaster);
		form.setVisible(isMaster);
		Fields.show(master, place == null ? "" : text.scalar(place.path("auth", "user")));
		String written = place == null ? "" : text.scalar(place.path("auth", "form"));
		form.select(Math.max(0, FORMS.indexOf(written)));
	}

	/// Only what the form shows is changed: a separator or a token's address that the text names stays.
	private void setAuth() {
		Place place = page.chosen();
		if (page.isShowing() || place == null || method.getSelectionIndex() < 0) {
			return;
		}
		YamlPath auth = place.path("auth");
		String wanted = METHODS.get(method.getSelectionIndex());
		if (!wanted.equals("master")) {
			boolean same = text.isMapping(auth) && text.scalar(auth.then("method")).equals(wanted);
			if (!same) {
				text.edit(yaml -> wanted.equals("password") ? YamlEdit.remove(yaml, auth) : YamlEdit.set(yaml, auth, wanted));
			}
		} else if (text.isMapping(auth) && text.scalar(auth.then("method")).equals(wanted)) {
			String user = master.getText();
			String way = FORMS.get(Math.max(0, form.getSelectionIndex()));
			text.edit(yaml -> YamlEdit.set(yaml, auth.then("user"), user));
			if (!way.equals(text.scalar(auth.then("form"))) && !(way.equals(FORMS.getFirst()) && text.scalar(auth.then("form")).isEmpty())) {
				text.edit(yaml -> YamlEdit.set(yaml, auth.then("form"), way));
			}
		} else {
			text.edit(yaml -> YamlEdit.set(yaml, auth, master.getText().isEmpty() ? YamlValue.entries().with("method", wanted)
					: YamlValue.entries().with("method", wanted).with("user", master.getText())));
		}
	}

	private void rename(String typed) {
		Place place = page.chosen();
		if (place != null) {
			text.edit(yaml -> ServerEdits.rename(yaml, place, typed));
		}
	}

	private void set(String what, String typed) {
		Place place = page.chosen();
		if (place != null) {
			text.edit(yaml -> YamlEdit.set(yaml, place.path(what), typed));
		}
	}

	private void setAddresses(String typed) {
		Place place = page.chosen();
		if (place != null && !text.scalars(place.path("addresses")).equals(values(typed))) {
			text.edit(yaml -> YamlEdit.set(yaml, place.path("addresses"), YamlValue.texts(values(typed))));
		}
	}

	private static List<String> values(String typed) {
		return Arrays.stream(typed.split("[,;\\s]+")).filter(value -> !value.isEmpty()).toList();
	}

	private String item(String list, int index) {
		Place place = page.chosen();
		List<String> all = place == null ? List.of() : text.scalars(place.path(list));
		return index < all.size() ? all.get(index) : "";
	}

	/// Protocol, port or security of `imap:993/tls`.
	private String part(int index, int part) {
		String[] parts = (item("endpoints", index) + "::").replace('/', ':').split(":", -1);
		return parts[part];
	}

	private void setPart(int index, int part, String typed) {
		Place place = page.chosen();
		if (place == null) {
			return;
		}
		YamlPath path = place.path("endpoints", index);
		if (text.isMapping(path)) {
			String field = List.of("protocol", "port", "security").get(part);
			boolean number = part == 1 && typed.matches("[0-9]{1,9}");
			text.edit(yaml -> YamlEdit.set(yaml, path.then(field), number ? YamlValue.number(Long.parseLong(typed)) : YamlValue.text(typed)));
			return;
		}
		List<String> parts = new ArrayList<>(List.of(part(index, 0), part(index, 1), part(index, 2)));
		parts.set(part, typed);
		text.edit(yaml -> YamlEdit.set(yaml, path, parts.get(0) + ":" + parts.get(1) + "/" + parts.get(2)));
	}

	private void presets(Button below) {
		MenuManager menu = new MenuManager();
		PRESETS.forEach(preset -> menu.add(new Action(page.words.say("servers.preset." + preset.replaceAll("[:/]", "-"))) {
			@Override
			public void run() {
				add(preset);
			}
		}));
		below.setMenu(menu.createContextMenu(below));
		below.getMenu().setVisible(true);
	}

	void add(String endpoint) {
		Place place = page.chosen();
		if (place != null) {
			text.edit(yaml -> YamlEdit.append(yaml, place.path("endpoints"), YamlValue.text(endpoint)));
			page.refresh();
		}
	}

	private void remove(ListBlock list, String what) {
		Place place = page.chosen();
		List<Integer> indexes = list.selected();
		list.clear();
		if (place != null) {
			indexes.reversed().forEach(index -> text.edit(yaml -> YamlEdit.remove(yaml, place.path(what, index))));
			page.refresh();
		}
	}

	/// Shows the certificate that the last check saw, and accepts exactly it when the person says so.
	private void accept(CheckBlock check) {
		Place place = page.chosen();
		List<Certificates.Seen> seen = place == null ? List.of() : check.certificates();
		if (seen.isEmpty() || place == null) {
			MessageDialog.openInformation(page.getSite().getShell(), page.words.say("servers.pins"), page.words.say("servers.pin-none"));
			return;
		}
		for (Certificates.Seen one : seen) {
			boolean known = text.scalars(place.path("pins")).stream().anyMatch(pin -> pin.replace(":", "").equalsIgnoreCase(one.sha256()));
			if (!known && MessageDialog.openQuestion(page.getSite().getShell(), page.words.say("servers.pins"),
					page.words.say("servers.pin-ask", text.scalar(place.path("name")), one.details()))) {
				text.edit(yaml -> YamlEdit.append(yaml, place.path("pins"), YamlValue.text(one.sha256())));
			}
		}
		page.refresh();
	}
}
