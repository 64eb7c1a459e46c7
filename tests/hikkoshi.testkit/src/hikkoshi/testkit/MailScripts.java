package hikkoshi.testkit;

import static hikkoshi.testkit.Script.script;

import java.time.Duration;

import javax.net.ssl.SSLContext;

import hikkoshi.testkit.MailFault.Stage;
import hikkoshi.testkit.Script.Rules;

/// Ready scripts: each [MailFault] in each protocol, with implicit TLS or STARTTLS.
public final class MailScripts {

	private static final long GIGABYTE = 1L << 30;
	private static final Duration SLOWLY = Duration.ofMillis(50);
	/// What no base64 of a test contains, sent by an attacker who wants to be believed.
	public static final String INJECTED = "INJECTED";

	private final MailProtocol protocol;
	private final boolean implicitTls;
	private final MailFault fault;
	private final TlsKit tls;

	private MailScripts(MailProtocol protocol, boolean implicitTls, MailFault fault, TlsKit tls) {
		this.protocol = protocol;
		this.implicitTls = implicitTls;
		this.fault = fault;
		this.tls = tls;
	}

	/// Whether the fault exists in this protocol with this kind of TLS.
	public static boolean applies(MailProtocol protocol, boolean implicitTls, MailFault fault) {
		return switch (fault) {
		case PREAUTH -> protocol == MailProtocol.IMAP && !implicitTls;
		case IN_USE -> protocol != MailProtocol.SUBMISSION;
		default -> fault.stage() != Stage.STARTTLS || !implicitTls;
		};
	}

	/// @throws IllegalArgumentException if the fault does not exist there
	public static Script of(MailProtocol protocol, boolean implicitTls, MailFault fault, TlsKit tls) {
		if (!applies(protocol, implicitTls, fault)) {
			throw new IllegalArgumentException(fault + " does not exist in " + protocol);
		}
		return new MailScripts(protocol, implicitTls, fault, tls).whole();
	}

	private Script whole() {
		Script start = implicitTls ? handshake(script()) : script();
		if (fault.stage() == Stage.TLS && implicitTls && !completes()) {
			return start;
		}
		Script greeted = greeting(start);
		if (fault.stage() == Stage.CONNECT && fault != MailFault.PREAUTH && fault != MailFault.RESET_ON_CAPABILITIES) {
			return greeted;
		}
		if (implicitTls) {
			return greeted.serve(secured());
		}
		return switch (fault) {
		case STARTTLS_MISSING, STARTTLS_STRIPPED, STARTTLS_REFUSED, PREAUTH, RESET_ON_CAPABILITIES -> greeted.serve(clear(script()));
		case STARTTLS_THEN_CLEAR -> greeted.serve(clear(script())).then(greetingAgain()).serve(handshakeIgnored().plus(secured()));
		default -> {
			Script agreed = greeted.serve(clear(script()));
			Script shaken = handshake(agreed);
			yield fault.stage() == Stage.TLS && !completes() ? shaken : shaken.serve(secured());
		}
		};
	}

	/// Whether a client that does not care for certificates would get through the handshake.
	private boolean completes() {
		return switch (fault) {
		case HANDSHAKE_SILENT, HANDSHAKE_GARBAGE, HANDSHAKE_RESET -> false;
		default -> true;
		};
	}

	private Script handshake(Script before) {
		return switch (fault) {
		case HANDSHAKE_SILENT -> before.stall();
		case HANDSHAKE_GARBAGE -> before.send("this is no TLS at all, whatever you may think\r\n").stall();
		case HANDSHAKE_RESET -> before.awaitData().reset();
		default -> before.startTls(context());
		};
	}

	private SSLContext context() {
		return switch (fault) {
		case WRONG_NAME -> tls.wrongName();
		case EXPIRED -> tls.expired();
		case NOT_YET_VALID -> tls.notYetValid();
		case SELF_SIGNED -> tls.selfSigned();
		case UNKNOWN_AUTHORITY -> tls.unknownAuthority();
		default -> tls.good();
		};
	}

