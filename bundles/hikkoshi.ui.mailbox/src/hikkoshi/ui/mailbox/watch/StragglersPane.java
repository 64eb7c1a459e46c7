package hikkoshi.ui.mailbox.watch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Tree;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.SeenArrival;
import hikkoshi.core.arrival.Straggler;
import hikkoshi.core.document.Plain;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// Who still writes to the old side, by sender and reason, with each message below: what needs a person's hand first. UI thread only.
final class StragglersPane {
	private static final int SENDER = 220;
	private static final int KIND = 130;
	private static final int COUNT = 70;
	private static final int TIME = 190;
	private static final int WHY = 620;

	private final TreeViewer viewer;
	private final Phrases words;

	StragglersPane(Composite parent, Phrases words) {
		this.words = words;
		viewer = new TreeViewer(parent, SWT.FULL_SELECTION | SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
		Icons icons = new Icons(viewer.getTree());
		viewer.getTree().setHeaderVisible(true);
		ColumnViewerToolTipSupport.enableFor(viewer);
		viewer.setContentProvider(new Content());
		column("watch.sender", SENDER, this::sender, this::received, element -> icon(element, icons));
		column("watch.class", KIND, this::kind, this::mailbox, _ -> null);
		column("watch.messages", COUNT, straggler -> String.valueOf(straggler.arrivals().size()), _ -> "", _ -> null);
		column("watch.newest", TIME, straggler -> words.say(Reason.of("watch.time", straggler.last())), seen -> words.say(Reason.of("watch.time", seen.came())), _ -> null);
		column("watch.why", WHY, this::why, seen -> Plain.of(seen.arrival().envelope()), _ -> null);
	}

	Tree control() {
		return viewer.getTree();
	}

	void show(List<Straggler> stragglers) {
		Object[] open = viewer.getExpandedElements();
		List<String> senders = Arrays.stream(open).filter(Straggler.class::isInstance).map(each -> ((Straggler) each).sender() + ((Straggler) each).kind()).toList();
		viewer.setInput(stragglers);
		viewer.setExpandedElements(stragglers.stream().filter(each -> senders.contains(each.sender() + each.kind())).toArray());
	}

	private static @Nullable Image icon(Object element, Icons icons) {
		return element instanceof Straggler straggler ? icons.outcome(straggler.kind().passes() ? Outcome.UNKNOWN : Outcome.WARN) : null;
	}

	private String sender(Straggler straggler) {
		String name = straggler.sender().isEmpty() ? words.say("watch.itself") : Plain.of(straggler.sender());
		return straggler.network().isEmpty() ? name : name + " (" + straggler.network() + ")";
	}

	private String kind(Straggler straggler) {
		return words.say("straggler.kind." + straggler.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
	}

	private String why(Straggler straggler) {
		return words.say(straggler.reason()) + words.remedy(straggler.reason()).map(remedy -> " → " + remedy).orElse("");
	}

	/// What the old server's own trace says.
	private String received(SeenArrival seen) {
		Arrival.Sender sender = seen.arrival().sender();
		if (sender.isLocal() && !sender.isLogin()) {
			return words.say("watch.itself");
		}
		return words.say("watch.received", sender.shown(), sender.address(), sender.with(), sender.id()).strip();
	}

	private String mailbox(SeenArrival seen) {
		return seen.mailbox() + " · " + Plain.of(seen.arrival().folder());
	}

	private void column(String title, int width, Function<Straggler, String> group, Function<SeenArrival, String> message, Function<Object, @Nullable Image> icon) {
		TreeViewerColumn column = new TreeViewerColumn(viewer, SWT.LEFT);
		column.getColumn().setText(words.say(title));
		column.getColumn().setWidth(width);
		column.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(Object element) {
				return switch (element) {
					case Straggler straggler -> group.apply(straggler);
					case SeenArrival seen -> message.apply(seen);
					default -> "";
				};
			}

			@Override
			public @Nullable Image getImage(Object element) {
				return icon.apply(element);
			}

			@Override
			public @Nullable String getToolTipText(Object element) {
				return element instanceof Straggler straggler ? why(straggler) : null;
			}
		});
	}

	private static final class Content implements ITreeContentProvider {
		@Override
		public Object[] getElements(Object input) {
			return input instanceof List<?> list ? list.toArray() : new Object[0];
		}

		@Override
		public Object[] getChildren(Object parent) {
			return parent instanceof Straggler straggler ? straggler.arrivals().reversed().toArray() : new Object[0];
		}

		@Override
		public @Nullable Object getParent(Object element) {
			return null;
		}

		@Override
		public boolean hasChildren(Object element) {
			return element instanceof Straggler;
		}
	}
}
