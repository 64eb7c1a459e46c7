package hikkoshi.mail.internal.token;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Authentication.OAuth.Refresh;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.secret.JsonFields;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.mail.internal.http.HttpReply;
import hikkoshi.mail.internal.http.HttpRequest;
import hikkoshi.mail.internal.wire.Doors;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;
import hikkoshi.mail.internal.wire.Words;

/// One exchange of a refresh token for an access token (RFC 6749, 6): by HTTPS to a host whose name is proven, no redirect followed, every answer
/// bounded. For one thread, but for [#hasSent].
final class TokenEndpoint {
	private static final int HTTPS = 443;
	private static final int MOST_ADDRESSES = 4;
	private static final int OK = 200;
	private static final int TOO_MANY = 429;
	private static final int SERVER_ERROR = 500;
	/// Longer than any token that a mail server takes.
	private static final int LONGEST = 32 * 1024;
	private static final String INVALID_CLIENT = "invalid_client";

	private final Refresh refresh;
	private final String host;
	private final ProbeContext context;
	private volatile boolean sent;

	TokenEndpoint(Refresh refresh, ProbeContext context) {
		this.refresh = refresh;
		this.context = context;
		host = String.valueOf(refresh.tokenEndpoint().getHost());
	}

	/// What came.
	///
	/// @param lifetime null when it was not said
	/// @param next the refresh token from now on; null when it stays
	record Granted(Secret access, @Nullable Duration lifetime, @Nullable Secret next) {}

	/// Whether the refresh token has gone out: from then on it may be worth nothing, and the answer must be waited for.
	boolean hasSent() {
		return sent;
	}

	/// @param user whose token it is, to say so
	/// @param client the client's own secret; null when it has none
	/// @throws SecretException when there is no token, with the reason
	Granted exchange(String user, Secret token, @Nullable Secret client) throws IOException, InterruptedException {
		if (client == null) {
			return read(user, ask(token, null, false));
		}
		// RFC 6749, 2.3.1: every server must take the header; some do not, and take what it says should not be used
		Answer answer = ask(token, client, true);
		return read(user, answer.error().equals(INVALID_CLIENT) ? ask(token, client, false) : answer);
	}

	/// An HTTP answer, with everything that a person may see made harmless.
	private record Answer(int status, String type, JsonFields fields, String error, String description) {}

	private Answer ask(Secret token, @Nullable Secret client, boolean header) throws IOException, InterruptedException {
		try (Words words = new Words(); Form form = new Form()) {
			hide(token, words);
			form.field("grant_type", "refresh_token").field("refresh_token", token).field("client_id", refresh.clientId());
			if (!refresh.scope().isEmpty()) {
				form.field("scope", refresh.scope());
			}
			byte[] authorization = new byte[0];
			if (client != null) {
				hide(client, words);
				if (header) {
					authorization = basic(client, words);
				} else {
					form.field("client_secret", client);
				}
			}
			try {
				return answer(ask(HttpRequest.form(form.bytes(), authorization), words), words);
			} finally {
				Arrays.fill(authorization, (byte) 0);
			}
		}
	}

	/// RFC 6749, 2.3.1: both parts are form-encoded first.
	private byte[] basic(Secret client, Words words) {
		byte[] id = Form.encoded(refresh.clientId().toCharArray());
		byte[] secret = Form.encoded(client);
		byte[] both = Arrays.copyOf(id, id.length + 1 + secret.length);
		both[id.length] = ':';
		System.arraycopy(secret, 0, both, id.length + 1, secret.length);
		byte[] text = Base64.getEncoder().encode(both);
		byte[] head = "Basic ".getBytes(StandardCharsets.US_ASCII);
		byte[] value = Arrays.copyOf(head, head.length + text.length);
		System.arraycopy(text, 0, value, head.length, text.length);
		words.hide(characters(text));
		Arrays.fill(secret, (byte) 0);
		Arrays.fill(both, (byte) 0);
		Arrays.fill(text, (byte) 0);
		return value;
	}

	private static void hide(Secret secret, Words words) {
		words.hide(secret.reveal());
		byte[] encoded = Form.encoded(secret);
		words.hide(characters(encoded));
		Arrays.fill(encoded, (byte) 0);
	}

	private static char[] characters(byte[] ascii) {
		char[] text = new char[ascii.length];
		for (int i = 0; i < ascii.length; i++) {
			text[i] = (char) ascii[i];
		}
		return text;
	}

