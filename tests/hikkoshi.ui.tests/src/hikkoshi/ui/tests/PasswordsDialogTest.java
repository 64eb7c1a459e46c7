package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.ui.secret.PasswordsDialog;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;

class PasswordsDialogTest {
	private static final CredentialId ANN = new CredentialId("old", "ann");
	private static final CredentialId BOB = new CredentialId("old", "bob");
	private static final CredentialId CAROL = new CredentialId("old", "carol");

	private PasswordsDialog dialog;

	@BeforeEach
	void open() {
		Server server =
				new Server("old", Side.OLD, DomainName.parse("mail.example"), List.of(InetAddress.getLoopbackAddress()), List.of(), List.of());
		Migration migration =
				new Migration("Test", List.of(server), List.of(), List.of(), List.of(), DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);
		dialog = new PasswordsDialog(Windows.shell(), migration, List.of(ANN, BOB, CAROL), true);
		dialog.setBlockOnOpen(false);
		dialog.open();
		Pump.all();
	}

	@AfterEach
	void close() {
		dialog.close();
	}

	@Test
	void onePasswordForManyAndNoneForTheRest() {
		select(0, 1);
		password("shared");
		Windows.press(shell(), "Start");
		assertThat(dialog.getReturnCode()).isEqualTo(Window.OK);
		Map<CredentialId, Secret> given = dialog.given();
		assertThat(given).containsOnlyKeys(ANN, BOB);
		assertThat(given.get(ANN).sameAs(Secret.of("shared"))).isTrue();
		assertThat(dialog.remember()).isTrue();
	}

	@Test
	void selectingOthersKeepsWhatWasGivenAndEmptiesTheField() {
		select(0);
		password("of ann");
		select(2);
		assertThat(field().getTextChars()).isEmpty();
		password("of carol");
		Windows.press(shell(), "Start");
		assertThat(dialog.given().get(ANN).sameAs(Secret.of("of ann"))).isTrue();
		assertThat(dialog.given().get(CAROL).sameAs(Secret.of("of carol"))).isTrue();
	}

	@Test
	void anEmptiedFieldTakesThePasswordBack() {
		select(0);
		password("oops");
		password("");
		Windows.press(shell(), "Start");
		assertThat(dialog.given()).isEmpty();
	}

	@Test
	void noPasswordIsEverShown() {
		select(0);
		password("visible?");
		assertThat(field().getStyle() & SWT.PASSWORD).isNotZero();
		assertThat(table().getItem(0).getText(3)).doesNotContain("visible").isNotEmpty();
	}

	@Test
	void cancelForgetsEverything() {
		select(0);
		password("secret");
		Windows.press(shell(), "Cancel");
		assertThat(dialog.getReturnCode()).isEqualTo(Window.CANCEL);
		assertThat(dialog.given()).isEmpty();
	}

	@Test
	void rememberingCanBeDeclined() {
		Windows.click(Windows.find(shell(), Button.class, button -> (button.getStyle() & SWT.CHECK) != 0));
		Windows.press(shell(), "Start");
		assertThat(dialog.remember()).isFalse();
	}

	private Shell shell() {
		return dialog.getShell();
	}

	private Table table() {
		return Windows.find(shell(), Table.class, table -> true);
	}

	private Text field() {
		return Windows.find(shell(), Text.class, text -> (text.getStyle() & SWT.PASSWORD) != 0);
	}

	private void select(int... rows) {
		table().setSelection(rows);
		table().notifyListeners(SWT.Selection, new Event());
	}

	private void password(String value) {
		field().setTextChars(value.toCharArray());
	}
}
