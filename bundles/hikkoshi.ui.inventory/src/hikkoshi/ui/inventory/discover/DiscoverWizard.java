package hikkoshi.ui.inventory.discover;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.services.IServiceLocator;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.discover.DiscoveryOptions;
import hikkoshi.core.discover.ProposedServer;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.ServerEdits;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.inventory.fixes.OpenTexts;

/// Discover Server: asks about names, shows what arrives, proposes server entries with their sources and contradictions, and takes those a person
/// ticks: into `migration.yaml`, or to whoever asked for them.
public final class DiscoverWizard extends Wizard {
	private final Phrases words;
	private final @Nullable IProject project;
	private final @Nullable Consumer<ProposedServer> taker;
	private final DiscoverModel model;
	private final AskPage ask;
	private final ProposalPage proposal;
	private String names = "";

	/// Into the `migration.yaml` of a project.
	///
	/// @param adapt last word on how is asked, e.g. for a lab's ports
	public DiscoverWizard(IServiceLocator services, IProject project, Side side, UnaryOperator<DiscoveryOptions> adapt) {
		this(services, project, null, side, adapt);
	}

	/// For whoever wants a server, e.g. a wizard whose project does not exist yet.
	///
	/// @param taker gets the first server that is ticked
	public DiscoverWizard(IServiceLocator services, Side side, Consumer<ProposedServer> taker) {
		this(services, null, taker, side, UnaryOperator.identity());
	}

	private DiscoverWizard(IServiceLocator services, @Nullable IProject project, @Nullable Consumer<ProposedServer> taker, Side side,
			UnaryOperator<DiscoveryOptions> adapt) {
		words = Words.of(DiscoverWizard.class, services);
		this.project = project;
		this.taker = taker;
		model = new DiscoverModel(services, project, adapt, words.say("discover.job"));
		ask = new AskPage(model, words);
		proposal = new ProposalPage(model, words, side, project != null);
		setWindowTitle(words.say("discover.window"));
		setNeedsProgressMonitor(true);
	}

	/// Begins with names.
	public void begin(String with) {
		names = with;
	}

	@Override
	public void addPages() {
		addPage(ask);
		addPage(proposal);
	}

	@Override
	public void createPageControls(Composite parent) {
		super.createPageControls(parent);
		if (!names.isEmpty()) {
			ask.ask(names);
		}
	}

	@Override
	public boolean canFinish() {
		return proposal.getControl() != null && !proposal.chosen().isEmpty();
	}

	@Override
	public boolean performFinish() {
		List<ProposedServer> chosen = proposal.chosen();
		if (taker != null) {
			taker.accept(chosen.getFirst());
			return true;
		}
		return project != null && add(project, chosen, proposal.side());
	}

	private boolean add(IProject to, List<ProposedServer> chosen, Side side) {
		OpenTexts texts = new OpenTexts(to);
		List<Map<String, String>> before = new ArrayList<>();
		List<TextEdit> edits = new ArrayList<>();
		try {
			getContainer().run(true, false, monitor -> {
				try {
					before.add(texts.read());
					edits.addAll(edits(before.getFirst().getOrDefault(MigrationProject.MIGRATION_FILE, ""), chosen, side));
				} catch (IOException e) {
					throw new InvocationTargetException(e);
				}
			});
		} catch (InvocationTargetException e) {
			return failed(Ui.message(e.getTargetException()));
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
		boolean isDone = !edits.isEmpty()
				&& texts.apply(before.getFirst(), Map.of(MigrationProject.MIGRATION_FILE, edits), words.say("discover.job")).isEmpty();
		return isDone || failed(words.say("discover.failed"));
	}

	/// One edit for all; none when the text has no place for them.
	private static List<TextEdit> edits(String text, List<ProposedServer> chosen, Side side) {
		return MigrationYaml.parse(text, MigrationProject.MIGRATION_FILE).value().map(yaml -> {
			Set<String> taken = new TreeSet<>();
			yaml.migration().servers().forEach(server -> taken.add(server.key()));
			List<Function<YamlDocument, List<TextEdit>>> adding = new ArrayList<>();
			for (ProposedServer one : chosen) {
				Server server = one.server(one.key(taken), side);
				taken.add(server.key());
				adding.add(document -> ServerEdits.add(document, server));
			}
			return YamlEdit.all(yaml.document(), adding);
		}).orElse(List.of());
	}

	private boolean failed(String why) {
		MessageDialog.openError(getShell(), words.say("discover.window"), why);
		return false;
	}

	@Override
	public void dispose() {
		model.stop();
		super.dispose();
	}
}