	private Script greeting(Script start) {
		String begin = pick("* OK ", "+OK ", "220 ");
		return switch (fault) {
		case SILENT -> start.stall();
		case DRIP -> start.drip(begin + "x".repeat(100_000), SLOWLY);
		case ENDLESS_BANNER -> start.send(begin).flood("x", GIGABYTE);
		case ENDLESS_LINES -> start.flood(pick("* OK still starting\r\n", "+OK\r\n", "220-still starting\r\n"), GIGABYTE);
		case HTTP -> start.lines("HTTP/1.1 400 Bad Request", "Server: nginx", "Content-Length: 0", "Connection: close", "").close();
		case BINARY -> start.send("\u0000\u0001\u001b[2J\u001b]0;owned\u0007\u00ff\u00fe\r\n\u009b31m\r\n").stall();
		case CLOSED_AT_ONCE -> start.close();
		case RESET_AT_ONCE -> start.reset();
		case BUSY_GREETING -> start.lines(pick("* BYE [UNAVAILABLE] Too many connections, try again later", "-ERR [SYS/TEMP] Too many connections, try again later",
				"421 4.7.0 " + tls.name() + " Too many connections, try again later")).close();
		case UNWELCOME -> start.lines(pick("* BYE Access denied", "-ERR [SYS/PERM] Access denied", "554 5.7.1 " + tls.name() + " Access denied")).close();
		case PREAUTH -> start.lines("* PREAUTH [CAPABILITY IMAP4rev1] " + tls.name() + " logged in as nobody");
		default -> start.lines(pick("* OK [CAPABILITY " + capabilities(implicitTls) + "] " + tls.name() + " ready", "+OK " + tls.name() + " ready",
				"220 " + tls.name() + " ESMTP ready"));
		};
	}

	/// In STARTTLS_THEN_CLEAR the client begins TLS; what it says then is no line, and the server answers as if nothing had happened.
	private Script greetingAgain() {
		return script().lines(pick("* OK still in clear text", "+OK still in clear text", "220 still in clear text"));
	}

	/// The bytes of a TLS handshake are no commands, though one of them may happen to be a line feed.
	private static Rules handshakeIgnored() {
		return new Rules().on("[\\x00-\\xff]*[^ -~][\\x00-\\xff]*", script());
	}

	private boolean offersStartTls() {
		return fault != MailFault.STARTTLS_MISSING && fault != MailFault.STARTTLS_STRIPPED && fault != MailFault.PREAUTH;
	}

	/// IMAP's capabilities, without or within TLS.
	private String capabilities(boolean secure) {
		if (fault == MailFault.RESET_ON_CAPABILITIES) {
			// a client that has read them here need not ask
			return "IMAP4rev1";
		}
		String start = "IMAP4rev1 SASL-IR ID";
		if (secure) {
			return start + (fault == MailFault.NO_PLAIN ? " LOGINDISABLED AUTH=GSSAPI" : " AUTH=PLAIN AUTH=LOGIN");
		}
		return start + (offersStartTls() ? " STARTTLS" : fault == MailFault.STARTTLS_STRIPPED ? " XXXXXXXX" : "") + " LOGINDISABLED";
	}

