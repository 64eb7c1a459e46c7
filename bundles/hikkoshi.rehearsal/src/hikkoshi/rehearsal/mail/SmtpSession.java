package hikkoshi.rehearsal.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/// One SMTP connection, as MX (RFC 5321) or for submission (RFC 6409): extensions PIPELINING, SIZE, 8BITMIME, ENHANCEDSTATUSCODES, STARTTLS, AUTH.
///
/// Delivers to accounts of this server only. Submission wants TLS, then a login, before any mail.
final class SmtpSession extends LineSession {

	private static final int MOST_RECIPIENTS = 100;
	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

	private final boolean submission;
	private @Nullable String helo;
	private boolean extended;
	private @Nullable MailAccount account;
	private @Nullable String sender;
	private final Map<String, MailStore> recipients = new LinkedHashMap<>();

	SmtpSession(Wire wire, MailServer.Host host) {
		super(wire, host);
		submission = host.service() != MailService.MX;
	}

	@Override
	String greeting() {
		return "220 " + host.name() + " ESMTP rehearsal server";
	}

	@Override
	String lastWord(End why, String words) {
		return switch (why) {
		case OVERLOADED, TOO_MANY_ERRORS -> "421 4.7.0 " + host.name() + " " + words;
		case IDLE -> "421 4.4.2 " + host.name() + " " + words;
		case TOO_LONG -> "500 5.5.2 " + words;
		};
	}

	@Override
	void execute(String line) throws IOException {
		int space = line.indexOf(' ');
		String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
		String argument = space < 0 ? "" : line.substring(space + 1).trim();
		switch (verb) {
		case "HELO", "EHLO" -> hello(verb, argument);
		case "STARTTLS" -> startTls(argument);
		case "AUTH" -> auth(argument);
		case "MAIL" -> mail(argument);
		case "RCPT" -> rcpt(argument);
		case "DATA" -> data(argument);
		case "RSET" -> {
			reset();
			wire.line("250 2.0.0 OK");
		}
		case "NOOP" -> wire.line("250 2.0.0 OK");
		case "VRFY" -> wire.line("252 2.5.0 cannot say, try to send");
		case "EXPN" -> wire.line("502 5.5.1 not here");
		case "HELP" -> wire.line("214 2.0.0 RFC 5321");
		case "QUIT" -> {
			wire.line("221 2.0.0 " + host.name() + " closing");
			done = true;
		}
		default -> error("500 5.5.1 unknown command");
		}
	}

	private void error(String answer) throws IOException {
		bad++;
		wire.line(answer);
	}

	private void hello(String verb, String argument) throws IOException {
		if (argument.isEmpty() || !argument.matches("[\\x21-\\x7e]{1,255}")) {
			error("501 5.5.4 say who you are");
			return;
		}
		reset();
		helo = argument;
		extended = verb.equals("EHLO");
		if (!extended) {
			wire.line("250 " + host.name());
			return;
		}
		List<String> lines = new ArrayList<>(List.of(host.name() + " greets " + argument, "PIPELINING", "SIZE " + host.limits().message(), "8BITMIME",
				"ENHANCEDSTATUSCODES"));
		if (!wire.secure()) {
			lines.add("STARTTLS");
		} else if (submission && account == null) {
			lines.add("AUTH PLAIN LOGIN");
		}
		for (int i = 0; i < lines.size(); i++) {
			wire.line("250" + (i == lines.size() - 1 ? " " : "-") + lines.get(i));
		}
	}

	private void startTls(String argument) throws IOException {
		if (wire.secure()) {
			error("503 5.5.1 TLS is on already");
		} else if (!argument.isEmpty()) {
			error("501 5.5.4 STARTTLS takes no argument");
		} else {
			wire.line("220 2.0.0 begin TLS");
			wire.startTls(host.tls());
			reset();
			helo = null;
		}
	}

	private void auth(String argument) throws IOException {
		if (!submission) {
			error("502 5.5.1 no logins here");
		} else if (!wire.secure()) {
			error("530 5.7.0 STARTTLS first");
		} else if (helo == null || !extended || account != null || sender != null) {
			error("503 5.5.1 not now");
		} else {
			String[] words = argument.split(" ", 2);
			switch (new Sasl(wire, host, "334 ").run(words[0], words.length < 2 ? null : words[1])) {
			case Sasl.Result.Accepted(MailAccount who) -> {
				account = who;
				wire.beIdle(host.limits().idle());
				wire.line("235 2.7.0 welcome");
			}
			case Sasl.Result.Rejected() -> error("535 5.7.8 user or password is wrong");
			case Sasl.Result.Cancelled() -> error("501 5.7.0 cancelled");
			case Sasl.Result.NotBase64() -> error("501 5.5.2 that is not base64");
			case Sasl.Result.NoSuchMechanism() -> error("504 5.5.4 no such mechanism");
			}
		}
	}

