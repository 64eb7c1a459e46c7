package hikkoshi.ui.tests;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.ui.mailbox.MatrixPart;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.Migrations;

/// Measures the matrix against a bare virtual table of the same rows in the same window; says the ratios and asserts none of them. Run by tests/bench/matrix.
@EnabledIfSystemProperty(named = "hikkoshi.bench.rows", matches = "[0-9]+")
class MatrixBench {
	private static final int ROWS = Integer.getInteger("hikkoshi.bench.rows", 10_000);
	private static final int STEPS = 100;
	private static final String YAML = """
			format: hikkoshi/1
			name: Bench
			servers:
			  old:
			    - {key: old, name: old.example, addresses: ["127.0.0.1"], endpoints: [imap:993/tls, pop3:995/tls, submission:465/tls]}
			  new:
			    - {key: new, name: new.example, addresses: ["127.0.0.1"], endpoints: [imap:993/tls, pop3:995/tls, submission:465/tls]}
			domains:
			  - {name: example.org, wave: main, old: old, new: new}
			""";
	private static final Facts FACTS = Facts.Tree.of("login", "127.0.0.1", Facts.Tree.of("phase.connect", "127.0.0.1 993", Facts.Tree.of("took.ms", "1.2")),
			Facts.Tree.of("phase.tls", "TLSv1.3", Facts.Tree.of("took.ms", "9.1")), Facts.Tree.of("transcript", "", Facts.Tree.of("line", "S: * OK ready"),
					Facts.Tree.of("line", "C: h1 AUTHENTICATE PLAIN ••••"), Facts.Tree.of("line", "S: h1 OK in")));

	private static List<Evidence> round(Migration migration, int from, int to, Instant at, Outcome last) {
		List<Evidence> all = new ArrayList<>();
		for (Mailbox mailbox : migration.mailboxes().subList(from, to)) {
			for (Side side : Side.values()) {
				for (Account account : migration.accounts(mailbox, side)) {
					boolean isBad = side == Side.NEW && mailbox.line() % 10 == 0;
					all.add(new Evidence(account.endpoint().protocol().token() + ".login", account.id(), at, Duration.ofMillis(20), isBad ? last : Outcome.PASS,
							isBad ? Reason.of("login.bad-credentials", "no such user") : Reason.of("login.ok", "imap", "TLSv1.3", "PLAIN"), FACTS));
				}
			}
		}
		return all;
	}

	@Test
	void measure() throws Exception {
		Project project = Project.create();
		try {
			StringBuilder csv = new StringBuilder("address,old_user,new_user,wave,note\n");
			for (int i = 0; i < ROWS; i++) {
				csv.append("user").append(i).append("@example.org,user").append(i).append(",user").append(i).append("@example.org,main,\n");
			}
			project.file("mailboxes.csv").write(csv.toString().getBytes(StandardCharsets.UTF_8), true, false, false, null);
			project.write("migration.yaml", YAML);
			project.select();
			Migration migration = Rehearsed.service(Migrations.class).load(project.project()).migration().orElseThrow();
			for (int from = 0; from < ROWS; from += 500) {
				Project.logs().append(project.project(), round(migration, from, Math.min(ROWS, from + 500), Instant.now(), Outcome.FAIL));
			}
			System.out.printf("%d mailboxes, %d logins in the log%n", ROWS, ROWS * 6);
			long opened = System.nanoTime();
			Windows.view(MatrixPart.ID, MatrixPart.class);
			Pump.until("the rows", () -> Windows.all(Windows.shell(), Table.class).stream().anyMatch(MatrixBench::isFull));
			double openMillis = (System.nanoTime() - opened) / 1e6;
			Table table = Windows.find(Windows.shell(), Table.class, MatrixBench::isFull);
			Composite body = table.getParent();
			Text filter = Windows.all(body, Text.class).getFirst();
			Bare bare = new Bare(table);
			System.out.printf("open: matrix %.0f ms (files, 60 thousand rows of the log and all), bare table %.0f ms%n", openMillis, bare.opened);
			say("scroll step", steps(table), steps(bare.table));
			say("filter keystroke", filter(filter, table), bare.filter());
			burst(project, migration, table, bare);
			bare.shell.dispose();
		} finally {
			project.close();
		}
	}

	private static boolean isFull(Table table) {
		return table.isVisible() && table.getColumnCount() > 2 && table.getColumn(0).getText().equals("Mailbox") && table.getItemCount() == ROWS
				&& table.getItem(0).getText(2).startsWith("passed");
	}

	private static void say(String what, double matrix, double bare) {
		System.out.printf("%s: matrix %.1f ms, bare table %.1f ms, ratio %.2f%n", what, matrix, bare, matrix / bare);
	}

	/// The same rows as strings, in a table without a thought.
	private static final class Bare {
		final Shell shell = new Shell(Windows.shell(), SWT.RESIZE);
		final Table table;
		final double opened;
		List<String[]> rows = new ArrayList<>();

