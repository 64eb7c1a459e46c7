package hikkoshi.core.text;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.probe.ProbeSet;

/// Turns ids into sentences for one locale: core's own texts, those of the leaves' probes, and those of a face (window, headless).
/// An id without words is shown as itself with its arguments: nothing is ever hidden. Safe for several threads.
public final class Phrases {
	private final Locale locale;
	private final List<ResourceBundle> sources;

	private Phrases(Locale locale, List<ResourceBundle> sources) {
		this.locale = locale;
		this.sources = List.copyOf(sources);
	}

	public static Phrases of(Locale locale, List<ProbeSet> leaves) {
		List<ResourceBundle> sources = new ArrayList<>();
		sources.add(bundle(Phrases.class, locale));
		leaves.forEach(leaf -> sources.add(leaf.texts(locale)));
		return new Phrases(locale, sources);
	}

	/// The file `texts.properties` (or `texts_ja.properties` …) beside a class, English where the language has none.
	public static ResourceBundle bundle(Class<?> home, Locale locale) {
		return ResourceBundle.getBundle(home.getPackageName() + ".texts", locale, home.getClassLoader(),
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
	}

	/// With the words of one more source, which wins over the others.
	public Phrases with(ResourceBundle source) {
		List<ResourceBundle> more = new ArrayList<>();
		more.add(source);
		more.addAll(sources);
		return new Phrases(locale, more);
	}

	public Locale locale() {
		return locale;
	}

	public String say(Reason reason) {
		return pattern(reason.id()).map(pattern -> format(pattern, reason.args().toArray()))
				.orElseGet(() -> reason.args().isEmpty() ? reason.id() : reason.id() + " " + reason.args());
	}

	/// What to do about it, where there is something to say.
	public Optional<String> remedy(Reason reason) {
		return pattern(reason.id() + ".remedy").map(pattern -> format(pattern, reason.args().toArray()));
	}

	public String say(String id, Object... args) {
		return pattern(id).map(pattern -> format(pattern, args)).orElse(id);
	}

	public String outcome(Outcome outcome) {
		return say("outcome." + outcome.name().toLowerCase(Locale.ROOT));
	}

	/// The title of a probe.
	public String title(String probe) {
		return pattern(probe + ".title").orElse(probe);
	}

	private Optional<String> pattern(String id) {
		return sources.stream().filter(source -> source.containsKey(id)).map(source -> source.getString(id)).findFirst();
	}

	private String format(String pattern, Object[] args) {
		return new MessageFormat(pattern, locale).format(args);
	}
}
