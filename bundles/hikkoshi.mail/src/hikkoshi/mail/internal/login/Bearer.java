package hikkoshi.mail.internal.login;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.secret.JsonFields;
import hikkoshi.mail.internal.wire.Stop;

/// OAUTHBEARER (RFC 7628) and XOAUTH2, which Google and Microsoft knew before it: an access token in place of a password. A server that refuses
/// the token says why in JSON; the client must answer before the server may refuse.
final class Bearer implements Sasl {
	/// RFC 7628, 3.1: Control-A ends each field, and the message.
	private static final String END = "\u0001";
	/// In the order in which a person would want to read them. `scope` and `schemes` say what to ask for instead.
	private static final List<String> TOLD = List.of("error", "error_description", "scope", "schemes");

	private static final List<String> OVER = List.of("400", "401", "invalid_token");

	private final boolean rfc;
	private final Credentials credentials;
	private boolean said;
	private @Nullable JsonFields error;

	/// @param name of the mechanism
	Bearer(String name, Credentials credentials) {
		rfc = name.equals("OAUTHBEARER");
		this.credentials = credentials;
	}

	@Override
	public String name() {
		return rfc ? "OAUTHBEARER" : "XOAUTH2";
	}

	@Override
	public boolean clientFirst() {
		return true;
	}

	@Override
	public byte[] next(byte[] challenge) {
		if (said) {
			error = JsonFields.read(new String(challenge, StandardCharsets.UTF_8)).orElse(JsonFields.NONE);
			return (rfc ? END : "").getBytes(StandardCharsets.US_ASCII);
		}
		said = true;
		return rfc ? credentials.around("n,a=" + Scram.saslName(credentials.user()) + "," + END + "auth=Bearer ", END + END)
				: credentials.around("user=" + credentials.user() + END + "auth=Bearer ", END + END);
	}

	/// A challenge behind the token is a refusal: what is accepted after it has not been proven.
	@Override
	public boolean done() {
		return said && error == null;
	}

	@Override
	public Stop explain(Stop refusal) {
		if (!List.of(Reasons.BAD_CREDENTIALS, Reasons.LOGIN_REFUSED).contains(refusal.reason().id())) {
			return refusal;
		}
		JsonFields told = error;
		if (told == null) {
			return new Stop(Reasons.BAD_TOKEN, "-", words(refusal));
		}
		String status = told.text("status").orElse("-");
		String rest = TOLD.stream().flatMap(key -> told.text(key).map(value -> key + "=" + value).stream()).collect(Collectors.joining(", "));
		return new Stop(Reasons.BAD_TOKEN, status, rest.isEmpty() ? words(refusal) : rest);
	}

	/// Whether a refusal may be mended by a newer token: that is what these words say of one that is over. Google has 400, Microsoft and Dovecot's
	/// XOAUTH2 have 401, OAUTHBEARER has the word of RFC 6750, 3.1.
	static boolean isOver(Reason reason) {
		return reason.id().equals(Reasons.BAD_TOKEN) && OVER.contains(reason.args().getFirst());
	}

	private static String words(Stop refusal) {
		return Optional.of(refusal.reason().args()).filter(args -> !args.isEmpty()).map(List::getLast).orElse("");
	}
}
