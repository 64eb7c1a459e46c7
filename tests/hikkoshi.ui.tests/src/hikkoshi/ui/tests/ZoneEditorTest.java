package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditorActionConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.ui.dns.zone.ChangesPage;
import hikkoshi.ui.dns.zone.RecordsPage;
import hikkoshi.ui.dns.zone.ZoneEditor;
import hikkoshi.ui.inventory.view.InventoryNode;
import hikkoshi.ui.inventory.view.InventoryPart;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.FaultMarker;

class ZoneEditorTest {
	private static final String ZONE = """
			; as of today
			$TTL 1h
			@    IN MX 10 mail
			        TXT ( "v=spf1 mx "
			              "-all" ) ; both
			mail    A 192.0.2.1
			        AAAA nonsense
			www  300 CNAME mail
			""";

	@TempDir
	Path folder;

	/// The page object.
	private record Pages(ZoneEditor editor) {
		static Pages open(IProject project, String domain, String text) throws Exception {
			IFolder zones = project.getFolder("zones");
			if (!zones.exists()) {
				zones.create(true, true, null);
			}
			IFile file = zones.getFile(domain + ".zone");
			file.write(text.getBytes(StandardCharsets.UTF_8), true, false, false, null);
			Pages pages = new Pages((ZoneEditor) IDE.openEditor(Windows.page(), file));
			Pump.until("the records", () -> pages.button(RecordsPage.ID, 0).isEnabled());
			return pages;
		}

		Composite page(String id) {
			editor.setActivePage(id);
			Pump.all();
			return ((FormPage) editor.findPage(id)).getManagedForm().getForm().getBody();
		}

		Button button(String page, int index) {
			return Windows.all(page(page), Button.class).stream().filter(each -> (each.getStyle() & SWT.PUSH) != 0).toList().get(index);
		}

		void press(String page, String text) {
			Windows.press(page(page), text);
			Pump.all();
		}

		Table table() {
			return Windows.all(page(RecordsPage.ID), Table.class).getFirst();
		}

		List<String> row(int index) {
			return IntStream.range(0, 6).mapToObj(column -> table().getItem(index).getText(column)).toList();
		}

		void select(int... rows) {
			table().setSelection(rows);
			table().notifyListeners(SWT.Selection, new Event());
			Pump.all();
		}

		String footer(String page) {
			return Windows.all(page(page), Label.class).getLast().getText();
		}

		void footer(String page, String says) {
			Pump.until(says, () -> footer(page).contains(says));
		}

		String text() {
			return editor.source().getDocumentProvider().getDocument(editor.getEditorInput()).get();
		}

		void undo() {
			editor.source().getAction(ITextEditorActionConstants.UNDO).run();
		}

		void becomes(String text) {
			Pump.until("the text", () -> text().equals(text));
			Pump.until("it is read", () -> button(RecordsPage.ID, 0).isEnabled());
		}

		/// Types into the dialog that a button opens.
		void dialog(String button, String title, String owner, String type, String ttl, String data) {
			Pump.Modal modal = Pump.whenOpen(title, shell -> {
				List<Text> fields = fields(shell);
				fields.get(0).setText(owner);
				Windows.all(shell, Combo.class).getFirst().setText(type);
				fields.get(1).setText(ttl);
				fields.get(2).setText(data);
				Windows.picture(shell, "zone-dialog");
				Windows.press(shell, IDialogConstants.OK_LABEL);
			});
			press(RecordsPage.ID, button);
			modal.done();
		}

		static List<Text> fields(Shell shell) {
			return Windows.all(shell, Text.class).stream().filter(text -> (text.getStyle() & SWT.READ_ONLY) == 0).toList();
		}
	}

	@Test
	void aRecordIsChangedAndNothingElse() throws Exception {
		try (Project project = Project.create()) {
			Pages pages = Pages.open(project.project(), "example.org", ZONE);
			assertThat(pages.table().getItemCount()).isEqualTo(5);
			assertThat(pages.row(1)).startsWith("4", "@", "(3600)", "TXT", "\"v=spf1 mx \" \"-all\"");
			pages.footer(RecordsPage.ID, "1 fault");
			pages.select(3);
			pages.footer(RecordsPage.ID, "Expected, for example: 2001:db8::1");
			assertThat(pages.row(3).get(5)).contains("AAAA");
			Windows.picture(Windows.shell(), "zone-records");
			pages.dialog("Edit …", "Edit Record", "mail", "AAAA", "", "2001:db8::2");
			String mended = ZONE.replace("nonsense", "2001:db8::2");
			pages.becomes(mended);
			pages.footer(RecordsPage.ID, "nothing is wrong");
			assertThat(pages.editor.isDirty()).isTrue();
			pages.select(2);
			pages.dialog("Duplicate …", "New Record", "mx2", "A", "60", "192.0.2.2");
			pages.becomes(mended.replace("www ", "mx2\t60\tA\t192.0.2.2\nwww "));
			pages.undo();
			pages.becomes(mended);
			pages.select(0, 2);
			pages.press(RecordsPage.ID, "Delete");
			pages.becomes(mended.replace("@    IN MX 10 mail\n        TXT", "@        TXT").replace("mail    A 192.0.2.1\n        AAAA", "mail        AAAA"));
			pages.undo();
			pages.undo();
			pages.becomes(ZONE);
		}
	}

