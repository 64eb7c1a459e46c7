package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.ServerEdits;
import hikkoshi.core.format.ServerEdits.Move;
import hikkoshi.core.format.ServerEdits.Place;
import hikkoshi.core.format.ServerUrl;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

/// What a person does with servers, and what the file looks like afterwards.
class ServerEditsTest {
	private static final String TEXT = """
			name: Example
			servers:
			  old:
			    # the box in the cellar
			    - key: cellar   # bought 2009
			      name: cellar.example
			      # its addresses
			      addresses: ["192.0.2.1"]
			      endpoints: [imap:993/tls]
			    # the other one
			    - key: attic
			      name: attic.example
			      addresses: ["192.0.2.3"]
			      endpoints:
			        - imap:993/tls   # only this
			  new:
			      # rented
			      - key: cloud
			        name: cloud.example
			        addresses: ["192.0.2.2"]
			        endpoints: [imap:993/tls]
			domains:
			  # the shop
			  - {name: example.org, old: cellar, new: cloud}
			  - name: example.com   # dot com
			    old: attic
			""";

	private static YamlDocument yaml(String text) {
		return YamlDocument.parse(text, "x").value().orElseThrow();
	}

	private static String edited(String text, Function<YamlDocument, List<TextEdit>> edit) {
		return TextEdit.apply(text, edit.apply(yaml(text)));
	}

	private static List<String> keys(String text, Side side) {
		return MigrationYaml.parse(text, "x").value().orElseThrow().migration().servers().stream().filter(server -> server.side() == side)
				.map(Server::key).toList();
	}

	private static long errors(String text) {
		return MigrationYaml.parse(text, "x").faults().stream().filter(fault -> fault.severity() == Fault.Severity.ERROR).count();
	}

	@Test
	void aMovedServerTakesItsCommentsAlong() {
		String text = TEXT.replace("    old: attic\n", "    old: cellar\n    new: cloud\n");
		Move move = ServerEdits.move(yaml(text), new Place(Side.OLD, 1));
		assertThat(move).isInstanceOf(Move.Fine.class);
		String moved = TextEdit.apply(text, ((Move.Fine) move).edits());
		assertThat(moved).contains("""
			        endpoints: [imap:993/tls]
			      # the other one
			      - key: attic
			        name: attic.example
			        addresses: ["192.0.2.3"]
			        endpoints:
			          - imap:993/tls   # only this
			domains:
			""");
		assertThat(keys(moved, Side.OLD)).containsExactly("cellar");
		assertThat(keys(moved, Side.NEW)).containsExactly("cloud", "attic");
		assertThat(errors(moved)).isZero();
	}

	@Test
	void aMoveThatBreaksDomainsIsOfferedWithThemAdapted() {
		Move move = ServerEdits.move(yaml(TEXT), new Place(Side.OLD, 0));
		assertThat(move).isInstanceOf(Move.Breaks.class);
		Move.Breaks breaks = (Move.Breaks) move;
		assertThat(breaks.reason().id()).isEqualTo("server.move-named");
		assertThat(breaks.reason().args()).containsExactly("cellar", "old", "1", "attic");
		String moved = TextEdit.apply(TEXT, breaks.adapted());
		assertThat(moved).contains("{name: example.org, old: attic, new: cloud}").contains("new: cloud\n").contains("# the shop").contains("# dot com")
				.contains("# the box in the cellar").contains("# bought 2009");
		assertThat(keys(moved, Side.NEW)).containsExactly("cloud", "cellar");
		assertThat(errors(TEXT)).isZero();
		assertThat(errors(moved)).as(moved).isZero();
	}

	@Test
	void aDomainThatNeedNotSayItsServerDoesWhenThereAreTwo() {
		String text = TEXT.replace("old: cellar, new: cloud", "old: attic").replace("    old: attic\n", "    old: attic\n");
		Move move = ServerEdits.move(yaml(text), new Place(Side.OLD, 0));
		assertThat(move).isInstanceOf(Move.Breaks.class);
		assertThat(((Move.Breaks) move).reason().args()).containsExactly("cellar", "new", "2", "cloud");
		assertThat(errors(TextEdit.apply(text, ((Move.Breaks) move).adapted()))).isZero();
	}

	@Test
	void theOnlyServerOfASideStaysWhileDomainsNeedIt() {
		Move move = ServerEdits.move(yaml(TEXT), new Place(Side.NEW, 0));
		assertThat(move).isInstanceOf(Move.Refused.class);
		assertThat(((Move.Refused) move).reason().id()).isEqualTo("server.move-last");
		assertThat(ServerEdits.move(yaml(TEXT), new Place(Side.NEW, 7))).isInstanceOf(Move.Refused.class);
	}

