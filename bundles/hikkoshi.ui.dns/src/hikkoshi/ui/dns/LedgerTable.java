package hikkoshi.ui.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.viewers.ViewerCell;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.MouseListener;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.ledger.Cell;
import hikkoshi.core.ledger.Entry;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.Standing;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// Servers × watched records: old, new, or what else, by word, shape and colour, and how long a cache keeps it. UI thread only.
final class LedgerTable {
	private static final int SERVER_WIDTH = 230;
	private static final int CELL_WIDTH = 150;

	private final Phrases words;
	private final TableViewer viewer;
	private final Icons icons;
	private List<RecordSet.Key> keys = List.of();
	private @Nullable Ledger ledger;

	/// @param chosen told the server and the record that a person clicks
	LedgerTable(Composite parent, Phrases words, BiConsumer<Source, RecordSet.Key> chosen) {
		this.words = words;
		icons = new Icons(parent);
		viewer = new TableViewer(parent, SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.H_SCROLL | SWT.BORDER);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(viewer.getTable());
		viewer.getTable().setHeaderVisible(true);
		viewer.getTable().setLinesVisible(true);
		viewer.setContentProvider(ArrayContentProvider.getInstance());
		ColumnViewerToolTipSupport.enableFor(viewer);
		viewer.getTable().addMouseListener(MouseListener.mouseDownAdapter(event -> {
			ViewerCell cell = viewer.getCell(new Point(event.x, event.y));
			if (cell != null && cell.getElement() instanceof Source source && cell.getColumnIndex() > 0 && cell.getColumnIndex() <= keys.size()) {
				chosen.accept(source, keys.get(cell.getColumnIndex() - 1));
			}
		}));
	}

	Table control() {
		return viewer.getTable();
	}

	/// @param all also the records of which nothing is known to change
	void show(@Nullable Ledger next, boolean all) {
		ledger = next;
		List<RecordSet.Key> wanted = next == null ? List.of() : next.entries().stream().filter(entry -> all || entry.moves() || isMx(entry)).map(Entry::key)
				.sorted((one, other) -> Integer.compare(rank(one), rank(other))).toList();
		if (!wanted.equals(keys) || viewer.getTable().getColumnCount() == 0) {
			keys = wanted;
			viewer.getTable().setRedraw(false);
			List.of(viewer.getTable().getColumns()).forEach(TableColumn::dispose);
			column(words.say("ledger.server"), SERVER_WIDTH, new ServerLabels());
			keys.forEach(key -> column(name(key, next), CELL_WIDTH, new CellLabels(key)));
			viewer.getTable().setRedraw(true);
		}
		viewer.setInput(next == null ? List.of() : next.sources().stream().filter(this::hasCell).toList());
	}

	private boolean hasCell(Source source) {
		return keys.stream().anyMatch(key -> cell(source, key).isPresent());
	}

	private static boolean isMx(Entry entry) {
		return entry.key().type().equals("MX");
	}

	private static int rank(RecordSet.Key key) {
		return switch (key.type()) {
			case "MX" -> 0;
			case "A", "AAAA" -> 1;
			case "TXT" -> 2;
			case "SRV" -> 3;
			default -> 4;
		};
	}

	/// Without the domain, which stands above.
	static String name(RecordSet.Key key, @Nullable Ledger ledger) {
		String apex = ledger == null ? "" : ledger.domain().name().ascii() + ".";
		String name = key.name().equals(apex) ? "" : key.name().endsWith("." + apex) ? key.name().substring(0, key.name().length() - apex.length() - 1) : key.name();
		return name.isEmpty() ? key.type() : name + " " + key.type();
	}

	private void column(String title, int width, ColumnLabelProvider labels) {
		TableViewerColumn column = new TableViewerColumn(viewer, SWT.NONE);
		column.getColumn().setText(title);
		column.getColumn().setToolTipText(title);
		column.getColumn().setWidth(width);
		column.getColumn().setMoveable(true);
		column.setLabelProvider(labels);
	}

	/// A second has passed: the rows in sight are drawn anew, no others.
	void tick() {
		Table table = viewer.getTable();
		int last = Math.min(table.getItemCount(), table.getTopIndex() + table.getClientArea().height / Math.max(1, table.getItemHeight()) + 1);
		List<Object> inSight = new ArrayList<>();
		for (int i = table.getTopIndex(); i < last; i++) {
			if (table.getItem(i).getData() instanceof Source source && source.kind() == Source.Kind.RESOLVER) {
				inSight.add(source);
			}
		}
		inSight.forEach(source -> viewer.update(source, null));
	}

	private Optional<Cell> cell(Source source, RecordSet.Key key) {
		Ledger mine = ledger;
		return mine == null ? Optional.empty() : mine.cell(source, key);
	}

	static Outcome outcome(Standing standing) {
		return switch (standing) {
			case NEW, SAME -> Outcome.PASS;
			case MIXED, OTHER -> Outcome.WARN;
			case OLD -> Outcome.FAIL;
			case NONE -> Outcome.UNKNOWN;
		};
	}

	/// e.g. `old · 17 s`
	String text(Cell cell, Instant now) {
		String word = words.say("standing." + cell.standing().name().toLowerCase(Locale.ROOT));
		return cell.drops().map(at -> Duration.between(now, at).toSeconds()).map(left -> left <= 0 ? words.say("ledger.expired", word) : words.say("ledger.left", word, left))
				.orElseGet(() -> cell.source().kind() != Source.Kind.RESOLVER && cell.heard().spoke() && cell.heard().ttl() >= 0 ? words.say("ledger.ttl", word, cell.heard().ttl()) : word);
	}

	private final class ServerLabels extends ColumnLabelProvider {
		@Override
		public String getText(Object element) {
			Source source = (Source) element;
			return source.place();
		}

		@Override
		public Image getImage(Object element) {
			return icons.image(switch (((Source) element).kind()) {
				case AUTHORITATIVE -> "domain";
				case PARENT -> "migration";
				case RESOLVER -> "probe_dns";
			});
		}

		@Override
		public String getToolTipText(Object element) {
			return words.say("ledger.kind." + ((Source) element).kind().token());
		}
	}

	private final class CellLabels extends ColumnLabelProvider {
		private final RecordSet.Key key;

		CellLabels(RecordSet.Key key) {
			this.key = key;
		}

		@Override
		public String getText(Object element) {
			return cell((Source) element, key).map(cell -> text(cell, Instant.now())).orElse("");
		}

		@Override
		public @Nullable Image getImage(Object element) {
			return cell((Source) element, key).map(cell -> icons.outcome(cell.standing() == Standing.SAME ? null : outcome(cell.standing()))).orElse(null);
		}

		@Override
		public @Nullable String getToolTipText(Object element) {
			return cell((Source) element, key).map(cell -> {
				String data = cell.heard().data().isEmpty() ? words.say("dns-status." + cell.heard().status().name().toLowerCase(Locale.ROOT)) : String.join("\n", cell.heard().data());
				return data + "\n" + words.say("ledger.how." + cell.heard().how().token());
			}).orElse(null);
		}
	}
}