	@Test
	void theProblemsViewNamesTheLine() throws Exception {
		try (Project project = Project.create()) {
			Pages pages = Pages.open(project.project(), "example.org", ZONE);
			IFile file = project.file("zones/example.org.zone");
			Pump.until("the marker", () -> markers(file).equals(List.of(7)));
			pages.select(3);
			pages.dialog("Edit …", "Edit Record", "mail", "AAAA", "", "2001:db8::2");
			Pump.until("it is changed", pages.editor::isDirty);
			pages.editor.doSave(new NullProgressMonitor());
			Pump.until("no marker", () -> markers(file).isEmpty());
			file.write((ZONE + "evil\u202e A 192.0.2.1\n").getBytes(StandardCharsets.UTF_8), true, false, false, null);
			Pump.until("changed by another program", () -> markers(file).contains(9) && pages.table().getItemCount() == 6);
			assertThat(pages.row(5).get(1)).isEqualTo("evil\\u202e");
		}
	}

	private static List<Integer> markers(IFile file) {
		try {
			return Arrays.stream(file.findMarkers(FaultMarker.TYPE, false, IResource.DEPTH_ZERO)).map(marker -> marker.getAttribute(IMarker.LINE_NUMBER, 0)).distinct().toList();
		} catch (CoreException e) {
			throw new AssertionError(e);
		}
	}

	@Test
	void whatIsNoRecordCannotBeEntered() throws Exception {
		try (Project project = Project.create()) {
			Pages pages = Pages.open(project.project(), "example.org", ZONE);
			Pump.Modal modal = Pump.whenOpen("New Record", shell -> {
				List<Text> fields = Pages.fields(shell);
				Button ok = Windows.find(shell, Button.class, button -> button.getText().equals(IDialogConstants.OK_LABEL));
				assertThat(ok.isEnabled()).as("no data yet").isFalse();
				for (String data : List.of("nonsense", "192.0.2.1 ; why", "192.0.2.1\nx A 192.0.2.2", "(")) {
					fields.get(2).setText(data);
					assertThat(ok.isEnabled()).as(data).isFalse();
				}
				fields.get(2).setText("192.0.2.1");
				assertThat(ok.isEnabled()).isTrue();
				fields.get(0).setText("elsewhere.example.com.");
				assertThat(ok.isEnabled()).isFalse();
				fields.get(0).setText("日本");
				assertThat(ok.isEnabled()).isTrue();
				fields.get(1).setText("soon");
				assertThat(ok.isEnabled()).isFalse();
				shell.close();
			});
			pages.press(RecordsPage.ID, "Add …");
			modal.done();
			assertThat(pages.text()).isEqualTo(ZONE);
		}
	}

