package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.model.Account;
import hikkoshi.ui.mailbox.MatrixPart;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;

class MatrixPartTest {
	@TempDir
	Path folder;

	/// The view's controls, found as a person finds them.
	private record Matrix(Composite body) {
		static Matrix open() {
			Windows.view(MatrixPart.ID, MatrixPart.class);
			Table table = Windows.find(Windows.shell(), Table.class,
					one -> one.isVisible() && one.getColumnCount() > 2 && one.getColumn(0).getText().equals("Mailbox"));
			return new Matrix(table.getParent());
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

		void select(int row) {
			table().setSelection(row);
			Event event = new Event();
			event.item = table().getItem(row);
			table().notifyListeners(SWT.Selection, event);
		}

		List<String> column(String title) {
			TableColumn[] columns = table().getColumns();
			int index = Arrays.stream(columns).map(TableColumn::getText).toList().indexOf(title);
			return Arrays.stream(table().getItems()).map(item -> item.getText(index)).toList();
		}
	}

	@Test
	void theMailboxThatIsMissingStandsFirstAndSaysWhy() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("matrix"))) {
			world.probe(Account.class::isInstance);
			Windows.view(MatrixPart.ID, MatrixPart.class);
			Pump.until("the matrix is filled", () -> Windows.all(Windows.shell(), Table.class).stream()
					.anyMatch(one -> one.isVisible() && one.getItemCount() == 5 && one.getColumnCount() > 2));
			Matrix matrix = Matrix.open();
			Pump.until("one is not safe", () -> matrix.summary().equals("5 mailboxes, 1 not safe"));
			assertThat(matrix.column("Mailbox")).hasSize(5).first().isEqualTo(world.play().missingMailbox());
			assertThat(matrix.column("Old IMAP")).containsOnly("passed");
			assertThat(matrix.column("New IMAP").getFirst()).isIn("failed", "not known");
			assertThat(matrix.column("What is not safe").getFirst()).isNotEmpty();
			assertThat(matrix.column("What is not safe").subList(1, 5)).containsOnly("");
			matrix.select(0);
			assertThat(matrix.chosen()).contains(world.play().missingMailbox(), "→ ");
			Windows.picture(Windows.shell(), "matrix");

			Windows.click(Windows.all(matrix.body(), Button.class).getFirst());
			Pump.until("only the unsafe one", () -> matrix.table().getItemCount() == 1);
			Windows.click(Windows.all(matrix.body(), Button.class).getFirst());
			Windows.all(matrix.body(), Text.class).getFirst().setText("alice");
			Pump.until("only alice", () -> matrix.table().getItemCount() == 1);
			assertThat(matrix.column("Mailbox")).containsExactly("alice@rehearsal.test");
			assertThat(matrix.summary()).isEqualTo("5 mailboxes, 1 not safe, 1 shown");
			Windows.all(matrix.body(), Text.class).getFirst().setText("");

			world.play().repair();
			world.probe(Account.class::isInstance);
			Pump.until("all are safe", () -> matrix.summary().equals("5 mailboxes, 0 not safe"));
		}
	}
}
