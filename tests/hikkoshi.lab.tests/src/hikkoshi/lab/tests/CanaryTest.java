package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.model.Side;

/// Canaries by every route and arrivals on both sides, at the real Postfix and Dovecot: over IMAP and over POP3.
@ExtendWith(WithLab.class)
class CanaryTest {
	private static final int IMAP_USER = 1;
	private static final int POP3_USER = 2;

	private final Lab lab;

	@TempDir
	Path folder;

	CanaryTest(Lab lab) {
		this.lab = lab;
	}

	private String server(Side side, String shows) {
		String key = side.token();
		return "  %s:\n    - {key: %s, name: %s, addresses: [%s], endpoints: ['%s', 'submission:%d/tls', 'smtp:%d/starttls']}\n".formatted(key, key, lab.get(key + ".name"),
				lab.get(key + ".address"), shows.formatted(lab.port(key + (shows.startsWith("imap") ? ".imaps" : ".pop3s"))), lab.port(key + ".submissions"), lab.port(key + ".mx"));
	}

	private Headless project(String shows, int user) throws Exception {
		String yaml = "servers:\n" + server(Side.OLD, shows) + server(Side.NEW, shows) + "domains: [lab.test]\npolicy:\n  logins-per-second: 0\n";
		Headless project = Headless.project(folder.resolve("move"), lab, yaml,
				"address,old_user,new_user\n%s,%s,%s\n".formatted(lab.mailbox(user), lab.user(Side.OLD, user), lab.user(Side.NEW, user)));
		project.passwords("old," + lab.user(Side.OLD, user) + "," + lab.password(Side.OLD, user), "new," + lab.user(Side.NEW, user) + "," + lab.password(Side.NEW, user));
		return project;
	}

	private void fly(String shows, int user) throws Exception {
		Headless project = project(shows, user);
		String passwords = project.folder().resolveSibling("passwords.csv").toString();
		Headless.Ran canary = project.run("canary", "--passwords", passwords, "--wait", "60s");
		assertThat(canary.code()).as(canary.out() + canary.err()).isZero();
		assertThat(canary.out()).contains("4 canaries: 4 found, 0 not found").contains(lab.get("old.name"), lab.get("new.name"));

		Headless.Ran arrivals = project.run("arrivals", "--passwords", passwords, "--json");
		assertThat(arrivals.code()).as(arrivals.out() + arrivals.err()).isZero();
		List<String> lines = arrivals.out().lines().filter(line -> !line.contains("\"canary\":\"\"")).toList();
		assertThat(lines).hasSize(4).allMatch(line -> line.contains("\"dated\":true"));
		assertThat(lines).filteredOn(line -> line.contains("\"with\":\"ESMTPSA\"")).as("those that came by a login").hasSize(2);
		assertThat(lines).filteredOn(line -> line.contains("\"side\":\"old\"")).hasSize(2);

		Headless.Ran removed = project.run("canary", "--passwords", passwords, "--no-send", "--remove");
		assertThat(removed.code()).as(removed.out() + removed.err()).isZero();
		assertThat(removed.out()).contains("2 canaries were removed");
		Headless.Ran again = project.run("canary", "--passwords", passwords, "--no-send", "--remove");
		assertThat(again.out()).contains("No canary was there to be removed");
		assertThat(project.run("arrivals", "--passwords", passwords).code()).as("what we took out ourselves is no hole").isZero();
	}

	@Test
	void overImap() throws Exception {
		fly("imap:%d/tls", IMAP_USER);
	}

	@Test
	void overPop3() throws Exception {
		fly("pop3:%d/tls", POP3_USER);
	}
}
