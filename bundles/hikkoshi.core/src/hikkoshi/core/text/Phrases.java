package hikkoshi.core.text;

import java.text.ChoiceFormat;
import java.text.Format;
import java.text.MessageFormat;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.probe.ProbeSet;

/// Turns ids into sentences for one locale: core's own texts, those of the leaves' probes, and those of a face (window, headless).
/// An id without words is shown as itself with its arguments: nothing is ever hidden. Safe for several threads.
///
/// `<id>.args` says how the arguments of a reason are to be read out, one kind each: `text` (as it is), `side`, `protocol`, `phase`,
/// `dns-status` and `dialect` (a token with words of its own), `time` (ISO 8601, shown in UTC), `duration` (ISO 8601), and as the last one `reason`: the
/// id of another reason whose arguments are all that follow. Without such a line all are text.
///
/// Arguments may be a server's own words and so an attempt to write over a terminal or to turn a sentence round: control and
/// direction characters are shown by their code point, and what is too long is cut.
public final class Phrases {
	/// Base names of core's own; not by class, since `format` comes after `text`.
	private static final List<String> FORMAT_TEXTS = List.of("hikkoshi.core.format.texts", "hikkoshi.core.format.roster.texts", "hikkoshi.core.compare.texts",
			"hikkoshi.core.sheet.texts", "hikkoshi.core.chart.texts", "hikkoshi.core.report.texts");
	private static final String ARGS = ".args";
	private static final String REMEDY = ".remedy";
	private static final String REASON = "reason";
	private static final int LONGEST = 2_000;

	private final Locale locale;
	private final List<ResourceBundle> sources;

	private Phrases(Locale locale, List<ResourceBundle> sources) {
		this.locale = locale;
		this.sources = List.copyOf(sources);
	}

	public static Phrases of(Locale locale, List<ProbeSet> leaves) {
		List<ResourceBundle> sources = new ArrayList<>();
		sources.add(bundle(Phrases.class, locale));
		for (String texts : FORMAT_TEXTS) {
			try {
				sources.add(bundle(texts, locale, Phrases.class.getClassLoader()));
			} catch (MissingResourceException _) {
				// core without its files' texts shows their ids
			}
		}
		leaves.forEach(leaf -> sources.add(leaf.texts(locale)));
		return new Phrases(locale, sources);
	}

	/// The file `texts.properties` (or `texts_ja.properties` …) beside a class, English where the language has none.
	public static ResourceBundle bundle(Class<?> home, Locale locale) {
		return bundle(home.getPackageName() + ".texts", locale, home.getClassLoader());
	}

	private static ResourceBundle bundle(String name, Locale locale, ClassLoader loader) {
		return ResourceBundle.getBundle(name, locale, loader,
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
		return pattern(reason.id()).map(pattern -> format(pattern, readOut(reason)))
				.orElseGet(() -> safe(reason.args().isEmpty() ? reason.id() : reason.id() + " " + reason.args()));
	}

	/// What to do about it, where there is something to say; for a reason that wraps another one, what that one says.
	public Optional<String> remedy(Reason reason) {
		return pattern(reason.id() + REMEDY).map(pattern -> format(pattern, readOut(reason))).or(() -> inner(reason).flatMap(this::remedy));
	}

	public String say(String id, Object... args) {
		return pattern(id).map(pattern -> format(pattern, args)).orElse(id);
	}

	public String outcome(Outcome outcome) {
		return say("outcome." + outcome.name().toLowerCase(Locale.ROOT));
	}

	/// The name of a fact: a key of a tree, or a column of a table.
	public String fact(String key) {
		return pattern("fact." + key).orElse(key);
	}

	/// The title of a probe.
	public String title(String probe) {
		return pattern(probe + ".title").orElse(probe);
	}

	private Optional<String> pattern(String id) {
		return sources.stream().filter(source -> source.containsKey(id)).map(source -> source.getString(id)).findFirst();
	}

	private String format(String pattern, Object[] args) {
		Object[] shown = args.clone();
		for (int i = 0; i < shown.length; i++) {
			if (shown[i] instanceof String text) {
				shown[i] = safe(text);
			}
		}
		MessageFormat message = new MessageFormat(pattern, locale);
		if (pattern.contains("choice")) {
			count(message, shown);
		}
		return message.format(shown);
	}

	/// A reason has its numbers as text; a choice (`{0,choice,1#one row|1<{0} rows}`) needs them as numbers. What is none chooses the last.
	private static void count(MessageFormat message, Object[] args) {
		Format[] formats = message.getFormatsByArgumentIndex();
		for (int i = 0; i < Math.min(args.length, formats.length); i++) {
			if (formats[i] instanceof ChoiceFormat && args[i] instanceof String text) {
				args[i] = text.matches("[0-9]{1,18}") ? Long.valueOf(text) : Long.valueOf(Long.MAX_VALUE);
			}
		}
	}

	private String[] kinds(Reason reason) {
		return pattern(reason.id() + ARGS).map(kinds -> kinds.strip().split(" +")).orElseGet(() -> new String[0]);
	}

	private Object[] readOut(Reason reason) {
		String[] kinds = kinds(reason);
		List<Object> shown = new ArrayList<>();
		for (int i = 0; i < reason.args().size(); i++) {
			String arg = reason.args().get(i);
			String kind = i < kinds.length ? kinds[i] : "text";
			if (kind.equals(REASON)) {
				shown.add(inner(reason).map(this::say).orElse(""));
				break;
			}
			shown.add(readOut(kind, arg));
		}
		return shown.toArray();
	}

	/// The reason within a reason. Its arguments are fewer than ours, so this ends.
	private Optional<Reason> inner(Reason reason) {
		int at = List.of(kinds(reason)).indexOf(REASON);
		List<String> args = reason.args();
		return at < 0 || at >= args.size() ? Optional.empty() : Optional.of(new Reason(args.get(at), args.subList(at + 1, args.size())));
	}

	private String readOut(String kind, String arg) {
		try {
			return switch (kind) {
				case "time" -> time(Instant.parse(arg));
				case "duration" -> duration(Duration.parse(arg));
				case "side", "protocol", "phase", "dns-status", "dialect" -> pattern(kind + "." + arg.toLowerCase(Locale.ROOT)).orElse(arg);
				default -> arg;
			};
		} catch (DateTimeException _) {
			return arg;
		}
	}

	private String time(Instant instant) {
		return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(locale).withZone(ZoneOffset.UTC).format(instant) + " UTC";
	}

	private String duration(Duration duration) {
		List<String> parts = new ArrayList<>();
		add(parts, "duration.days", duration.toDaysPart());
		add(parts, "duration.hours", duration.toHoursPart());
		add(parts, "duration.minutes", duration.toMinutesPart());
		if (duration.toSecondsPart() != 0 || parts.isEmpty()) {
			parts.add(say("duration.seconds", duration.toSecondsPart()));
		}
		return String.join(" ", parts);
	}

	private void add(List<String> parts, String id, long count) {
		if (count != 0) {
			parts.add(say(id, count));
		}
	}

	private static String safe(String text) {
		StringBuilder safe = new StringBuilder();
		text.codePoints().limit(LONGEST).forEach(c -> {
			if (isHarmless(c)) {
				safe.appendCodePoint(c);
			} else {
				safe.append(c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\u{%x}", c));
			}
		});
		return text.codePointCount(0, text.length()) > LONGEST ? safe + "…" : safe.toString();
	}

	private static boolean isHarmless(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> false;
			default -> true;
		};
	}
}
