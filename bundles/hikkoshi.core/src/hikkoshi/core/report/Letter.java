package hikkoshi.core.report;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.document.Plain;
import hikkoshi.core.model.EmailAddress;

/// Words for one person, as a mail (RFC 5322, RFC 2045). What a hostile server said in it stands in the body only, encoded: it can neither end a header nor the
/// message.
///
/// @param id of the message, without brackets and domain
public record Letter(EmailAddress from, EmailAddress to, String subject, String text, Instant at, String id) {
	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);
	private static final int LINE = 76;
	/// Octets of a piece of the subject: with its frame no longer than 75 characters (RFC 2047, 2).
	private static final int PIECE = 42;
	private static final byte[] CRLF = {'\r', '\n'};

	/// Lines with CRLF, without the dots that SMTP adds.
	public byte[] bytes() {
		String body = Base64.getMimeEncoder(LINE, CRLF).encodeToString((lines(text) + "\r\n").getBytes(StandardCharsets.UTF_8));
		return String.join("\r\n", "Date: " + DATE.format(at.atOffset(ZoneOffset.UTC)), "From: <" + from + ">", "To: <" + to + ">", "Subject: " + encoded(Plain.of(subject)),
				"Message-ID: <" + id + "@" + from.domain() + ">", "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All", "MIME-Version: 1.0",
				"Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "", body, "").getBytes(StandardCharsets.UTF_8);
	}

	private static String lines(String text) {
		return text.lines().map(Plain::of).reduce((one, other) -> one + "\r\n" + other).orElse("");
	}

	/// Whole characters in each piece (RFC 2047, 5).
	private static String encoded(String text) {
		List<String> pieces = new ArrayList<>();
		StringBuilder piece = new StringBuilder();
		for (int c : text.codePoints().toArray()) {
			String next = Character.toString(c);
			if ((piece + next).getBytes(StandardCharsets.UTF_8).length > PIECE) {
				pieces.add(piece.toString());
				piece.setLength(0);
			}
			piece.append(next);
		}
		pieces.add(piece.toString());
		return pieces.stream().map(each -> "=?utf-8?B?" + Base64.getEncoder().encodeToString(each.getBytes(StandardCharsets.UTF_8)) + "?=").reduce((one, other) -> one + "\r\n " + other)
				.orElse("");
	}
}
