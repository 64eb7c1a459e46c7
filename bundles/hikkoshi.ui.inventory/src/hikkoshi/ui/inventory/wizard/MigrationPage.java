package hikkoshi.ui.inventory.wizard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;

/// The one page of the wizard: a name, the domains, and the two servers with their addresses.
final class MigrationPage extends WizardPage {
	private final Phrases words;
	private Optional<MigrationDraft> draft = Optional.empty();
	private @Nullable Fields fields;

	private record Fields(Text name, Text domains, HostGroup oldHost, HostGroup newHost) {}

	MigrationPage(Phrases words) {
		super("migration");
		this.words = words;
		setTitle(words.say("wizard.title"));
		setDescription(words.say("wizard.description"));
		setPageComplete(false);
	}

	/// What has been entered, when all of it can be used.
	Optional<MigrationDraft> draft() {
		return draft;
	}

	@Override
	public void createControl(Composite parent) {
		Composite page = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.swtDefaults().create()).create(parent);
		Composite top = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.swtDefaults().numColumns(2).create()).create(page);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(top);
		WidgetFactory.label(SWT.NONE).text(words.say("wizard.name")).create(top);
		Text name = field(top, words.say("wizard.name.hint"));
		WidgetFactory.label(SWT.NONE).text(words.say("wizard.domains")).create(top);
		Text domains = field(top, "example.org, example.com");
		HostGroup oldHost = new HostGroup(page, words, Side.OLD, this::check);
		HostGroup newHost = new HostGroup(page, words, Side.NEW, this::check);
		fields = new Fields(name, domains, oldHost, newHost);
		setControl(page);
		name.setFocus();
	}

	private Text field(Composite parent, String message) {
		Text text = WidgetFactory.text(SWT.BORDER).message(message).onModify(e -> check()).create(parent);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(text);
		return text;
	}

	private void check() {
		Fields mine = fields;
		if (mine == null) {
			return;
		}
		draft = Optional.empty();
		String problem = name(mine.name.getText().strip());
		List<DomainName> domains = new ArrayList<>();
		if (problem.isEmpty()) {
			problem = domains(mine.domains.getText(), domains);
		}
		if (problem.isEmpty()) {
			problem = hosts(mine, domains);
		}
		boolean twice = draft.isPresent() && draft.get().oldServer().addresses().stream().anyMatch(draft.get().newServer().addresses()::contains);
		if (problem.isEmpty()) {
			setMessage(twice ? words.say("wizard.same-address") : words.say("wizard.ready"),
					twice ? IMessageProvider.WARNING : IMessageProvider.NONE);
		} else {
			setMessage(problem, IMessageProvider.INFORMATION);
		}
		setPageComplete(draft.isPresent());
	}

	private String name(String name) {
		if (name.isEmpty()) {
			return words.say("wizard.name.empty");
		}
		IStatus valid = ResourcesPlugin.getWorkspace().validateName(name, IResource.PROJECT);
		if (!valid.isOK()) {
			return valid.getMessage();
		}
		return ResourcesPlugin.getWorkspace().getRoot().getProject(name).exists() ? words.say("wizard.name.taken", name) : "";
	}

	private String domains(String text, List<DomainName> found) {
		LinkedHashSet<DomainName> unique = new LinkedHashSet<>();
		for (String one : text.split("[,;\\s]+")) {
			if (!one.isEmpty()) {
				try {
					unique.add(DomainName.parse(one));
				} catch (IllegalArgumentException e) {
					return words.say("wizard.domain.bad", one);
				}
			}
		}
		found.addAll(unique);
		return unique.isEmpty() ? words.say("wizard.domain.none") : "";
	}

	private String hosts(Fields mine, List<DomainName> domains) {
		HostGroup current = mine.oldHost;
		try {
			MigrationDraft.Host oldHost = current.host();
			current = mine.newHost;
			draft = Optional.of(new MigrationDraft(mine.name.getText().strip(), domains, oldHost, current.host()));
			return "";
		} catch (IllegalArgumentException e) {
			return words.say(current == mine.oldHost ? "wizard.of-old" : "wizard.of-new", current.problem());
		}
	}
}