	private void mail(String argument) throws IOException {
		SmtpPath path = SmtpPath.parse("FROM:", argument);
		if (helo == null) {
			error("503 5.5.1 EHLO first");
		} else if (submission && !wire.secure()) {
			error("530 5.7.0 STARTTLS first");
		} else if (submission && account == null) {
			error("530 5.7.0 log in first");
		} else if (sender != null) {
			error("503 5.5.1 one mail at a time");
		} else if (path == null) {
			error("501 5.1.7 MAIL FROM:<address>");
		} else {
			for (Map.Entry<String, String> parameter : path.parameters().entrySet()) {
				String refusal = refusal(parameter.getKey(), parameter.getValue());
				if (refusal != null) {
					error(refusal);
					return;
				}
			}
			sender = path.address();
			wire.line("250 2.1.0 OK");
		}
	}

	private @Nullable String refusal(String name, String value) {
		return switch (name) {
		case "SIZE" -> !value.matches("[0-9]{1,18}") ? "501 5.5.4 SIZE is a number"
				: Long.parseLong(value) > host.limits().message() ? "552 5.3.4 too big" : null;
		case "BODY" -> value.equalsIgnoreCase("7BIT") || value.equalsIgnoreCase("8BITMIME") ? null : "501 5.5.4 unknown BODY";
		case "AUTH" -> submission ? null : "555 5.5.4 unknown parameter";
		default -> "555 5.5.4 unknown parameter";
		};
	}

	private void rcpt(String argument) throws IOException {
		SmtpPath path = SmtpPath.parse("TO:", argument);
		if (sender == null) {
			error("503 5.5.1 MAIL first");
		} else if (path == null || path.address().isEmpty()) {
			error("501 5.1.3 RCPT TO:<address>");
		} else if (!path.parameters().isEmpty()) {
			error("555 5.5.4 unknown parameter");
		} else if (recipients.size() >= MOST_RECIPIENTS) {
			error("452 4.5.3 too many recipients");
		} else {
			switch (host.directory().recipient(path.address())) {
			case MailDirectory.Recipient.Local(MailStore store) -> {
				recipients.put(path.address(), store);
				wire.line("250 2.1.5 OK");
			}
			case MailDirectory.Recipient.Unknown() -> error("550 5.1.1 no such mailbox here");
			case MailDirectory.Recipient.Foreign() -> error("550 5.7.1 no relaying");
			}
		}
	}

	private void data(String argument) throws IOException {
		if (!argument.isEmpty()) {
			error("501 5.5.4 DATA takes no argument");
			return;
		}
		if (recipients.isEmpty()) {
			error(sender == null ? "503 5.5.1 MAIL first" : "554 5.5.1 no valid recipients");
			return;
		}
		wire.line("354 end with a dot on a line of its own");
		byte[] message = wire.readMessage(host.limits().message());
		if (message == null) {
			error("552 5.3.4 too big");
		} else {
			wire.line("250 2.0.0 queued as " + deliver(message));
		}
		reset();
	}

	private String deliver(byte[] message) {
		String id = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
		var now = host.settings().clock().instant();
		String with = (extended ? "ESMTP" : "SMTP") + (wire.secure() ? "S" : "") + (account != null ? "A" : "");
		// RFC 5321, 4.4: FOR only with a single recipient, or each would learn of the others
		String addressee = recipients.size() == 1 ? "\r\n\tfor <" + recipients.keySet().iterator().next() + ">" : "";
		String trace = "Return-Path: <" + sender + ">\r\nReceived: from " + helo + " (" + wire.peerLiteral() + ")\r\n\tby " + host.name() + " with " + with
				+ " id " + id + addressee + ";\r\n\t" + DATE.format(now.atOffset(ZoneOffset.UTC)) + "\r\n";
		ByteArrayOutputStream whole = new ByteArrayOutputStream(message.length + trace.length());
		whole.writeBytes(trace.getBytes(StandardCharsets.ISO_8859_1));
		whole.writeBytes(message);
		// two addresses of one account get one copy
		Set.copyOf(recipients.values()).forEach(store -> store.inbox().append(whole.toByteArray(), now, Set.of()));
		return id;
	}

	private void reset() {
		sender = null;
		recipients.clear();
	}
}
