package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jface.preference.PreferenceDialog;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.Verdict.State;
import hikkoshi.core.watch.WatchNews;
import hikkoshi.core.watch.WatchRounds;
import hikkoshi.ui.mailbox.watch.DesktopNews;
import hikkoshi.ui.mailbox.watch.NewsPreferencePage;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Watched;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.NewsSettings;

/// Whom a watch tells: set in the preferences, shown in a corner of the screen.
class WatchNewsTest {
	@AfterEach
	void reset() throws Exception {
		NewsSettings.DEFAULT.keep();
		Windows.closeDialogs();
	}

	private static Optional<Shell> popup(String part) {
		return Arrays.stream(Display.getCurrent().getShells()).filter(shell -> !shell.isDisposed() && shell.isVisible() && shell != Windows.shell())
				.filter(shell -> Windows.all(shell, Label.class).stream().anyMatch(label -> label.getText().contains(part))).findFirst();
	}

	@Test
	void aVerdictThatTurnedIsShownInACornerOfTheScreenUnlessThatIsNotWanted() throws Exception {
		try (Watched world = Watched.create(8)) {
			List<DomainWatch> watches = new WatchRounds(world.migration(), world.migration().domains(), Map.of(), List.of(),
					Project.logs().open(world.project().project()), Clock.systemUTC()).judge();
			List<WatchNews> news = watches.stream().<WatchNews>map(watch -> new WatchNews.Turned(watch, State.RUNNING)).toList();
			DesktopNews desktop = new DesktopNews();
			desktop.told(world.project().project(), news);
			Pump.until("the news are shown", () -> popup("d0.example: nobody can tell whether propagation has ended.").isPresent());
			Shell shell = popup("d0.example").orElseThrow();
			assertThat(popup("… and 3 more")).as("not one window for each").contains(shell);
			Windows.picture(shell, "watch-news");
			shell.close();
			new NewsSettings(false, "", "", "", "").keep();
			desktop.told(world.project().project(), news);
			Pump.all();
			assertThat(popup("d0.example")).isEmpty();
		}
	}

	@Test
	void whoIsToldIsSetInThePreferencesAndNothingElseIsTaken() throws Exception {
		PreferenceDialog dialog = PreferencesUtil.createPreferenceDialogOn(Windows.shell(), "hikkoshi.ui.preferences.news", new String[] {"hikkoshi.ui.preferences.news"}, null);
		dialog.setBlockOnOpen(false);
		dialog.open();
		NewsPreferencePage page = (NewsPreferencePage) dialog.getSelectedPage();
		Composite area = (Composite) page.getControl();
		List<Text> fields = Windows.all(area, Text.class);
		fields.get(0).setText("rm -rf");
		assertThat(page.isValid()).isFalse();
		assertThat(page.getErrorMessage()).contains("no program");
		String program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		fields.get(0).setText(program);
		fields.get(1).setText("http://hooks.example/");
		assertThat(page.getErrorMessage()).contains("https://");
		fields.get(1).setText("https://hooks.example/x");
		assertThat(page.isValid()).isTrue();
		fields.get(2).setText("me@freemail.example");
		assertThat(page.getErrorMessage()).contains("the key of the account");
		fields.get(3).setText("free");
		assertThat(page.isValid()).isTrue();
		Windows.click(Windows.find(area, Button.class, button -> button.getText().startsWith("Show it")));
		Windows.picture(dialog.getShell(), "preferences-news-" + Locale.getDefault().getLanguage());
		Windows.click(Windows.find(dialog.getShell(), Button.class, button -> button.equals(dialog.getShell().getDefaultButton())));
		assertThat(NewsSettings.known()).isEqualTo(new NewsSettings(false, program, "https://hooks.example/x", "me@freemail.example", "free"));
	}
}
