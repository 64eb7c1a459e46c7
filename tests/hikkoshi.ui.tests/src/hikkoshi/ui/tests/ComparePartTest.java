package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IViewReference;
import org.eclipse.ui.IWorkbenchPartReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.compare.Offer;
import hikkoshi.core.compare.Profile;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.ui.inventory.compare.ComparePart;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.Migrations;

class ComparePartTest {
	private static final String YAML = """
			format: hikkoshi/1
			name: Example move
			servers:
			  old:
			    - key: mx-old
			      name: mail.old.example
			      addresses: ["127.0.0.1"]
			      endpoints: [imap:993/tls, pop3:995/tls, submission:587/starttls]
			  new:
			    - key: mx-new
			      name: mail.new.example
			      addresses: ["127.0.0.2", "127.0.0.3"]
			      endpoints: [imap:993/tls, submission:465/tls]
			domains:
			  - {name: example.org, wave: main, old: mx-old, new: mx-new}
			""";

	@TempDir
	Path folder;

	/// The view's controls, found as a person finds them.
	private record Compare(ComparePart part, Composite body) {
		static Compare open() {
			for (IViewReference open : Windows.page().getViewReferences()) {
				if (open.getId().equals(ComparePart.ID)) {
					Windows.page().hideView(open);
				}
			}
			ComparePart part = Windows.view(ComparePart.ID, ComparePart.class);
			Table table = Windows.find(Windows.shell(), Table.class, one -> one.isVisible() && one.getColumnCount() == 6);
			return new Compare(part, table.getParent());
		}

		Table table() {
			return Windows.all(body, Table.class).getFirst();
		}

		String summary() {
			return Windows.all(body, Label.class).getFirst().getText();
		}

		String chosen() {
			return Windows.all(body, Label.class).getLast().getText();
		}

		List<String> pairs() {
			return List.of(Windows.all(body, Combo.class).getFirst().getItems());
		}

		Text filter() {
			return Windows.all(body, Text.class).getFirst();
		}

		TableItem row(String feature) {
			return Arrays.stream(table().getItems()).filter(item -> item.getText(2).equals(feature)).findFirst()
					.orElseThrow(() -> new AssertionError(feature + " is not in " + Arrays.stream(table().getItems()).map(item -> item.getText(2)).toList()));
		}

		boolean has(String feature) {
			return Arrays.stream(table().getItems()).anyMatch(item -> item.getText(2).equals(feature));
		}

		/// With the view as large as the window.
		void picture(String name) {
			IWorkbenchPartReference reference = Windows.page().getReference(part);
			Windows.page().toggleZoom(reference);
			Pump.all();
			assertThat(chosen()).contains("→ ");
			Windows.picture(Windows.shell(), name);
			Windows.page().toggleZoom(reference);
		}

		void select(String feature) {
			TableItem item = row(feature);
			table().setSelection(item);
			Event event = new Event();
			event.item = item;
			table().notifyListeners(SWT.Selection, event);
		}
	}

	private static Evidence door(Door door, String... items) {
		String probe = switch (door.endpoint().protocol()) {
			case IMAP -> "imap.capability";
			case POP3 -> "pop3.capa";
			case SUBMISSION, SMTP -> "smtp.ehlo";
		};
		Offer offer = Offer.of(door.endpoint().protocol(), List.of(items));
		return new Evidence(probe, door.id(), Instant.now(), Duration.ZERO, Outcome.PASS,
				Reason.of("door.ok", door.endpoint().protocol().token(), "TLSv1.3", items.length),
				Tree.of("door", "", Tree.of("phase.tls", "TLSv1.3"), offer.tree(Offer.TLS)));
	}

	private static Evidence profile(Migration migration, Side side, String separator, String prefix, String software, long limit, String... items) {
		Target.Id id = migration.accounts(migration.mailboxes().getFirst(), side).stream().filter(account -> account.endpoint().protocol() == Protocol.IMAP)
				.findFirst().orElseThrow().id();
		Profile profile = new Profile(Optional.of(separator), List.of(new Profile.Namespace("personal", prefix, separator)), OptionalLong.of(12),
				new TreeMap<>(Map.of("\\sent", prefix + "Sent")), new TreeMap<>(Map.of("/", 3L)), List.of(new Profile.Quota("User", "STORAGE", 900_000, limit)),
				new TreeMap<>(Map.of("name", software)), new TreeSet<>(), OptionalLong.empty(), List.of());
		return new Evidence("imap.profile", id, Instant.now(), Duration.ZERO, Outcome.PASS, Reason.of("profile.ok", 12, separator),
				Tree.of("login", "", Offer.of(Protocol.IMAP, List.of(items)).tree(Offer.LOGIN), profile.tree()));
	}