	@Test
	void aPlanBeginsWithWhatIsLive() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("begin"))) {
			world.project().select();
			InventoryPart part = Windows.view(InventoryPart.ID, InventoryPart.class);
			TreeViewer viewer = (TreeViewer) part.getSite().getSelectionProvider();
			Pump.until("the domain", () -> domain(viewer).isPresent());
			Windows.page().activate(part);
			viewer.setSelection(new StructuredSelection(domain(viewer).orElseThrow()), true);
			Pump.all();
			Windows.page().getWorkbenchWindow().getService(IHandlerService.class).executeCommand("hikkoshi.ui.dns.planned-zone", null);
			Pump.until("the editor", () -> Windows.page().getActiveEditor() instanceof ZoneEditor);
			assertThat(world.project().read("zones/rehearsal.test.zone")).startsWith("; ").contains("MX\t10 old.rehearsal.test.");
			Pages pages = new Pages((ZoneEditor) Windows.page().getActiveEditor());
			pages.footer(RecordsPage.ID, "nothing is wrong");
			Windows.picture(Windows.shell(), "zone-begun");
			Windows.page().closeAllEditors(false);
		}
	}

	private static Optional<InventoryNode> domain(TreeViewer viewer) {
		return viewer.getInput() instanceof List<?> roots ? roots.stream().map(InventoryNode.class::cast).flatMap(root -> root.children().stream())
				.filter(node -> node.label().equals("rehearsal.test")).findFirst() : Optional.empty();
	}

	@Test
	void aLongZoneIsReadBesideTheWindow() throws Exception {
		StringBuilder zone = new StringBuilder("$TTL 1h\r\n");
		for (int i = 0; i < 50_000; i++) {
			zone.append("host").append(i).append(" A 192.0.2.").append(i % 250).append("\r\n");
		}
		try (Project project = Project.create()) {
			Pages pages = Pages.open(project.project(), "example.org", zone.toString());
			assertThat(pages.table().getItemCount()).isEqualTo(50_000);
			pages.table().setTopIndex(40_000);
			Pump.all();
			assertThat(pages.row(40_000).get(1)).isEqualTo("host40000");
			pages.table().selectAll();
			pages.table().deselect(7);
			pages.table().notifyListeners(SWT.Selection, new Event());
			pages.press(RecordsPage.ID, "Delete");
			pages.becomes("$TTL 1h\r\nhost7 A 192.0.2.7\r\n");
			pages.undo();
			pages.becomes(zone.toString());
		}
	}

	@Test
	void whatWouldChangeIsSaidWithItsReasonAndTheWayBack() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("changes"))) {
			Pages pages = Pages.open(world.project().project(), "rehearsal.test", "@ 300 MX 10 new\nnew 300 A 127.0.0.2\n");
			pages.press(ChangesPage.ID, "Compare with DNS");
			Tree tree = Windows.all(pages.page(ChangesPage.ID), Tree.class).getFirst();
			Pump.until("the changes", () -> tree.getItemCount() > 0 && pages.button(ChangesPage.ID, 0).isEnabled());
			TreeItem mx = Arrays.stream(tree.getItems()).filter(item -> item.getText(0).endsWith("rehearsal.test. MX")).findFirst().orElseThrow();
			assertThat(mx.getText(0)).startsWith("± ");
			assertThat(mx.getText(2)).isEqualTo("Leads to the new server from now on.");
			assertThat(Arrays.stream(mx.getItems()).map(TreeItem::getText)).contains("+ 10 new.rehearsal.test.");
			pages.footer(ChangesPage.ID, "caches may go on with what was live for up to ");
			Windows.picture(Windows.shell(), "zone-changes");
			Windows.all(pages.page(ChangesPage.ID), Combo.class).getFirst().select(1);
			pages.press(ChangesPage.ID, "Copy");
			Clipboard clipboard = new Clipboard(tree.getDisplay());
			assertThat((String) clipboard.getContents(TextTransfer.getInstance())).startsWith("zone rehearsal.test.\n").contains("update add rehearsal.test. 300 MX 10 new.rehearsal.test.");
			clipboard.dispose();
			pages.press(ChangesPage.ID, "Keep the Way Back");
			IFile kept = world.project().file("zones/rehearsal.test.rollback");
			pages.footer(ChangesPage.ID, "Kept as zones/rehearsal.test.rollback");
			assertThat(kept.readString()).startsWith("; live on ").contains("rehearsal.test.\t").contains("MX\t10 old.rehearsal.test.");
			Windows.click(Windows.find(pages.page(ChangesPage.ID), Button.class, button -> button.getText().equals("Way back")));
			Pump.until("the way back", () -> Arrays.stream(tree.getItems()).allMatch(item -> item.getText(2).equals("Back to what was live before.")));
		}
	}

	@Test
	void itIsJapaneseWhereTheWindowIs() throws Exception {
		Locale before = Locale.getDefault();
		try (Project project = Project.create()) {
			Locale.setDefault(Locale.JAPANESE);
			Pages pages = Pages.open(project.project(), "example.org", ZONE);
			pages.select(3);
			pages.footer(RecordsPage.ID, "7 行目: AAAA レコードのデータを読み取れません");
			Windows.picture(Windows.shell(), "zone-records-ja");
			assertThat(Objects.requireNonNull(pages.editor.getTitle())).isEqualTo("example.org (計画ゾーン)");
			pages.page(ChangesPage.ID);
			Windows.picture(Windows.shell(), "zone-changes-ja");
		} finally {
			Locale.setDefault(before);
		}
	}
}