		Bare(Table like) {
			TableItem first = like.getItem(0);
			String[] texts = Arrays.stream(like.getColumns()).map(column -> first.getText(like.indexOf(column))).toArray(String[]::new);
			for (int i = 0; i < ROWS; i++) {
				String[] row = texts.clone();
				row[0] = "user" + i + "@example.org";
				rows.add(row);
			}
			long start = System.nanoTime();
			shell.setLayout(new FillLayout());
			table = new Table(shell, SWT.VIRTUAL | SWT.MULTI | SWT.FULL_SELECTION);
			table.setHeaderVisible(true);
			for (TableColumn column : like.getColumns()) {
				TableColumn mine = new TableColumn(table, SWT.LEFT);
				mine.setWidth(column.getWidth());
			}
			table.addListener(SWT.SetData, event -> {
				TableItem item = (TableItem) event.item;
				item.setText(rows.get(event.index));
				item.setImage(0, first.getImage(0));
				for (int i = 2; i < 8; i++) {
					item.setImage(i, first.getImage(i));
				}
			});
			shell.setSize(like.getSize());
			shell.open();
			table.setItemCount(ROWS);
			frame(table);
			opened = (System.nanoTime() - start) / 1e6;
		}

		double filter() {
			List<String[]> all = rows;
			List<Double> millis = new ArrayList<>();
			for (int i = 0; i < STEPS / 2; i++) {
				String wanted = i % 2 == 0 ? "user1" : "";
				long start = System.nanoTime();
				rows = all.stream().filter(row -> row[0].contains(wanted)).toList();
				table.setItemCount(rows.size());
				table.clearAll();
				frame(table);
				millis.add((System.nanoTime() - start) / 1e6);
			}
			rows = all;
			return median(millis);
		}
	}

	private static double median(List<Double> millis) {
		millis.sort(null);
		return millis.get(millis.size() / 2);
	}

	private static void frame(Table table) {
		long[] painted = new long[1];
		Listener listener = _ -> painted[0]++;
		table.addListener(SWT.Paint, listener);
		table.redraw();
		Pump.until("a frame", () -> painted[0] > 0);
		table.removeListener(SWT.Paint, listener);
		Pump.all();
	}

	private static double steps(Table table) {
		List<Double> millis = new ArrayList<>();
		for (int step = 0; step < STEPS; step++) {
			long start = System.nanoTime();
			table.setTopIndex((int) ((long) step * 7919 % ROWS));
			frame(table);
			millis.add((System.nanoTime() - start) / 1e6);
		}
		return median(millis);
	}

	private static double filter(Text filter, Table table) {
		List<Double> millis = new ArrayList<>();
		int all = table.getItemCount();
		for (int i = 0; i < STEPS / 2; i++) {
			String wanted = i % 2 == 0 ? "user1" : "";
			long start = System.nanoTime();
			filter.setText(wanted);
			Pump.until("filtered", () -> wanted.isEmpty() == (table.getItemCount() == all));
			frame(table);
			millis.add((System.nanoTime() - start) / 1e6);
		}
		return median(millis);
	}

	/// The UI thread while 6,000 logins come in: its longest turn, and all its work.
	private static void burst(Project project, Migration migration, Table table, Bare bare) throws Exception {
		Display display = Display.getCurrent();
		int some = Math.min(ROWS, 1_000);
		Thread writer = Thread.ofVirtual().start(() -> {
			try {
				for (int from = 0; from < some; from += 50) {
					Project.logs().append(project.project(), round(migration, from, Math.min(some, from + 50), Instant.now(), Outcome.PASS));
				}
			} catch (Exception e) {
				throw new IllegalStateException(e);
			}
		});
		long longest = 0;
		long busy = 0;
		long begun = System.nanoTime();
		long quiet = 0;
		while (writer.isAlive() || System.nanoTime() - quiet < 1_000_000_000L) {
			if (writer.isAlive()) {
				quiet = System.nanoTime();
			}
			long start = System.nanoTime();
			if (display.readAndDispatch()) {
				long turn = System.nanoTime() - start;
				longest = Math.max(longest, turn);
				busy += turn;
			} else {
				Thread.onSpinWait();
			}
		}
		double seconds = (System.nanoTime() - begun) / 1e9;
		List<Double> redraws = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			long start = System.nanoTime();
			bare.table.clearAll();
			frame(bare.table);
			redraws.add((System.nanoTime() - start) / 1e6);
		}
		System.out.printf("live: %d logins in %.1f s; the UI thread's longest turn %.1f ms, busy %.0f ms in all; one refresh of the bare table %.1f ms, ratio of the longest turn %.2f%n",
				some * 6, seconds, longest / 1e6, busy / 1e6, median(redraws), longest / 1e6 / median(redraws));
	}
}
