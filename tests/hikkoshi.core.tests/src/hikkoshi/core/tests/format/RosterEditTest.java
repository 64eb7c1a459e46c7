package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import hikkoshi.core.format.Roster;
import hikkoshi.core.format.RosterEdit;
import hikkoshi.core.format.TextEdit;

class RosterEditTest {
	private static final String TEXT = "Note;address;tel;\"old_user\"\r\n\"two\r\nlines\"; ann@example.org ;+81;\"ann\"\r\n\r\n;bob@example.org;;bob\r\n";

	@Test
	void aCellChangesAlone() {
		assertThat(TextEdit.apply(TEXT, RosterEdit.set(TEXT, 3, "old_user", "a;b"))).isEqualTo(TEXT.replace("\"ann\"", "\"a;b\""));
		assertThat(TextEdit.apply(TEXT, RosterEdit.set(TEXT, 2, "old_user", "anna"))).as("quotes stay").isEqualTo(TEXT.replace("\"ann\"", "\"anna\""));
		assertThat(TextEdit.apply(TEXT, RosterEdit.set(TEXT, 5, "old_user", "say \"b\""))).isEqualTo(TEXT.replace(";bob\r", ";\"say \"\"b\"\"\"\r"));
		assertThat(RosterEdit.set(TEXT, 5, "old_user", "bob")).as("nothing changes").isEmpty();
		assertThat(RosterEdit.set(TEXT, 1, "old_user", "x")).as("the header is no row").isEmpty();
		assertThat(RosterEdit.set(TEXT, 99, "old_user", "x")).isEmpty();
		assertThat(RosterEdit.set(TEXT, 5, "shoe_size", "x")).isEmpty();
	}

	@Test
	void aMissingColumnIsAdded() {
		String after = TextEdit.apply(TEXT, RosterEdit.set(TEXT, 5, "new_user", "b"));
		assertThat(after).isEqualTo(
				"Note;address;tel;\"old_user\";new_user\r\n\"two\r\nlines\"; ann@example.org ;+81;\"ann\";\r\n\r\n;bob@example.org;;bob;b\r\n");
	}

	@Test
	void rowsComeAndGo() {
		String more = TextEdit.apply(TEXT, RosterEdit.append(TEXT, Map.of("address", "cid@example.org", "note", "a;b", "wave", "lost")));
		assertThat(more).isEqualTo(TEXT + "\"a;b\";cid@example.org;;\r\n");
		assertThat(TextEdit.apply(TEXT, RosterEdit.remove(TEXT, 3))).isEqualTo("Note;address;tel;\"old_user\"\r\n\r\n;bob@example.org;;bob\r\n");
		assertThat(RosterEdit.remove(TEXT, 1)).isEmpty();
		assertThat(TextEdit.apply("", RosterEdit.append("", Map.of("address", "a@example.org"))))
				.isEqualTo("address,old_user,new_user,wave,note\na@example.org,,,,\n");
		assertThat(TextEdit.apply("address\na@example.org", RosterEdit.append("address\na@example.org", Map.of("address", "b@example.org"))))
				.isEqualTo("address\na@example.org\nb@example.org\n");
		assertThat(TextEdit.apply("address\na@example.org", RosterEdit.remove("address\na@example.org", 2))).isEqualTo("address");
	}

	@Test
	void overRandomFilesOneCellChangesAndNoOther() {
		Random random = new Random(4180);
		List<String> values = List.of("", "a", "a b", "x,y", "x;y", "q\"q", "two\nlines", "日本", "\"", "tab\tx");
		for (int run = 0; run < 2_000; run++) {
			String delimiter = List.of(",", ";", "\t").get(random.nextInt(3));
			String lineBreak = random.nextBoolean() ? "\n" : "\r\n";
			StringBuilder text = new StringBuilder(String.join(delimiter, "address", "note", "other", "wave")).append(lineBreak);
			List<String> notes = new ArrayList<>();
			for (int row = 0; row < 4; row++) {
				String note = values.get(random.nextInt(values.size()));
				notes.add(note);
				text.append("u").append(row).append("@example.org").append(delimiter).append(cell(note, random)).append(delimiter)
						.append(cell(values.get(random.nextInt(values.size())), random)).append(delimiter).append(random.nextBoolean() ? "" : "\"\"")
						.append(lineBreak.repeat(1 + random.nextInt(2)));
			}
			String before = text.toString();
			List<Roster.Row> rows = Roster.parse(before).value().orElseThrow().rows();
			int row = random.nextInt(4);
			String value = values.get(random.nextInt(values.size()));
			List<TextEdit> edits = RosterEdit.set(before, rows.get(row).line(), "note", value);
			String after = TextEdit.apply(before, edits);
			notes.set(row, value);
			assertThat(Roster.parse(after).value().orElseThrow().rows()).as(after).extracting(Roster.Row::note).isEqualTo(notes);
			assertThat(edits.size()).isLessThan(2);
			edits.forEach(edit -> assertThat(after).startsWith(before.substring(0, edit.offset()))
					.endsWith(before.substring(edit.offset() + edit.length())));
		}
	}

	private static String cell(String value, Random random) {
		boolean needed = value.matches("(?s).*[,;\t\"\n].*");
		return needed || random.nextInt(3) == 0 ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
	}
}
