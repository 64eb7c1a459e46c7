package hikkoshi.core.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/// The checklist that a new migration starts with: create on new → prove both → lower TTL and drain → cutover → watch → merge → retire.
public final class ChecklistTemplate {
	private ChecklistTemplate() {}

	/// The text of `cutover.checklist` in that language, English where there is none.
	public static String text(Locale locale) {
		return resource("checklist", locale);
	}

	/// A template beside this class, e.g. `checklist.template` or `checklist_ja.template`.
	static String resource(String name, Locale locale) {
		String suffix = locale.getLanguage().equals(Locale.JAPANESE.getLanguage()) ? "_ja" : "";
		try (InputStream in = Objects.requireNonNull(ChecklistTemplate.class.getResourceAsStream(name + suffix + ".template"))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
