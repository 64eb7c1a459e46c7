package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.model.Side;
import hikkoshi.lab.tests.Headless.Ran;

/// The headless commands on a move from Dovecot to another kind of server: Cyrus, which names its folders, numbers its messages, tells its limits and
/// locks its mailboxes in ways of its own.
@ExtendWith(WithLab.class)
class CyrusTest {
	private static final int IMAP_USER = 1;
	private static final int POP3_USER = 2;
	private static final int PROBED_USER = 3;
	private static final int WATCHED_USER = 4;

	private final Lab lab;

	@TempDir
	Path folder;

	CyrusTest(Lab lab) throws Exception {
		this.lab = lab.with("cyrus");
	}

	/// @param shows the doors where mail is read, with the port of the server's for `%s.imaps` and the like
	private Headless project(int user, String... shows) throws Exception {
		String yaml = "servers:\n  old:\n    - " + server("old", shows) + "  new:\n    - " + server("cyrus", shows) + "domains: [lab.test]\npolicy:\n  logins-per-second: 0\n";
		String old = lab.user(Side.OLD, user);
		String fresh = lab.get("cyrus.user").replace("%d", String.valueOf(user));
		Headless project = Headless.project(folder.resolve("move"), lab, yaml, "address,old_user,new_user\n%s,%s,%s\n".formatted(lab.mailbox(user), old, fresh));
		project.passwords("old," + old + "," + lab.password(Side.OLD, user), "cyrus," + fresh + "," + lab.get("cyrus.password").replace("%d", String.valueOf(user)));
		return project;
	}

	private String server(String key, String... shows) {
		StringBuilder doors = new StringBuilder();
		for (String door : shows) {
			doors.append("'").append(door.split("\\.")[0].replaceFirst("s$", "")).append(':').append(lab.port(key + "." + door)).append(door.endsWith("s") ? "/tls" : "/starttls")
					.append("', ");
		}
		return "{key: %s, name: %s, addresses: [%s], endpoints: [%s'submission:%d/tls', 'smtp:%d/starttls']}\n".formatted(key, lab.get(key + ".name"), lab.get(key + ".address"), doors,
				lab.port(key + ".submissions"), lab.port(key + ".mx"));
	}

	private static Ran fine(Headless project, String command, String... arguments) {
		Ran ran = project.run(command, arguments);
		assertThat(ran.code()).as(command + ": " + ran.out() + ran.err()).isZero();
		assertThat(ran.out() + ran.err()).doesNotContain("secret-");
		return ran;
	}

	private static String passwords(Headless project) {
		return project.folder().resolveSibling("passwords.csv").toString();
	}

	@Test
	void everyDoorIsProven() throws Exception {
		Headless project = project(PROBED_USER, "imaps", "imap", "pop3s", "pop3");
		Ran probe = fine(project, "probe", "--passwords", passwords(project));
		// IMAP and POP3 with and without implicit TLS, and submission, on either side
		assertThat(probe.out()).contains("10 probes");
		Ran exist = project.run("exist", "--passwords", passwords(project));
		assertThat(exist.out()).as(exist.err()).contains("new: 1 exist, 0 missing");
	}

	@Test
	void whatDiffersIsTold() throws Exception {
		Headless project = project(PROBED_USER, "imaps", "pop3s");
		Ran compare = project.run("compare", "--passwords", passwords(project));
		assertThat(compare.code()).as(compare.out() + compare.err()).isBetween(0, 2);
		assertThat(compare.out()).contains("u3@lab.test on cyrus").contains(" 0 not known").doesNotContain("secret-");
	}

	private void fly(int user, String shows) throws Exception {
		Headless project = project(user, shows);
		Ran canary = fine(project, "canary", "--passwords", passwords(project), "--wait", "60s");
		assertThat(canary.out()).contains("4 canaries: 4 found, 0 not found").contains(lab.get("cyrus.name"));

		Ran arrivals = fine(project, "arrivals", "--passwords", passwords(project), "--json");
		List<String> lines = arrivals.out().lines().filter(line -> !line.contains("\"canary\":\"\"")).toList();
		assertThat(lines).hasSize(4).allMatch(line -> line.contains("\"dated\":true"));
		assertThat(lines).filteredOn(line -> line.contains("\"side\":\"new\"")).hasSize(2);
		assertThat(fine(project, "arrivals", "--passwords", passwords(project), "--json").out()).as("a second look finds nothing twice").isEqualTo(arrivals.out());

		Ran removed = fine(project, "canary", "--passwords", passwords(project), "--no-send", "--remove");
		assertThat(removed.out()).contains("2 canaries were removed");
		assertThat(fine(project, "canary", "--passwords", passwords(project), "--no-send", "--remove").out()).contains("No canary was there to be removed");
		fine(project, "arrivals", "--passwords", passwords(project));
	}

	@Test
	void overImap() throws Exception {
		fly(IMAP_USER, "imaps");
	}

	@Test
	void overPop3() throws Exception {
		fly(POP3_USER, "pop3s");
	}

	@Test
	void aWatchSeesWhatComesToEither() throws Exception {
		Headless project = project(WATCHED_USER, "imaps");
		project.run("watch", "--passwords", passwords(project), "--once", "--json");
		fine(project, "canary", "--passwords", passwords(project), "--wait", "60s");
		Ran watch = project.run("watch", "--passwords", passwords(project), "--once", "--json");
		assertThat(watch.code()).as(watch.out() + watch.err()).isIn(2, 3);
		assertThat(watch.out()).contains("\"domain\":\"lab.test\"");
		assertThat(fine(project, "arrivals", "--no-look", "--json").out().lines().filter(line -> line.contains("\"canary\":\"")).filter(line -> !line.contains("\"canary\":\"\"")))
				.hasSize(4);
	}
}
