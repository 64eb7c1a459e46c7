package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import hikkoshi.core.model.Side;
import hikkoshi.testkit.Wait;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The lab itself: mail from outside arrives in the mailbox, and only where there is one.
@ExtendWith(WithLab.class)
class DeliveryTest {
	private final Lab lab;

	DeliveryTest(Lab lab) {
		this.lab = lab;
	}

	@ParameterizedTest
	@EnumSource
	void mailFromOutsideArrives(Side side) throws Exception {
		String token = "token-" + side + "-" + System.nanoTime();
		try (Socket socket = new Socket(lab.address(side.token() + ".address"), lab.port(side.token() + ".mx"));
				BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
			assertThat(reply(in)).startsWith("220 ");
			assertThat(ask(socket, in, "EHLO client.test")).startsWith("250 ");
			assertThat(ask(socket, in, "MAIL FROM:<someone@sender.test>")).startsWith("250 ");
			assertThat(ask(socket, in, "RCPT TO:<nobody@lab.test>")).startsWith("550 ");
			assertThat(ask(socket, in, "RCPT TO:<someone@elsewhere.test>")).startsWith("554 5.7.1");
			assertThat(ask(socket, in, "RCPT TO:<" + lab.mailbox(1) + ">")).startsWith("250 ");
			assertThat(ask(socket, in, "DATA")).startsWith("354 ");
			assertThat(ask(socket, in, "Subject: " + token + "\r\n\r\nhello\r\n.")).startsWith("250 ");
			assertThat(ask(socket, in, "QUIT")).startsWith("221 ");
		}
		Path maildir = Path.of(lab.get("dir"), side.token(), "mail", lab.user(side, 1), "new");
		Wait.until("the mail to arrive", () -> messages(maildir).stream().anyMatch(text -> text.contains(token)));
	}

	private static List<String> messages(Path maildir) {
		if (!Files.isDirectory(maildir)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(maildir)) {
			return files.map(DeliveryTest::read).toList();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static String ask(Socket socket, BufferedReader in, String line) throws IOException {
		socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
		return reply(in);
	}

	private static String reply(BufferedReader in) throws IOException {
		String line = in.readLine();
		while (line != null && line.length() > 3 && line.charAt(3) == '-') {
			line = in.readLine();
		}
		return String.valueOf(line);
	}
}
