package hikkoshi.core.command;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.StepTarget;
import hikkoshi.core.model.Target;

/// What is asked of a server, as a command line of another tool: at the same IP address, with the same name to be proven. Never holds a password: `curl` and
/// `swaks` ask for it. What files and servers say stands in quotes (see [ShellText]). Pure.
public final class AsCommand {
	private AsCommand() {}

	/// @return one line; empty where the tool cannot ask that, or the target is none to connect to
	public static Optional<String> of(Tool tool, Target target) {
		return switch (target) {
			case Door door -> line(tool, door, null, null);
			case Account account -> line(tool, account.door(), account, null);
			case Presence presence -> line(tool, presence.door(), null, presence.recipient());
			case Server _, Domain _, Mailbox _, Recipient _, StepTarget _, HostName _, HostPort _ -> Optional.empty();
		};
	}

	/// Several, each below a comment that says what it is about; what the tool cannot ask is left out, and so is the same line a second time: `openssl` knows
	/// no user.
	///
	/// @param titles takes what a target is called
	public static String script(Tool tool, List<? extends Target> targets, Function<Target, String> titles) {
		StringBuilder text = new StringBuilder();
		Set<String> lines = new HashSet<>();
		for (Target target : targets) {
			of(tool, target).filter(lines::add).ifPresent(line -> text.append(ShellText.comment(titles.apply(target))).append('\n').append(line).append('\n'));
		}
		return text.toString();
	}

	/// What one connects to for a target: the doors of a server, the accounts of a mailbox on both sides, an address at each relay.
	public static List<Target> targets(Target of, Migration migration) {
		return switch (of) {
			case Server server -> List.copyOf(Migration.doors(server));
			case Mailbox mailbox -> Stream.of(Side.values()).flatMap(side -> migration.accounts(mailbox, side).stream()).<Target>map(Function.identity()).toList();
			case Recipient recipient -> Stream.of(Side.values()).flatMap(side -> migration.presences(recipient.address(), side).stream()).<Target>map(Function.identity()).toList();
			case Door _, Account _, Presence _ -> List.of(of);
			case Domain _, StepTarget _, HostName _, HostPort _ -> List.of();
		};
	}

	private static Optional<String> line(Tool tool, Door door, @Nullable Account account, @Nullable EmailAddress recipient) {
		boolean isClear = door.endpoint().security() == Security.NONE;
		if (account != null && isClear) {
			// no password goes over such a door
			return Optional.empty();
		}
		List<String> words = switch (tool) {
			case OPENSSL -> isClear ? List.of() : openssl(door);
			// swaks takes a value that begins with a dash for an option, with an equals sign before it too
			case SWAKS -> isSmtp(door.endpoint().protocol()) && (account == null || !login(account).startsWith("-")) ? swaks(door, account, recipient) : List.of();
			// curl can ask for a recipient only by sending a message, and takes a colon in a user for the end of it
			case CURL -> recipient != null || account != null && login(account).indexOf(':') >= 0 ? List.of() : curl(door, account);
		};
		return words.isEmpty() ? Optional.empty() : Optional.of(ShellText.line(words));
	}

	private static boolean isSmtp(Protocol protocol) {
		return protocol == Protocol.SUBMISSION || protocol == Protocol.SMTP;
	}

	/// `-verify_return_error` ends it where the certificate does not prove the name; `-crlf` since the protocols want it and a keyboard does not say it.
	private static List<String> openssl(Door door) {
		List<String> words = new ArrayList<>(List.of("openssl", "s_client", "-connect", host(door.address()) + ":" + door.endpoint().port(), "-servername", name(door),
				"-verify_hostname", name(door), "-verify_return_error", "-crlf"));
		if (door.endpoint().security() == Security.STARTTLS) {
			words.addAll(List.of("-starttls", switch (door.endpoint().protocol()) {
				case IMAP -> "imap";
				case POP3 -> "pop3";
				case SUBMISSION, SMTP -> "smtp";
			}));
		}
		return words;
	}

	/// `--tls-verify` proves the chain; swaks has no option for the name that its older versions know too. Stops after RCPT, before any message: nothing is sent. Without a recipient already after the login or the greeting.
	private static List<String> swaks(Door door, @Nullable Account account, @Nullable EmailAddress recipient) {
		List<String> words = new ArrayList<>(List.of("swaks", "--server", door.address() instanceof Inet6Address ? "[" + IpText.of(door.address()) + "]" : IpText.of(door.address()),
				"--port", String.valueOf(door.endpoint().port())));
		switch (door.endpoint().security()) {
			case TLS -> words.addAll(List.of("--tls-on-connect"));
			case STARTTLS -> words.addAll(List.of("--tls"));
			case NONE -> {
				// in the clear, as the files have it
			}
		}
		if (door.endpoint().security() != Security.NONE) {
			words.addAll(List.of("--tls-sni", name(door), "--tls-verify"));
		}
		if (account != null) {
			words.addAll(List.of("--auth", "--auth-user=" + login(account), "--auth-hide-password", "--protect-prompt"));
		}
		if (recipient != null) {
			words.addAll(List.of("--from=<>", "--to=" + recipient, "--quit-after", "RCPT"));
		} else {
			words.addAll(List.of("--quit-after", account != null ? "AUTH" : "EHLO"));
		}
		return words;
	}

	/// Where a user is named alone curl asks for the password. What it says of a login holds the password, so it is told to say nothing then.
	private static List<String> curl(Door door, @Nullable Account account) {
		Endpoint endpoint = door.endpoint();
		List<String> words = new ArrayList<>(List.of("curl", "--connect-to",
				name(door) + ":" + endpoint.port() + ":" + host(door.address()) + ":" + endpoint.port()));
		if (endpoint.security() == Security.STARTTLS) {
			words.add("--ssl-reqd");
		}
		if (account == null) {
			words.addAll(List.of("--verbose", "--request", "NOOP", "--head"));
		} else {
			words.addAll(List.of("--silent", "--show-error", "--user", login(account), "--request"));
			words.addAll(switch (endpoint.protocol()) {
				case IMAP -> List.of("STATUS INBOX (MESSAGES)");
				case POP3 -> List.of("STAT", "--head");
				case SUBMISSION, SMTP -> List.of("NOOP");
			});
		}
		words.add(scheme(endpoint) + "://" + name(door) + ":" + endpoint.port() + "/");
		return words;
	}

	private static String scheme(Endpoint endpoint) {
		String plain = switch (endpoint.protocol()) {
			case IMAP -> "imap";
			case POP3 -> "pop3";
			case SUBMISSION, SMTP -> "smtp";
		};
		return endpoint.security() == Security.TLS ? plain + "s" : plain;
	}

	/// The name on the server's side of the login, e.g. `ann*master`; with an authorization identity the tools are told the master, who then asks for another.
	private static String login(Account account) {
		return switch (account.server().authentication()) {
			case Authentication.Password _, Authentication.OAuth _ -> account.user();
			case Authentication.MasterUser(String master, Authentication.MasterUser.Form.Separator(String characters)) -> account.user() + characters + master;
			case Authentication.MasterUser(String master, Authentication.MasterUser.Form.AuthorizationId()) -> master;
		};
	}

	private static String name(Door door) {
		Server server = door.server();
		return server.name().ascii();
	}

	private static String host(InetAddress address) {
		return address instanceof Inet6Address ? "[" + IpText.of(address) + "]" : IpText.of(address);
	}
}