	@Test
	void theOnlyServerMovesWhenNobodyNeedsIt() {
		String text = "servers:\n  old: # none yet\n  new:\n    - key: a   # here\n      name: a.example\nname: x\n";
		Move move = ServerEdits.move(yaml(text), new Place(Side.NEW, 0));
		assertThat(TextEdit.apply(text, ((Move.Fine) move).edits()))
				.isEqualTo("servers:\n  old: # none yet\n    - key: a   # here\n      name: a.example\n  new: []\nname: x\n");
	}

	@ParameterizedTest
	@ValueSource(strings = {"servers: {old: [{key: a, name: a.example}, {key: b, name: b.example}], new: [{key: c, name: c.example}]}\n",
		"servers:\n  old:\n    - key: a\n      name: a.example\n    - key: b\n      name: b.example\n  new: [{key: c, name: c.example}]\n",
		"servers:\n  old: [{key: a, name: a.example}, {key: b, name: b.example}]\n  new:\n  - key: c\n    name: c.example",
		"servers:\r\n  old:\r\n  - key: a\r\n    name: a.example\r\n  - key: b\r\n    name: b.example\r\n  new:\r\n    -   key: c\r\n        name: c.example\r\n",
		"servers:\n  new:\n    - key: c\n      name: c.example\n  old:\n    - key: a\n      name: a.example\n    - key: b\n      name: b.example"})
	void anyLayoutSaysTheSameAfterwards(String text) {
		String moved = edited(text, y -> YamlEdit.move(y, YamlPath.of("servers", "old", 0), YamlPath.of("servers", "new")));
		assertThat(keys(moved, Side.OLD)).as(moved).containsExactly("b");
		assertThat(keys(moved, Side.NEW)).as(moved).containsExactly("c", "a");
		assertThat(moved.contains("\r\n")).isEqualTo(text.contains("\r\n"));
		assertThat(moved.replace("\r\n", "").contains("\r")).isFalse();
	}

	@Test
	void aRenamedServerIsRenamedInDomains() {
		String renamed = edited(TEXT, y -> ServerEdits.rename(y, new Place(Side.OLD, 1), "loft"));
		assertThat(renamed).isEqualTo(TEXT.replace("key: attic", "key: loft").replace("old: attic", "old: loft"));
		assertThat(ServerEdits.references(yaml(TEXT), new Place(Side.OLD, 1))).isEqualTo(1);
		assertThat(ServerEdits.find(yaml(TEXT), Side.OLD, "attic")).contains(new Place(Side.OLD, 1));
	}

	@Test
	void pastedServersGetKeysOfTheirOwn() {
		List<ServerUrl> servers = ((ServerUrl.Pasted.Servers) ServerUrl.parse("imaps://cloud.example.org?ip=192.0.2.9&ip=2001:db8::9\nsmtp://cloud.example.org"
				+ "\nimaps://x.example")).servers();
		String pasted = edited(TEXT, y -> ServerEdits.paste(y, Side.NEW, servers));
		assertThat(keys(pasted, Side.NEW)).containsExactly("cloud", "cloud-2", "x");
		Server server = MigrationYaml.parse(pasted, "x").value().orElseThrow().migration().server("cloud-2").orElseThrow();
		assertThat(ServerUrl.of(server)).isEqualTo(servers.getFirst());
		assertThat(pasted).contains("# rented").contains("# the shop");
	}

	@Test
	void domainsAreAssignedToAWave() {
		String text = "domains:\n  - example.org   # short\n  - {name: example.com, wave: first}\n  - name: example.net # long\n";
		String assigned = edited(text, y -> ServerEdits.assign(y, List.of(0, 1, 2), "second"));
		assertThat(MigrationYaml.parse(assigned, "x").value().orElseThrow().document().at(YamlPath.of("domains", 0, "wave"))).isPresent();
		assertThat(assigned).contains("# short").contains("# long").contains("{name: example.com, wave: second}");
		String waves = "waves:\n  - key: first\n" + assigned;
		assertThat(edited(waves.replace("second", "first"), y -> ServerEdits.renameWave(y, 0, "early"))).contains("key: early").doesNotContain("first");
		assertThat(edited(text, y -> ServerEdits.setInDomain(y, 1, "wave", ""))).contains("{name: example.com}");
	}
}