	private Rules clear(Script afterStartTls) {
		Rules rules = common(false);
		String agreed = pick("${1} OK Begin TLS negotiation now.", "+OK Begin TLS negotiation now.", "220 2.0.0 Ready to start TLS");
		String startTls = pick("(\\S+) STARTTLS", "STLS", "STARTTLS");
		if (fault == MailFault.STARTTLS_REFUSED) {
			rules.on(startTls, script().lines(pick("${1} NO TLS is broken here", "-ERR TLS is broken here", "454 4.7.0 TLS not available")));
		} else if (fault == MailFault.RESPONSE_INJECTION) {
			rules.leaveOn(startTls, script().send(agreed + "\r\n" + injection()).then(afterStartTls));
		} else if (offersStartTls()) {
			rules.leaveOn(startTls, script().lines(agreed).then(afterStartTls));
		} else {
			rules.on(startTls, script().lines(pick("${1} BAD Unknown command", "-ERR Unknown command", "500 5.5.1 Unknown command")));
		}
		// a client that logs in over clear text is the one at fault; the test looks into clearText()
		return rules.on(pick("(\\S+) (?:LOGIN|AUTHENTICATE) .*", "(?:USER|PASS|AUTH).*", "AUTH.*"),
				script().lines(pick("${1} NO [PRIVACYREQUIRED] TLS first", "-ERR TLS first", "530 5.7.0 TLS first")));
	}

	/// What a believing client would take for the answer to its next questions.
	private String injection() {
		return pick("* CAPABILITY IMAP4rev1 AUTH=" + INJECTED + "\r\n* OK " + INJECTED + "\r\n", "+OK " + INJECTED + "\r\n" + INJECTED + "\r\n.\r\n",
				"250-" + INJECTED + "\r\n250 AUTH " + INJECTED + "\r\n");
	}

