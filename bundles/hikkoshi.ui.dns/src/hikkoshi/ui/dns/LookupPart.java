package hikkoshi.ui.dns;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.widgets.LabelFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.CTabItem;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.part.ViewPart;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.lookup.DigText;
import hikkoshi.core.lookup.LookupHistory;
import hikkoshi.core.lookup.LookupSpec;
import hikkoshi.core.lookup.TraceFacts;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.ProbeSets;

/// Looks up any name and type at any server, and traces its delegation. The roots and resolvers are those of the active migration where it has some.
public final class LookupPart extends ViewPart {
	public static final String ID = "hikkoshi.ui.dns.lookup";
	/// Answers of one look-up shown as text; a table shows them all.
	private static final int MAX_TEXT = 200_000;

	private final LookupMemory memory = new LookupMemory();
	private Phrases words = Phrases.of(Locale.getDefault(), List.of());
	private @Nullable QuestionForm form;
	private @Nullable CTabFolder pages;
	private @Nullable AnswerTable answers;
	private @Nullable StyledText text;
	private @Nullable ComparePane compare;
	private @Nullable HistoryPane history;
	private @Nullable TracePane trace;
	private @Nullable Label status;
	private @Nullable LookupJob job;
	private @Nullable IProject project;

	@Override
	public void createPartControl(Composite parent) {
		words = Words.of(LookupPart.class, getSite());
		Composite body = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(body);
		form = new QuestionForm(body, words, this::askOrStop, this::trace);
		CTabFolder folder = new CTabFolder(body, SWT.FLAT | SWT.BORDER);
		pages = folder;
		GridDataFactory.fillDefaults().grab(true, true).applyTo(folder);
		answers = new AnswerTable(folder, words, getSite(), this::compare);
		page("page.answers", answers.control());
		text = new StyledText(folder, SWT.MULTI | SWT.READ_ONLY | SWT.V_SCROLL | SWT.H_SCROLL);
		text.setFont(JFaceResources.getTextFont());
		page("page.text", text);
		compare = new ComparePane(folder, words);
		page("page.compare", compare.control());
		trace = new TracePane(folder, words);
		page("page.trace", trace.control());
		history = new HistoryPane(folder, words, this::repeat);
		page("page.history", history.control());
		folder.setSelection(0);
		status = LabelFactory.newLabel(SWT.WRAP).text(words.say("lookup.hint")).create(body);
		GridDataFactory.fillDefaults().grab(true, false).indent(6, 2).applyTo(status);
		body.addDisposeListener(_ -> stop());
		new ActiveMigration(getSite(), body, next -> {
			project = next;
			show(memory.of(next));
		});
		show(memory.of(project));
	}

	private void page(String title, Control control) {
		CTabItem item = new CTabItem(Objects.requireNonNull(pages), SWT.NONE);
		item.setText(words.say(title));
		item.setControl(control);
	}

	private void show(LookupHistory lately) {
		Objects.requireNonNull(history).show(lately);
		Objects.requireNonNull(form).offer(lately);
	}

	private void repeat(LookupSpec spec) {
		Objects.requireNonNull(form).show(spec);
		ask();
	}

	private void compare(DnsAnswer left, DnsAnswer right) {
		Objects.requireNonNull(compare).compare(left, right);
		Objects.requireNonNull(pages).setSelection(2);
	}

	private void askOrStop() {
		if (job == null) {
			ask();
		} else {
			stop();
		}
	}

	private void stop() {
		LookupJob running = job;
		if (running != null) {
			running.cancel();
		}
	}

	private void ask() {
		stop();
		LookupSpec spec;
		try {
			spec = Objects.requireNonNull(form).spec();
		} catch (IllegalArgumentException e) {
			say(Ui.message(e));
			return;
		}
		if (!spec.name().isEmpty()) {
			memory.keep(project, memory.of(project).with(spec));
			show(memory.of(project));
		}
		AnswerTable table = Objects.requireNonNull(answers);
		table.clear();
		Objects.requireNonNull(text).setText("");
		int page = Objects.requireNonNull(pages).getSelectionIndex();
		Objects.requireNonNull(pages).setSelection(page > 2 ? 0 : page);
		List<DnsAnswer> got = new ArrayList<>();
		Optional<MigrationProject> known = known();
		DnsLookup lookup = getSite().getService(DnsLookup.class);
		LookupJob[] mine = new LookupJob[1];
		start(mine, words.say("lookup.job", spec.name()), words.say("lookup.running", spec.title()),
				() -> spec.ask(lookup, settings(known), known.map(MigrationProject::anchors).orElse(List.of()), _ -> {
				}, answer -> later(mine, () -> {
					got.add(answer);
					show(answer);
				})), end -> ended(end, got));
	}

