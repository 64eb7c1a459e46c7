package hikkoshi.core.canary;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

import hikkoshi.core.arrival.CanaryToken;

/// The text of a canary: a whole message (RFC 5322, RFC 2045) that says what it is, to machines (RFC 3834: nobody answers it) and to people in English and
/// Japanese.
public final class CanaryMessage {
	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);
	private static final int LINE = 76;
	private static final String WORDS = """
			This is a canary: a test message of a move from one mail server to another (Hikkoshi).
			It shows whether mail for this address arrives, and on which server. You need not do
			anything, and you may delete it.

			これはカナリア（メールサーバーの移行を確認するためのテストメール）です。
			このアドレス宛てのメールが届くかどうか、どちらのサーバーに届くかを確認しています。
			操作は必要ありません。削除しても問題ありません。
			""";

	private CanaryMessage() {}

	/// Lines with CRLF, none longer than 78 characters but for long addresses, without the dots that SMTP adds.
	///
	/// @param at when it sets out
	public static byte[] of(Canary canary, Instant at) {
		Base64.Encoder mime = Base64.getMimeEncoder(LINE, new byte[] {'\r', '\n'});
		String body = mime.encodeToString((WORDS + "\n" + canary.route().token() + " " + canary.token() + "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
		String message = String.join("\r\n", "Date: " + DATE.format(at.atOffset(ZoneOffset.UTC)), "From: <" + canary.from() + ">", "To: <" + canary.mailbox().address() + ">",
				"Subject: Hikkoshi canary " + canary.token(), "Message-ID: <" + canary.messageId() + ">", CanaryToken.HEADER + ": " + canary.token(),
				"Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
				"Content-Transfer-Encoding: base64", "", body, "");
		return message.getBytes(StandardCharsets.UTF_8);
	}
}
