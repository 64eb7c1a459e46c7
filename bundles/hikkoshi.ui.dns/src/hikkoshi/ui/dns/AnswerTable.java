package hikkoshi.ui.dns;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IWorkbenchPartSite;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.lookup.DigCommand;
import hikkoshi.core.lookup.DigText;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// Answers as a tree: a row per server with what it said, below it its records. UI thread only.
final class AnswerTable {
	/// A record below its answer.
	private record RecordRow(DnsAnswer answer, DnsAnswer.Rr rr) {}

	/// 64 KB hold some thousand records; the text page has more of them.
	private static final int MAX_RECORDS = 500;

	private final Phrases words;
	private final TreeViewer viewer;
	private final Icons icons;
	private final BiConsumer<DnsAnswer, DnsAnswer> compare;
	private List<DnsAnswer> answers = List.of();

	/// @param compare what to do with two chosen answers
	AnswerTable(Composite parent, Phrases words, IWorkbenchPartSite site, BiConsumer<DnsAnswer, DnsAnswer> compare) {
		this.words = words;
		this.compare = compare;
		viewer = new TreeViewer(parent, SWT.FULL_SELECTION | SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
		icons = new Icons(viewer.getTree());
		viewer.getTree().setHeaderVisible(true);
		viewer.getTree().setLinesVisible(true);
		viewer.setContentProvider(new Content());
		column("column.server", 260, a -> server(a.question().server()), r -> r.rr().name()).setLabelProvider(new First());
		column("column.record", 80, a -> a.question().type(), r -> r.rr().type());
		column("column.ttl", 80, _ -> "", r -> String.valueOf(r.rr().ttl()));
		column("column.data", 360, this::said, r -> r.rr().data());
		column("column.how", 150, this::how, _ -> "");
		column("column.flags", 110, a -> String.join(" ", a.flags()), _ -> "");
		column("column.time", 80, a -> a.took().toMillis() + " ms", _ -> "");
		column("column.size", 70, a -> a.bytes() == 0 ? "" : String.valueOf(a.bytes()), _ -> "");
		createMenu(site);
	}

	private TreeViewerColumn column(String title, int width, Function<DnsAnswer, String> answer, Function<RecordRow, String> record) {
		TreeViewerColumn column = new TreeViewerColumn(viewer, SWT.NONE);
		column.getColumn().setText(words.say(title));
		column.getColumn().setWidth(width);
		column.setLabelProvider(ColumnLabelProvider.createTextProvider(
				element -> element instanceof DnsAnswer a ? answer.apply(a) : record.apply((RecordRow) element)));
		return column;
	}

	private static String server(NameServer server) {
		return server.label().equals(IpText.of(server.address())) || server.label().equals(server.place()) ? server.place() : server.label() + " (" + server.place() + ")";
	}

	private String said(DnsAnswer answer) {
		String status = words.say("status." + answer.status().name().toLowerCase(Locale.ROOT));
		return answer.detail().isEmpty() ? status : status + ": " + answer.detail();
	}

	/// How it travelled, and whether that proves anything.
	private String how(DnsAnswer answer) {
		String transport = switch (answer.carried().transport()) {
			case UDP -> "UDP";
			case TCP -> "TCP";
			case DOT -> "DoT";
			case DOH -> "DoH";
		};
		return switch (answer.carried().proof()) {
			case NONE -> transport;
			case OPPORTUNISTIC -> words.say("proof.opportunistic", transport, answer.carried().session());
			case PROVEN -> words.say("proof.proven", transport, answer.carried().session());
		};
	}

	private static Outcome outcome(DnsStatus status) {
		return switch (status) {
			case ANSWER, NO_DATA, NXDOMAIN -> Outcome.PASS;
			case TIMEOUT, UNREACHABLE, SERVFAIL -> Outcome.UNKNOWN;
			case REFUSED, FORMERR, NOTIMP, OTHER_RCODE, LAME, MISMATCHED, MALFORMED, ALIAS_LOOP, UNTRUSTED, NO_TLS, HTTP_ERROR, NOT_DNS, TOO_LONG -> Outcome.FAIL;
		};
	}

	void clear() {
		answers = List.of();
		viewer.setInput(answers);
	}

	void add(DnsAnswer answer) {
		answers = Stream.concat(answers.stream(), Stream.of(answer)).toList();
		viewer.setInput(answers);
		viewer.expandAll();
	}

	private void createMenu(IWorkbenchPartSite site) {
		MenuManager menu = new MenuManager();
		menu.add(action("lookup.copy", answer -> String.join("\n", DigText.lines(answer, ZoneId.systemDefault()))));
		menu.add(action("lookup.copy.dig", answer -> DigCommand.dig(answer.question())));
		menu.add(action("lookup.copy.kdig", answer -> DigCommand.kdig(answer.question())));
		menu.add(new Separator());
		menu.add(new Action(words.say("lookup.compare")) {
			@Override
			public void run() {
				List<DnsAnswer> chosen = chosen();
				if (chosen.size() >= 2) {
					compare.accept(chosen.getFirst(), chosen.getLast());
				}
			}
		});
		viewer.getTree().setMenu(menu.createContextMenu(viewer.getTree()));
		site.setSelectionProvider(viewer);
	}

	private Action action(String id, Function<DnsAnswer, String> text) {
		return new Action(words.say(id)) {
			@Override
			public void run() {
				String copied = chosen().stream().map(text).collect(Collectors.joining("\n"));
				if (!copied.isEmpty()) {
					Clipboard clipboard = new Clipboard(viewer.getTree().getDisplay());
					clipboard.setContents(new Object[] {copied}, new Transfer[] {TextTransfer.getInstance()});
					clipboard.dispose();
				}
			}
		};
	}

	/// The answers chosen, by themselves or by a record; all when none is.
	private List<DnsAnswer> chosen() {
		List<?> chosen = viewer.getStructuredSelection().isEmpty() ? answers : viewer.getStructuredSelection().toList();
		return chosen.stream().map(element -> element instanceof RecordRow row ? row.answer() : (DnsAnswer) element).distinct().toList();
	}

	Control control() {
		return viewer.getTree();
	}

	private final class First extends ColumnLabelProvider {
		@Override
		public String getText(Object element) {
			return element instanceof DnsAnswer answer ? server(answer.question().server()) : ((RecordRow) element).rr().name();
		}

		@Override
		public @Nullable Image getImage(Object element) {
			return element instanceof DnsAnswer answer ? icons.outcome(outcome(answer.status())) : null;
		}
	}

	private static final class Content implements ITreeContentProvider {
		@Override
		public Object[] getElements(Object input) {
			return ((List<?>) input).toArray();
		}

		@Override
		public Object[] getChildren(Object parent) {
			return parent instanceof DnsAnswer answer
					? Stream.of(answer.answer(), answer.authority()).flatMap(List::stream).limit(MAX_RECORDS).map(rr -> new RecordRow(answer, rr))
							.toArray()
					: new Object[0];
		}

		@Override
		public @Nullable Object getParent(Object element) {
			return element instanceof RecordRow row ? row.answer() : null;
		}

		@Override
		public boolean hasChildren(Object element) {
			return element instanceof DnsAnswer answer && !(answer.answer().isEmpty() && answer.authority().isEmpty());
		}
	}
}
