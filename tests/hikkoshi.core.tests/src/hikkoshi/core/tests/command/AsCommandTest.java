package hikkoshi.core.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import hikkoshi.core.command.AsCommand;
import hikkoshi.core.command.Tool;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

class AsCommandTest {
	private static Door door(Protocol protocol, int port, Security security, String address) {
		return door(protocol, port, security, address, Authentication.PASSWORD);
	}

	private static Door door(Protocol protocol, int port, Security security, String address, Authentication authentication) {
		Endpoint endpoint = new Endpoint(protocol, port, security);
		InetAddress ip = InetAddress.ofLiteral(address);
		return new Door(new Server("mx", Side.NEW, DomainName.parse("mail.new.example"), List.of(ip), List.of(endpoint), List.of(), authentication), endpoint, ip);
	}

	private static Account account(Door door, String user) {
		return new Account(door.server(), door.endpoint(), door.address(), user, EmailAddress.parse("ann@example.org"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"imap | 993 | tls | 192.0.2.1 | openssl s_client -connect 192.0.2.1:993 -servername mail.new.example -verify_hostname mail.new.example -verify_return_error -crlf",
			"imap | 143 | starttls | 2001:db8::1 | openssl s_client -connect '[2001:db8::1]:143' -servername mail.new.example -verify_hostname mail.new.example -verify_return_error -crlf -starttls imap",
			"pop3 | 110 | starttls | 192.0.2.1 | openssl s_client -connect 192.0.2.1:110 -servername mail.new.example -verify_hostname mail.new.example -verify_return_error -crlf -starttls pop3",
			"submission | 587 | starttls | 192.0.2.1 | openssl s_client -connect 192.0.2.1:587 -servername mail.new.example -verify_hostname mail.new.example -verify_return_error -crlf -starttls smtp",
			"smtp | 25 | none | 192.0.2.1 | " })
	void openssl(String protocol, int port, String security, String address, String line) {
		Door door = door(Protocol.of(protocol).orElseThrow(), port, Security.of(security).orElseThrow(), address);
		assertThat(AsCommand.of(Tool.OPENSSL, door)).isEqualTo(Optional.ofNullable(line));
	}

	@Test
	void swaksAsksForThePasswordAndSendsNoMessage() {
		Door submission = door(Protocol.SUBMISSION, 465, Security.TLS, "2001:db8::1");
		assertThat(AsCommand.of(Tool.SWAKS, account(submission, "ann"))).contains("swaks --server '[2001:db8::1]' --port 465 --tls-on-connect --tls-sni mail.new.example "
				+ "--tls-verify --auth --auth-user=ann --auth-hide-password --protect-prompt --quit-after AUTH");
		Door relay = door(Protocol.SMTP, 25, Security.STARTTLS, "192.0.2.1");
		assertThat(AsCommand.of(Tool.SWAKS, new Presence(relay, EmailAddress.parse("o'neil@example.org"))))
				.contains("swaks --server 192.0.2.1 --port 25 --tls --tls-sni mail.new.example --tls-verify '--from=<>' '--to=o'\\''neil@example.org' --quit-after RCPT");
		assertThat(AsCommand.of(Tool.SWAKS, door(Protocol.IMAP, 993, Security.TLS, "192.0.2.1"))).isEmpty();
	}

	@Test
	void curlConnectsToTheAddressAndProvesTheName() {
		assertThat(AsCommand.of(Tool.CURL, account(door(Protocol.IMAP, 993, Security.TLS, "2001:db8::1"), "ann")))
				.contains("curl --connect-to 'mail.new.example:993:[2001:db8::1]:993' --silent --show-error --user ann --request 'STATUS INBOX (MESSAGES)' imaps://mail.new.example:993/");
		assertThat(AsCommand.of(Tool.CURL, account(door(Protocol.POP3, 110, Security.STARTTLS, "192.0.2.1"), "ann")))
				.contains("curl --connect-to mail.new.example:110:192.0.2.1:110 --ssl-reqd --silent --show-error --user ann --request STAT --head pop3://mail.new.example:110/");
		assertThat(AsCommand.of(Tool.CURL, door(Protocol.SUBMISSION, 465, Security.TLS, "192.0.2.1")))
				.contains("curl --connect-to mail.new.example:465:192.0.2.1:465 --verbose --request NOOP --head smtps://mail.new.example:465/");
	}

	@Test
	void whatAToolCannotAskIsNotMadeUp() {
		assertThat(AsCommand.of(Tool.CURL, new Presence(door(Protocol.SMTP, 25, Security.STARTTLS, "192.0.2.1"), EmailAddress.parse("ann@example.org")))).isEmpty();
		// everything behind the colon would be taken for the password
		assertThat(AsCommand.of(Tool.CURL, account(door(Protocol.IMAP, 993, Security.TLS, "192.0.2.1"), "dept:ann"))).isEmpty();
		for (Tool tool : Tool.values()) {
			assertThat(AsCommand.of(tool, account(door(Protocol.SUBMISSION, 587, Security.NONE, "192.0.2.1"), "ann"))).as("no password in the clear").isEmpty();
			assertThat(AsCommand.of(tool, door(Protocol.IMAP, 993, Security.TLS, "192.0.2.1").server())).isEmpty();
		}
	}

	@Test
	void aMasterLogsInUnderTheNameThatTheServerTakes() {
		Authentication separator = new Authentication.MasterUser("admin", new Authentication.MasterUser.Form.Separator("*"));
		assertThat(AsCommand.of(Tool.CURL, account(door(Protocol.IMAP, 993, Security.TLS, "192.0.2.1", separator), "ann"))).get().asString().contains("--user 'ann*admin'");
	}

	@Test
	void aScriptSaysWhatEachLineIsAboutAndNoTitleEndsItsComment() {
		Door door = door(Protocol.IMAP, 993, Security.TLS, "192.0.2.1");
		String script = AsCommand.script(Tool.OPENSSL, List.of(door, door.server()), _ -> "IMAP\nrm -rf / #\u001b[2J");
		assertThat(script.lines()).hasSize(2).first().asString().isEqualTo("# IMAP␣rm -rf / #␣[2J");
	}

	static List<String> hostile() {
		return List.of("plain", "o'neil", "''", "a b", "$(touch owned)", "`touch owned`", "a;b", "a&b", "a|b", "a>b", "*", "~", "~root", "a\\b", "a\"b", "#a", "!a", "-x", "--help",
				"a\nb", "a\r\nb\ttab", "\u001b[2J", "ünï", "a\u202eb", "$HOME", "%n", "=a", "a'\nb'\\c");
	}

	/// What bash makes of the line is what we meant, word for word.
	@ParameterizedTest
	@MethodSource("hostile")
	void aHostileUserIsOneWordToTheShell(String user) throws Exception {
		Account account = account(door(Protocol.SUBMISSION, 465, Security.TLS, "192.0.2.1"), user);
		Optional<String> swaks = AsCommand.of(Tool.SWAKS, account);
		assertThat(swaks.isEmpty()).as("swaks would take it for an option").isEqualTo(user.startsWith("-"));
		String line = swaks.orElseGet(() -> AsCommand.of(Tool.CURL, account).orElseThrow());
		List<String> words = words("bash", line);
		if (swaks.isPresent()) {
			assertThat(words).startsWith("swaks", "--server").contains("--auth-user=" + user).hasSize(15);
		} else {
			assertThat(words).startsWith("curl", "--connect-to").containsSequence("--user", user, "--request").hasSize(10);
		}
		assertThat(line).as("nothing that a terminal obeys").doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f\u202e]");
		if (user.chars().noneMatch(c -> c < ' ') && user.indexOf('\u202e') < 0) {
			assertThat(words("sh", line)).isEqualTo(words);
		}
	}

	private static List<String> words(String shell, String line) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(shell, "-c", "swaks() { printf '%s\\0' swaks \"$@\"; }\ncurl() { printf '%s\\0' curl \"$@\"; }\n" + line).redirectErrorStream(true).start();
		String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(out).isZero();
		return List.of(out.substring(0, out.length() - 1).split("\0", -1));
	}
}