	private Rules secured() {
		Rules rules = common(true);
		Script verdict = verdict();
		if (fault == MailFault.NO_PLAIN) {
			return rules.on(pick("(\\S+) (?:LOGIN|AUTHENTICATE) .*", "(?:USER|PASS|AUTH).*", "AUTH.*"),
					script().lines(pick("${1} NO Unsupported authentication mechanism", "-ERR Unsupported authentication mechanism",
							"504 5.5.4 Unrecognized authentication type")));
		}
		return switch (protocol) {
		case IMAP -> rules.on("(\\S+) AUTHENTICATE PLAIN \\S+", verdict)
				.on("(\\S+) AUTHENTICATE PLAIN", script().lines("+ ").expect(".*").then(verdict))
				.on("(\\S+) AUTHENTICATE LOGIN", script().lines("+ VXNlcm5hbWU6").expect(".*").lines("+ UGFzc3dvcmQ6").expect(".*").then(verdict))
				.on("(\\S+) LOGIN \\{(\\d+)\\+?\\}", script().lines("+ go on").expect(".*").then(verdict))
				.on("(\\S+) LOGIN .*", verdict)
				.on("(\\S+) (?:SELECT|EXAMINE) .*", script().lines("* 0 EXISTS", "* 0 RECENT", "* OK [UIDVALIDITY 1] ok", "* OK [UIDNEXT 1] ok",
						"${1} OK [READ-ONLY] done"))
				.on("(\\S+) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 0)", "${1} OK done"))
				.on("(\\S+) NAMESPACE", script().lines("* NAMESPACE ((\"\" \"/\")) NIL NIL", "${1} OK done"))
				.on("(\\S+) LIST .*", script().lines("* LIST () \"/\" INBOX", "${1} OK done"));
		case POP3 -> rules.on("USER .*", script().lines("+OK"))
				.on("PASS .*", verdict)
				.on("AUTH PLAIN \\S+", verdict)
				.on("AUTH PLAIN", script().lines("+ ").expect(".*").then(verdict))
				.on("AUTH LOGIN", script().lines("+ VXNlcm5hbWU6").expect(".*").lines("+ UGFzc3dvcmQ6").expect(".*").then(verdict))
				.on("STAT", script().lines("+OK 0 0"))
				.on("(?:LIST|UIDL)", script().lines("+OK", "."));
		case SUBMISSION -> rules.on("AUTH PLAIN \\S+", verdict)
				.on("AUTH PLAIN", script().lines("334 ").expect(".*").then(verdict))
				.on("AUTH LOGIN", script().lines("334 VXNlcm5hbWU6").expect(".*").lines("334 UGFzc3dvcmQ6").expect(".*").then(verdict))
				.on("AUTH LOGIN \\S+", script().lines("334 UGFzc3dvcmQ6").expect(".*").then(verdict));
		};
	}

	private Script verdict() {
		return switch (fault) {
		case BAD_CREDENTIALS -> says("${1} NO [AUTHENTICATIONFAILED] Authentication failed.", "-ERR [AUTH] Authentication failed.",
				"535 5.7.8 Error: authentication failed");
		case BAD_CREDENTIALS_BARE -> says("${1} NO Login failed", "-ERR Invalid user name or password", "535 Incorrect authentication data");
		case LOCKED -> says("${1} NO [CONTACTADMIN] This account is locked", "-ERR [SYS/PERM] This account is locked", "525 5.7.13 This account is disabled");
		case THROTTLED -> says("${1} NO [LIMIT] Too many login attempts, try again later", "-ERR [LOGIN-DELAY] Minimum time between mail checks not over",
				"454 4.7.0 Too many login attempts, try again later");
		case IN_USE -> says("${1} NO [INUSE] Mailbox is locked by another session", "-ERR [IN-USE] Mailbox is locked by another session", "450 4.2.1 Mailbox busy");
		case UNAVAILABLE -> says("${1} NO [UNAVAILABLE] Temporary authentication failure", "-ERR [SYS/TEMP] Temporary authentication failure",
				"454 4.3.0 Temporary authentication failure");
		case GOODBYE -> (protocol == MailProtocol.POP3 ? script() : says("* BYE Too many errors", "", "421 4.7.0 " + tls.name() + " Too many errors")).close();
		case SILENT_LOGIN -> script().stall();
		case RESET_ON_LOGIN -> script().reset();
		default -> says("${1} OK [CAPABILITY IMAP4rev1 ID NAMESPACE] Logged in", "+OK Logged in", "235 2.7.0 Authentication successful");
		};
	}

	private Script says(String imap, String pop3, String smtp) {
		return script().lines(pick(imap, pop3, smtp));
	}

	/// What every session may ask at any time.
	private Rules common(boolean secure) {
		Rules rules = new Rules();
		if (fault == MailFault.RESET_ON_CAPABILITIES) {
			return rules.on(".*", script().reset());
		}
		return switch (protocol) {
		case IMAP -> rules.on("(\\S+) CAPABILITY", script().lines("* CAPABILITY " + capabilities(secure), "${1} OK done"))
				.on("(\\S+) ID .*", script().lines("* ID (\"name\" \"Scripted\")", "${1} OK done"))
				.on("(\\S+) NOOP", script().lines("${1} OK done"))
				.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close());
		case POP3 -> rules.on("CAPA", script().lines("+OK", "TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE",
				secure ? fault == MailFault.NO_PLAIN ? "SASL GSSAPI" : "USER\r\nSASL PLAIN LOGIN"
						: offersStartTls() ? "STLS" : fault == MailFault.STARTTLS_STRIPPED ? "XXXX" : "PIPELINING",
				"."))
				.on("NOOP", script().lines("+OK"))
				.on("QUIT", script().lines("+OK bye").close());
		case SUBMISSION -> rules.on("EHLO .*", script().lines("250-" + tls.name(), "250-PIPELINING", "250-SIZE 10000000",
				secure ? fault == MailFault.NO_PLAIN ? "250-AUTH GSSAPI" : "250-AUTH PLAIN LOGIN"
						: offersStartTls() ? "250-STARTTLS" : fault == MailFault.STARTTLS_STRIPPED ? "250-XXXXXXXX" : "250-HELP",
				"250 ENHANCEDSTATUSCODES"))
				.on("(?:NOOP|RSET)", script().lines("250 2.0.0 OK"))
				.on("QUIT", script().lines("221 2.0.0 bye").close());
		};
	}

	private String pick(String imap, String pop3, String smtp) {
		return switch (protocol) {
		case IMAP -> imap;
		case POP3 -> pop3;
		case SUBMISSION -> smtp;
		};
	}
}
