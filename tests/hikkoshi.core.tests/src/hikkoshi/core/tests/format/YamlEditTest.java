package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.format.YamlValue;

/// What an edit looks like to the person who reads the file afterwards.
class YamlEditTest {
	private static final String TEXT = """
			# Our move
			name: Example   # for the report

			servers:
			  old:
			    # the box in the cellar
			    - key: mx-old
			      addresses: [192.0.2.1]   # eth0
			  new: []
			domains:
			- example.org   # the shop
			# this one is last
			- name: example.com
			  wave: late
			""";

	private static String edited(Function<YamlDocument, List<TextEdit>> edit) {
		return edited(TEXT, edit);
	}

	private static String edited(String text, Function<YamlDocument, List<TextEdit>> edit) {
		return TextEdit.apply(text, edit.apply(YamlDocument.parse(text, "x").value().orElseThrow()));
	}

	@Test
	void aScalar() {
		assertThat(edited(y -> YamlEdit.set(y, YamlPath.of("name"), "A: b"))).isEqualTo(TEXT.replace("Example ", "\"A: b\" "));
		assertThat(edited(y -> YamlEdit.set(y, YamlPath.of("name"), "Example"))).isEqualTo(TEXT);
		assertThat(edited("a: 'x'", y -> YamlEdit.set(y, YamlPath.of("a"), "it's"))).isEqualTo("a: 'it''s'");
		assertThat(edited("a: \"x\"", y -> YamlEdit.set(y, YamlPath.of("a"), "y\\"))).isEqualTo("a: \"y\\\\\"");
		assertThat(edited("a: # later\nb: 1\n", y -> YamlEdit.set(y, YamlPath.of("a"), YamlValue.number(5)))).isEqualTo("a: 5 # later\nb: 1\n");
	}

	@Test
	void aKeyAndThoseOnTheWay() {
		assertThat(edited(y -> YamlEdit.set(y, YamlPath.of("servers", "old", 0, "name"), "mail.example")))
				.isEqualTo(TEXT.replace("   # eth0\n", "   # eth0\n      name: mail.example\n"));
		assertThat(edited(y -> YamlEdit.set(y, YamlPath.of("policy", "canaries"), YamlValue.number(2)))).isEqualTo(TEXT + "policy:\n  canaries: 2\n");
		assertThat(edited("# nothing yet", y -> YamlEdit.set(y, YamlPath.of("dns", "authoritative-port"), YamlValue.number(53))))
				.isEqualTo("# nothing yet\ndns:\n  authoritative-port: 53\n");
	}

	@Test
	void anItem() {
		YamlValue server = YamlValue.entries().with("key", "mx-new").with("addresses", YamlValue.texts(List.of("192.0.2.2", "2001:db8::2")));
		assertThat(edited(y -> YamlEdit.append(y, YamlPath.of("servers", "new"), server))).isEqualTo(TEXT.replace("  new: []\n", """
				  new:
				    - key: mx-new
				      addresses: [192.0.2.2, "2001:db8::2"]
				""".indent(0)));
		assertThat(edited(y -> YamlEdit.append(y, YamlPath.of("domains"), YamlValue.text("example.net")))).isEqualTo(TEXT + "- example.net\n");
		assertThat(edited(y -> YamlEdit.insert(y, YamlPath.of("domains"), 1, YamlValue.text("example.net"))))
				.isEqualTo(TEXT.replace("# the shop\n", "# the shop\n- example.net\n"));
		assertThat(edited(y -> YamlEdit.insert(y, YamlPath.of("servers", "old", 0, "addresses"), 1, YamlValue.text("::1"))))
				.isEqualTo(TEXT.replace("[192.0.2.1]", "[192.0.2.1, \"::1\"]"));
		assertThat(edited(y -> YamlEdit.set(y, YamlPath.of("servers", "old", 0, "addresses"), YamlValue.texts(List.of("192.0.2.9")))))
				.isEqualTo(TEXT.replace("192.0.2.1", "192.0.2.9"));
	}

	@Test
	void removal() {
		assertThat(edited(y -> YamlEdit.remove(y, YamlPath.of("domains", 0)))).isEqualTo(TEXT.replace("- example.org   # the shop\n", ""));
		assertThat(edited(y -> YamlEdit.remove(y, YamlPath.of("domains", 1)))).as("the comment above stays")
				.isEqualTo(TEXT.replace("- name: example.com\n  wave: late\n", ""));
		assertThat(edited(y -> YamlEdit.remove(y, YamlPath.of("domains", 1, "name")))).isEqualTo(TEXT.replace("- name: example.com\n  wave", "- wave"));
		assertThat(edited(y -> YamlEdit.remove(y, YamlPath.of("servers", "old", 0))))
				.isEqualTo(TEXT.replace("    - key: mx-old\n      addresses: [192.0.2.1]   # eth0\n", "").replace("  old:", "  old: []"));
		assertThat(edited(y -> YamlEdit.remove(y, YamlPath.of("nothing", 3)))).isEqualTo(TEXT);
	}

	@Test
	void severalChangesAreOneEdit() {
		YamlDocument yaml = YamlDocument.parse(TEXT, "x").value().orElseThrow();
		List<TextEdit> edits = YamlEdit.all(yaml, List.of(y -> YamlEdit.remove(y, YamlPath.of("domains", 0)),
				y -> YamlEdit.set(y, YamlPath.of("domains", 0, "wave"), "early")));
		assertThat(edits).hasSize(1);
		assertThat(TextEdit.apply(TEXT, edits)).isEqualTo(TEXT.replace("- example.org   # the shop\n", "").replace("late", "early"));
	}

	@Test
	void lineBreaksStayAsTheyAre() {
		assertThat(edited("a:\r\n  - x\r\n", y -> YamlEdit.append(y, YamlPath.of("a"), YamlValue.text("z")))).isEqualTo("a:\r\n  - x\r\n  - z\r\n");
	}

	@Test
	void whatAPersonShouldDoIsNotDared() {
		String text = "a: |+\n  x\nb: 1\n\nc: 2\n";
		assertThat(YamlEdit.remove(YamlDocument.parse(text, "x").value().orElseThrow(), YamlPath.of("b"))).as("the blank line would become text of a").isEmpty();
	}
}