	private HttpReply ask(HttpRequest request, Words words) throws IOException, InterruptedException {
		URI uri = refresh.tokenEndpoint();
		int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
		String path = (uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath()) + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
		String authority = port == HTTPS ? host : host + ":" + port;
		DomainName name = name();
		List<InetAddress> addresses = SystemNames.addresses(host, context.policy().connectTimeout());
		SecretException last = new SecretException(Reason.of(SecretReasons.TOKEN_NO_ADDRESS, host));
		for (InetAddress address : addresses.stream().limit(MOST_ADDRESSES).toList()) {
			Journal journal = new Journal(words);
			try (Wire wire = new Wire(Doors.of(name, address, port, Security.TLS), context, journal)) {
				wire.connect();
				wire.secure();
				sent = true;
				return request.ask(wire, journal, authority, path);
			} catch (Stop stop) {
				last = new SecretException(unanswered(stop.reason()));
				// what was sent once is not sent again
				if (sent || !List.of(Reasons.REFUSED, Reasons.CONNECT_TIMEOUT, Reasons.UNREACHABLE, Reasons.RESET).contains(stop.reason().id())) {
					throw last;
				}
			} catch (IOException e) {
				if (Thread.interrupted()) {
					throw new InterruptedException();
				}
				throw new SecretException(unanswered(Reason.of(Reasons.UNEXPECTED, e.getClass().getName(), words.keep(String.valueOf(e.getMessage())))));
			}
		}
		throw last;
	}

	private DomainName name() throws SecretException {
		try {
			return DomainName.parse(host);
		} catch (IllegalArgumentException e) {
			throw new SecretException(Reason.of(SecretReasons.TOKEN_NO_ADDRESS, host));
		}
	}

	private Reason unanswered(Reason why) {
		List<Object> args = new ArrayList<>(List.of(host, why.id()));
		args.addAll(why.args());
		return Reason.of(why.id().startsWith("tls.") ? SecretReasons.TOKEN_TLS : SecretReasons.TOKEN_UNREACHABLE, args.toArray());
	}

	private static Answer answer(HttpReply reply, Words words) {
		byte[] body = reply.body();
		Optional<JsonFields> json = JsonFields.read(new String(body, StandardCharsets.UTF_8));
		Arrays.fill(body, (byte) 0);
		JsonFields fields = json.orElse(JsonFields.NONE);
		return new Answer(reply.status(), words.keep(reply.header("content-type")), fields, words.keep(fields.text("error").orElse("")),
				words.keep(fields.text("error_description").orElse("")));
	}

	private Granted read(String user, Answer answer) throws SecretException {
		Optional<String> access = answer.fields.text("access_token").filter(TokenEndpoint::isToken);
		boolean bearer = answer.fields.text("token_type").filter(type -> !type.equalsIgnoreCase("bearer")).isEmpty();
		if (answer.status == OK && access.isPresent() && bearer) {
			Optional<String> next = answer.fields.text("refresh_token").filter(TokenEndpoint::isToken);
			return new Granted(Secret.of(access.get()), answer.fields.number("expires_in").map(Duration::ofSeconds).orElse(null),
					next.map(Secret::of).orElse(null));
		}
		throw new SecretException(refusal(user, answer));
	}

	/// RFC 6749, 5.2, and the words that Google and Microsoft have besides.
	private Reason refusal(String user, Answer answer) {
		String error = answer.error;
		if (answer.status == TOO_MANY || answer.status >= SERVER_ERROR) {
			return busy(answer);
		}
		return switch (error) {
			case "" -> Reason.of(SecretReasons.TOKEN_ANSWER, host, answer.status, answer.type);
			case "invalid_grant", "interaction_required", "login_required", "consent_required" ->
				Reason.of(SecretReasons.GRANT_REFUSED, user, error, answer.description);
			case INVALID_CLIENT, "unauthorized_client" ->
				Reason.of(SecretReasons.CLIENT_REFUSED, Words.clean(refresh.clientId()), error, answer.description);
			case "temporarily_unavailable", "server_error", "slow_down" -> busy(answer);
			default -> Reason.of(SecretReasons.TOKEN_REFUSED, host, error, answer.description);
		};
	}

	private Reason busy(Answer answer) {
		return Reason.of(SecretReasons.TOKEN_BUSY, host, answer.status, (answer.error + " " + answer.description).strip());
	}

	private static boolean isToken(String text) {
		return !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
	}
}