	private void show(DnsAnswer answer) {
		Objects.requireNonNull(answers).add(answer);
		Objects.requireNonNull(compare).add(answer);
		StyledText area = Objects.requireNonNull(text);
		if (area.getCharCount() < MAX_TEXT) {
			area.append(DigText.lines(answer, ZoneId.systemDefault()).stream().collect(Collectors.joining("\n", "", "\n")));
		}
	}

	private void ended(@Nullable Exception end, List<DnsAnswer> got) {
		String asked = got.stream().map(answer -> answer.head().asked()).findFirst().orElse("");
		boolean converted = got.stream().anyMatch(answer -> answer.question().name().chars().anyMatch(c -> c > 0x7f) || LookupSpec.isAddress(answer.question().name()));
		say(switch (end) {
			case null -> words.say("lookup.done", got.size(), got.stream().map(answer -> answer.question().server()).distinct().count())
					+ (converted ? " " + words.say("lookup.asked", asked) : "");
			case InterruptedException _ -> words.say("lookup.stopped", got.size());
			case LookupSpec.Mistake mistake -> words.say(mistake.reason());
			default -> words.say("lookup.failed", Ui.message(end));
		});
	}

	private void trace() {
		stop();
		HostName target;
		try {
			target = new HostName(DomainName.parse(Objects.requireNonNull(form).name()));
		} catch (IllegalArgumentException e) {
			say(words.say("lookup.failed", Ui.message(e)));
			return;
		}
		Optional<MigrationProject> known = known();
		IProject kept = known.flatMap(MigrationProject::migration).isPresent() ? project : null;
		ProbeContext context = new ProbeContext(Clock.systemUTC(), Secrets.none(), known.flatMap(MigrationProject::migration).map(Migration::policy).orElse(Policy.DEFAULT),
				settings(known), known.map(MigrationProject::anchors).orElse(List.of()));
		ProbeSets probes = getSite().getService(ProbeSets.class);
		EvidenceLogs logs = getSite().getService(EvidenceLogs.class);
		Objects.requireNonNull(pages).setSelection(3);
		LookupJob[] mine = new LookupJob[1];
		Evidence[] found = new Evidence[1];
		start(mine, words.say("trace.job", target.name()), words.say("trace.running", target.name()), () -> {
			try (RunMemo _ = context.memo()) {
				found[0] = TraceFacts.trace(target, probes.leaves(), context);
			}
			if (kept != null) {
				logs.append(kept, List.of(found[0]));
			}
		}, end -> {
			if (found[0] != null) {
				Objects.requireNonNull(trace).show(found[0]);
			}
			say(switch (end) {
				case null -> words.say(found[0].reason()) + " " + words.say(kept == null ? "trace.not-kept" : "trace.kept");
				case InterruptedException _ -> words.say("trace.stopped");
				default -> words.say("lookup.failed", Ui.message(end));
			});
		});
	}

	private void start(LookupJob[] mine, String name, String running, LookupJob.Work work, Consumer<@Nullable Exception> ended) {
		say(running);
		LookupJob next = new LookupJob(name, work, end -> later(mine, () -> {
			job = null;
			Objects.requireNonNull(form).running(false);
			ended.accept(end);
		}));
		mine[0] = next;
		job = next;
		Objects.requireNonNull(form).running(true);
		next.schedule();
	}

	/// In the UI thread, unless something else has been started since.
	private void later(LookupJob[] mine, Runnable action) {
		Ui.later(Objects.requireNonNull(status), () -> {
			if (job == mine[0]) {
				action.run();
			}
		});
	}

	private void say(String line) {
		Label label = Objects.requireNonNull(status);
		label.setText(line.replace("&", "&&"));
		label.getParent().layout();
	}

	private Optional<MigrationProject> known() {
		IProject active = project;
		return active == null ? Optional.empty() : getSite().getService(Migrations.class).known(active);
	}

	private static DnsSettings settings(Optional<MigrationProject> known) {
		return known.flatMap(MigrationProject::migration).map(Migration::dns).orElse(DnsSettings.DEFAULT);
	}

	@Override
	public void setFocus() {
		Objects.requireNonNull(form).focus();
	}
}
