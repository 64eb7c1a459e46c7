package hikkoshi.core.text;

import java.util.Locale;
import java.util.Optional;

import hikkoshi.core.compare.Comparison.Cell;
import hikkoshi.core.compare.Comparison.Row;

/// A comparison's rows for a person. What comes from a server is escaped.
public record ComparisonWords(Phrases words) {
	private static final String QUOTA = "quota ";
	private static final String CONTENTS = "contents";

	/// In a comparison nothing has "passed": what it says is whether somebody has to mind.
	public String outcome(Row row) {
		return words.say("compare.outcome." + row.outcome().name().toLowerCase(Locale.ROOT));
	}

	public String area(Row row) {
		return words.say("compare.area." + row.area().token());
	}

	/// A protocol's own word as it is, a name of ours in the reader's language.
	public String feature(Row row) {
		String feature = row.feature();
		if (feature.startsWith(QUOTA)) {
			return words.say("compare.feature.quota", feature.substring(QUOTA.length()));
		}
		if (feature.startsWith(CONTENTS)) {
			// the kind of row, and whose mailbox
			int space = feature.indexOf(' ');
			return words.say("compare.feature." + feature.substring(0, space), feature.substring(space + 1));
		}
		String id = "compare.feature." + feature;
		String name = words.say(id);
		return name.equals(id) || !feature.matches("[a-z-]+") ? plain(feature) : name;
	}

	/// Its value, or whether it is there.
	public String cell(Cell cell) {
		return switch (cell.state()) {
			case YES -> cell.text().isEmpty() ? words.say("compare.state.yes") : plain(cell.text());
			case PARTLY -> words.say("compare.state.partly") + (cell.text().isEmpty() ? "" : " " + plain(cell.text()));
			case NO -> words.say("compare.state.no");
			case UNKNOWN -> words.say("compare.state.unknown");
			case NONE -> "";
		};
	}

	private String plain(String text) {
		return words.say("compare.words", text);
	}

	public String consequence(Row row) {
		return words.say(row.reason());
	}

	/// What to do; nothing where nothing is wrong.
	public Optional<String> remedy(Row row) {
		return switch (row.outcome()) {
			case PASS -> Optional.empty();
			case WARN, UNKNOWN, FAIL -> words.remedy(row.reason()).or(() -> words.remedy(row.general()));
		};
	}
}
