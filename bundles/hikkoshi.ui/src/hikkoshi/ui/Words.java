package hikkoshi.ui;

import java.util.List;
import java.util.Locale;

import org.eclipse.ui.services.IServiceLocator;

import hikkoshi.core.text.Phrases;
import hikkoshi.workspace.ProbeSets;

/// The window's words, in the language that the workbench runs in (`-nl`).
public final class Words {
	private Words() {}

	/// The texts beside a class (`texts.properties`, `texts_ja.properties`), the shared ones of this bundle, and core's.
	public static Phrases of(Class<?> home) {
		Locale locale = Locale.getDefault();
		return Phrases.of(locale, List.of()).with(Phrases.bundle(Words.class, locale)).with(Phrases.bundle(home, locale));
	}

	/// Those, and the titles and sentences of every probe.
	public static Phrases of(Class<?> home, IServiceLocator services) {
		Locale locale = Locale.getDefault();
		return services.getService(ProbeSets.class).phrases(locale).with(Phrases.bundle(Words.class, locale))
				.with(Phrases.bundle(home, locale));
	}
}
