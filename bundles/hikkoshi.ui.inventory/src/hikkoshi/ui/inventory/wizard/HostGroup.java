package hikkoshi.ui.inventory.wizard;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;

import hikkoshi.core.discover.ProposedServer;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.inventory.discover.DiscoverWizard;

/// The fields of one server in the wizard. UI thread only.
final class HostGroup {
	private final Phrases words;
	private final Runnable changed;
	private final Text name;
	private final Text addresses;
	private final Button lookUp;
	private final Combo preset;
	private final Side side;
	private List<Endpoint> discovered = List.of();
	private String problem = "";

	HostGroup(Composite parent, Phrases words, Side side, Runnable changed) {
		this.side = side;
		this.words = words;
		this.changed = changed;
		Group group = WidgetFactory.group(SWT.NONE).text(words.say("wizard." + side.token())).create(parent);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(group);
		GridLayoutFactory.swtDefaults().numColumns(3).applyTo(group);
		WidgetFactory.label(SWT.NONE).text(words.say("wizard.host")).create(group);
		name = WidgetFactory.text(SWT.BORDER).message("mail." + side.token() + ".example").onModify(e -> changed.run()).create(group);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(name);
		Button discover = WidgetFactory.button(SWT.PUSH).text(words.say("wizard.discover")).onSelect(e -> discover()).create(group);
		discover.setToolTipText(words.say("wizard.discover.tip"));
		GridDataFactory.fillDefaults().applyTo(discover);
		WidgetFactory.label(SWT.NONE).text(words.say("wizard.addresses")).create(group);
		addresses = WidgetFactory.text(SWT.BORDER).message("192.0.2.1, 2001:db8::1").onModify(e -> changed.run()).create(group);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(addresses);
		lookUp = WidgetFactory.button(SWT.PUSH).text(words.say("wizard.look-up")).onSelect(e -> lookUp()).create(group);
		GridDataFactory.fillDefaults().applyTo(lookUp);
		WidgetFactory.label(SWT.NONE).text(words.say("wizard.endpoints")).create(group);
		preset = new Combo(group, SWT.READ_ONLY);
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(preset);
		preset.setItems(Arrays.stream(Preset.values()).map(one -> one.endpoints().stream().map(Object::toString)
				.collect(Collectors.joining(", "))).toArray(String[]::new));
		preset.select(0);
	}

	/// What is wrong or missing, or empty.
	String problem() {
		return problem;
	}

	/// @throws IllegalArgumentException when a field cannot be read; [#problem] says which
	MigrationDraft.Host host() {
		problem = words.say("wizard.host.bad", name.getText());
		DomainName host = DomainName.parse(name.getText());
		Set<InetAddress> literals = new LinkedHashSet<>();
		for (String literal : addresses.getText().split("[,;\\s]+")) {
			if (!literal.isEmpty()) {
				problem = words.say("wizard.address.bad", literal);
				literals.add(InetAddress.ofLiteral(literal));
			}
		}
		if (literals.isEmpty()) {
			problem = words.say("wizard.address.none", host.unicode());
			throw new IllegalArgumentException(problem);
		}
		problem = "";
		return new MigrationDraft.Host(host, List.copyOf(literals), endpoints());
	}

	void setFocus() {
		name.setFocus();
	}

	private List<Endpoint> endpoints() {
		int index = preset.getSelectionIndex();
		return index < Preset.values().length ? Preset.values()[index].endpoints() : discovered;
	}

	/// Asks about what stands in the name field, and takes the server that a person ticks.
	private void discover() {
		DiscoverWizard wizard = new DiscoverWizard(PlatformUI.getWorkbench(), side, this::take);
		wizard.begin(name.getText().strip());
		new WizardDialog(name.getShell(), wizard).open();
	}

	/// Its endpoints become one more choice beside the presets.
	void take(ProposedServer proposed) {
		Server server = proposed.server(side.token(), side);
		name.setText(server.name().unicode());
		addresses.setText(server.addresses().stream().map(IpText::of).collect(Collectors.joining(", ")));
		if (!server.endpoints().isEmpty()) {
			discovered = server.endpoints();
			if (preset.getItemCount() > Preset.values().length) {
				preset.remove(Preset.values().length);
			}
			preset.add(discovered.stream().map(Object::toString).collect(Collectors.joining(", ")));
			preset.select(Preset.values().length);
		}
		changed.run();
	}

	/// Asks the system's resolver, beside the UI thread. Only a help for typing: later every connection goes to what stands here.
	private void lookUp() {
		String asked = name.getText().strip();
		if (asked.isEmpty()) {
			name.setFocus();
			return;
		}
		lookUp.setEnabled(false);
		Ui.load(name, words.say("wizard.look-up"), () -> InetAddress.getAllByName(DomainName.parse(asked).ascii()), found -> {
			lookUp.setEnabled(true);
			if (asked.equals(name.getText().strip())) {
				addresses.setText(Arrays.stream(found).map(IpText::of).collect(Collectors.joining(", ")));
			}
		}, e -> {
			lookUp.setEnabled(true);
			addresses.setMessage(words.say("wizard.look-up.failed", asked));
			addresses.setText("");
			changed.run();
		});
	}
}