	private static void fill(Project project) throws Exception {
		Migration migration = Rehearsed.service(Migrations.class).load(project.project()).migration().orElseThrow();
		List<Door> doors = migration.servers().stream().flatMap(server -> Migration.doors(server).stream()).toList();
		for (Door door : doors) {
			boolean isOld = door.server().side() == Side.OLD;
			boolean third = door.address().equals(InetAddress.ofLiteral("127.0.0.3"));
			Project.logs().append(project.project(), List.of(switch (door.endpoint().protocol()) {
				case IMAP -> door(door, "IMAP4rev1", "AUTH=PLAIN", isOld ? "AUTH=CRAM-MD5" : "SASL-IR");
				case POP3 -> door(door, "UIDL", "TOP", "USER");
				case SUBMISSION, SMTP -> door(door, isOld ? "SIZE 52428800" : "SIZE 10240000", "AUTH PLAIN LOGIN", "8BITMIME", third ? "PIPELINING" : "DSN");
			}));
		}
		Project.logs().append(project.project(), List.of(
				profile(migration, Side.OLD, ".", "INBOX.", "Courier-IMAP", 2_000_000, "IMAP4rev1", "UIDPLUS", "IDLE", "SORT", "THREAD=REFERENCES", "QUOTA", "ACL"),
				profile(migration, Side.NEW, "/", "", "Dovecot", 500_000, "IMAP4rev1", "IDLE", "SORT", "THREAD=REFERENCES", "QUOTA", "MOVE", "CONDSTORE")));
	}

	@Test
	void differencesStandFirstWithTheirConsequence() throws Exception {
		try (Project project = Project.create()) {
			project.write("mailboxes.csv", Project.CSV);
			project.write("migration.yaml", YAML);
			project.select();
			Compare compare = Compare.open();
			Pump.until("the pair", () -> compare.pairs().equals(List.of("mx-old → mx-new")));
			Pump.until("nothing is known yet", () -> compare.has("imap:993/tls"));
			assertThat(compare.row("imap:993/tls").getText(0)).isEqualTo("not known");
			compare.select("imap:993/tls");
			assertThat(compare.chosen()).contains("was never asked").contains("→ Ask the servers");

			fill(project);
			Pump.until("the view follows", () -> compare.has("UIDPLUS"));
			assertThat(compare.table().getItem(0).getText(0)).isEqualTo("mind this");
			assertThat(compare.row("UIDPLUS").getText(5)).startsWith("No UIDPLUS: a merge cannot learn");
			assertThat(compare.row("SIZE").getText(5)).contains("52428800").contains("10240000");
			assertThat(compare.row("pop3:995/tls").getText(5)).contains("no endpoint for POP3");
			assertThat(compare.row("PIPELINING").getText(4)).isEqualTo("partly");
			assertThat(compare.row("Separator of folder levels").getText(3)).isEqualTo("\".\"");
			compare.select("Quota of ann@example.org");
			assertThat(compare.chosen()).contains("will not fit").contains("→ ");
			compare.select("UIDPLUS");
			compare.picture("compare");

			compare.filter().setText("auth");
			assertThat(compare.has("AUTH=CRAM-MD5")).isTrue();
			assertThat(compare.has("UIDPLUS")).isFalse();
			compare.filter().setText("");
			assertThat(compare.has("IDLE")).isFalse();
			Windows.click(Windows.find(compare.body(), Button.class, button -> (button.getStyle() & SWT.CHECK) != 0));
			assertThat(compare.has("IDLE")).as("what is the same").isTrue();
		}
	}

	@Test
	void japanese() throws Exception {
		Locale before = Locale.getDefault();
		try (Project project = Project.create()) {
			project.write("migration.yaml", YAML);
			fill(project);
			project.select();
			Locale.setDefault(Locale.JAPAN);
			Compare compare = Compare.open();
			Pump.until("the view is filled", () -> compare.has("UIDPLUS"));
			assertThat(compare.row("UIDPLUS").getText(5)).startsWith("UIDPLUS がありません");
			compare.select("フォルダー階層の区切り文字");
			assertThat(compare.chosen()).contains("→ ");
			compare.picture("compare-ja");
		} finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void theButtonAsksTheServers() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("compare"))) {
			Compare compare = Compare.open();
			Pump.until("the pair", () -> !compare.pairs().isEmpty());
			Windows.press(compare.body(), "Ask Servers");
			Windows.click(Windows.find(compare.body(), Button.class, button -> (button.getStyle() & SWT.CHECK) != 0));
			Pump.until("both servers have told", () -> compare.has("IMAP4REV1") && compare.has("SIZE"));
			assertThat(compare.row("IMAP4REV1").getText(3)).isEqualTo("yes");
			assertThat(compare.has("Behind the login")).as("nobody has logged in").isTrue();
			world.project();
		}
	}

	@Test
	void withoutAMigrationThereIsAHint() {
		Compare compare = Compare.open();
		assertThat(compare.summary()).isNotEmpty();
		assertThat(compare.table().getItemCount()).isZero();
	}
}
