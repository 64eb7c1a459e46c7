package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.lab.tests.Headless.Ran;

/// `hikkoshi compare` from a server that takes access tokens and a master to one that takes neither.
@ExtendWith(WithLab.class)
class CompareCommandTest {
	private final Lab lab;

	@TempDir
	Path folder;

	CompareCommandTest(Lab lab) throws Exception {
		this.lab = lab.with("mail");
	}

	private String doors(String key) {
		return "'imap:%d/tls', 'pop3:%d/starttls', 'submission:%d/starttls', 'smtp:%d/starttls'".formatted(lab.port(key + ".imaps"), lab.port(key + ".pop3"),
				lab.port(key + ".submission"), lab.port(key + ".mx"));
	}

	@Test
	void whatTheNewServerLacks() throws Exception {
		String yaml = """
				servers:
				  old:
				    - {key: login, name: login.lab.test, addresses: [%s], endpoints: [%s], auth: {method: master, user: admin, form: authzid}}
				  new:
				    - {key: new, name: new.lab.test, addresses: [%s], endpoints: [%s]}
				domains: [lab.test]
				""".formatted(lab.get("login.address"), doors("login"), lab.get("new.address"), doors("new"));
		Headless project = Headless.project(folder.resolve("move"), lab, yaml, "address\nu1@lab.test\n");
		Ran ran = project.run("compare", "--passwords", project.passwords("login,admin,secret-master", "new,u1@lab.test,secret-new-1").toString());
		assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(1);
		assertThat(ran.out()).contains("Looked at behind the login: u1@lab.test on login, u1@lab.test on new").contains(" 0 not known").doesNotContain("secret-");
		List<String> warnings = ran.out().lines().filter(line -> line.strip().startsWith("mind this  ")).map(line -> line.strip().split(" {2,}"))
				.map(cells -> cells[1] + " " + cells[2] + " " + cells[3] + "/" + cells[4]).filter(row -> !row.startsWith("Connection ")).toList();
		assertThat(warnings).containsExactlyInAnyOrder("IMAP AUTH=OAUTHBEARER yes/no", "IMAP AUTH=XOAUTH2 yes/no", "POP3 AUTH=OAUTHBEARER yes/no",
				"POP3 AUTH=XOAUTH2 yes/no", "Submission AUTH=OAUTHBEARER yes/no", "Submission AUTH=XOAUTH2 yes/no");
	}
}
