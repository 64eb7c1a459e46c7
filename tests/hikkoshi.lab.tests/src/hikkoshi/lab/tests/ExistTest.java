package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.probe.PresenceReasons;
import hikkoshi.lab.tests.Headless.Ran;

/// `hikkoshi exist` against Postfix in each of the ways in which an MX answers for addresses.
@ExtendWith(WithLab.class)
class ExistTest {
	private static final String ROSTER = "address,old_user,kind,goes_to\nu1@lab.test,u1,,\nforgotten@lab.test,f,,\ninfo@lab.test,,alias,u1@lab.test\n"
			+ "u3@lab.test,,group,u1@lab.test u2@lab.test\n*@lab.test,,catch-all,u1@lab.test\n";
	private static final Pattern LINE = Pattern.compile("\"address\":\"([^\"]+)\".*\"new\":\\{\"state\":\"([A-Z]+)\",\"proof\":\"(\\w+)\".*?\"(?:reason|id)\":\"([a-z.-]+)\"");

	private final Lab lab;

	@TempDir
	Path folder;

	ExistTest(Lab lab) throws Exception {
		this.lab = lab.with("mail");
	}

	/// A move from the lab's old server to a server of the part.
	private Headless project(String key, String endpoints) throws Exception {
		String yaml = """
				servers:
				  old:
				    - {key: old, name: old.lab.test, addresses: [%s], endpoints: ['smtp:%d/starttls', 'imap:%d/tls']}
				  new:
				    - {key: %s, name: %s, addresses: [%s], endpoints: [%s], auth: {method: master, user: admin, separator: '*'}}
				domains: [lab.test]
				""".formatted(lab.get("old.address"), lab.port("old.mx"), lab.port("old.imaps"), key, lab.get(key + ".name"), lab.get(key + ".address"), endpoints);
		return Headless.project(folder.resolve("move"), lab, yaml, ROSTER);
	}

	private Headless mx(String key) throws Exception {
		return project(key, "'smtp:" + lab.port(key + ".mx") + "/starttls'");
	}

	/// e.g. `u1@lab.test EXISTS presence.receives`
	private static List<String> states(Ran ran) {
		assertThat(ran.err()).as(ran.out()).doesNotContain("internal");
		return ran.out().lines().map(line -> {
			Matcher found = LINE.matcher(line);
			assertThat(found.find()).as(line).isTrue();
			return found.group(1) + " " + found.group(2) + " " + found.group(4);
		}).toList();
	}

	private static String says(String address, String state, String reason) {
		return address + "@lab.test " + state + " " + reason;
	}

	@Test
	void mxThatKnowsItsUsers() throws Exception {
		Ran ran = mx("known").run("exist", "--side", "new", "--json");
		assertThat(states(ran)).containsExactlyInAnyOrder(says("u1", "EXISTS", PresenceReasons.RECEIVES), says("forgotten", "MISSING", PresenceReasons.MISSING),
				says("info", "MISSING", PresenceReasons.MISSING), says("u3", "EXISTS", PresenceReasons.RECEIVES),
				says("*", "MISSING", PresenceReasons.NO_CATCH_ALL));
		assertThat(ran.code()).isEqualTo(2);
	}

	/// What it takes proves nothing, but for a catch-all that is just what there should be.
	@Test
	void mxThatTakesEverything() throws Exception {
		Ran ran = mx("all").run("exist", "--side", "new", "--json");
		assertThat(states(ran)).containsExactlyInAnyOrder(says("u1", "UNKNOWN", PresenceReasons.ACCEPTS_ALL), says("forgotten", "UNKNOWN", PresenceReasons.ACCEPTS_ALL),
				says("info", "UNKNOWN", PresenceReasons.ACCEPTS_ALL), says("u3", "UNKNOWN", PresenceReasons.ACCEPTS_ALL),
				says("*", "EXISTS", PresenceReasons.CATCH_ALL));
		assertThat(ran.code()).isEqualTo(3);
	}

	/// The first question is put off, the second, some other day, is answered.
	@Test
	void mxThatGreylists() throws Exception {
		Headless project = mx("grey");
		assertThat(states(project.run("exist", "--side", "new", "--json"))).contains(says("u1", "UNKNOWN", PresenceReasons.GREYLISTED),
				says("u3", "UNKNOWN", PresenceReasons.GREYLISTED), says("forgotten", "MISSING", PresenceReasons.MISSING), says("*", "MISSING", PresenceReasons.NO_CATCH_ALL));
		Ran again = project.run("exist", "--side", "new", "--json");
		assertThat(states(again)).contains(says("u1", "EXISTS", PresenceReasons.RECEIVES), says("u3", "EXISTS", PresenceReasons.RECEIVES),
				says("forgotten", "MISSING", PresenceReasons.MISSING));
	}

	@Test
	void mxThatDoesNotHoldTheDomain() throws Exception {
		Ran ran = mx("relay").run("exist", "--side", "new", "--json");
		assertThat(states(ran)).hasSize(5).allMatch(line -> line.endsWith(" MISSING " + PresenceReasons.NOT_LOCAL));
		assertThat(ran.code()).isEqualTo(2);
	}

	/// A login tells where RCPT TO cannot: the master enters u1's mailbox, and not that of who has none.
	@Test
	void loginTellsWhereTheMxTakesEverything() throws Exception {
		Headless project = project("login", "'smtp:" + lab.port("login.mx") + "/starttls', 'imap:" + lab.port("login.imaps") + "/tls'");
		Ran ran = project.run("exist", "--side", "new", "--json", "--passwords", project.passwords("login,admin,secret-master").toString());
		assertThat(states(ran)).contains(says("u1", "EXISTS", "login.ok-master"), says("info", "UNKNOWN", PresenceReasons.ACCEPTS_ALL),
				says("*", "EXISTS", PresenceReasons.CATCH_ALL)).anyMatch(line -> line.startsWith("forgotten@lab.test ") && !line.contains("EXISTS"));
		assertThat(ran.out()).doesNotContain("secret-");
	}

	/// Alive on OLD and missing on NEW: the worst that a move can do.
	@Test
	void addressThatWasForgotten() throws Exception {
		String yaml = """
				servers:
				  old:
				    - {key: all, name: all.lab.test, addresses: [%s], endpoints: ['smtp:%d/starttls']}
				    - {key: login, name: login.lab.test, addresses: [%s], endpoints: ['imap:%d/tls']}
				  new:
				    - {key: known, name: known.lab.test, addresses: [%s], endpoints: ['smtp:%d/starttls']}
				domains: [{name: lab.test, old: login}]
				""".formatted(lab.get("all.address"), lab.port("all.mx"), lab.get("login.address"), lab.port("login.imaps"), lab.get("known.address"),
				lab.port("known.mx"));
		// known to the old side's Dovecot by login, and to no table of the new side's Postfix
		Headless project = Headless.project(folder.resolve("move"), lab, yaml, "address,old_user\nu1@lab.test,u1@lab.test\nextra@lab.test,extra@lab.test\n");
		Ran ran = project.run("exist", "--passwords", project.passwords("login,u1@lab.test,secret-own-1", "login,extra@lab.test,secret-own-extra").toString());
		assertThat(ran.out()).containsPattern("old exists +new MISSING +extra@lab.test").contains("Alive on the old server and missing on the new one: 1.");
		assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(2);
	}
}
