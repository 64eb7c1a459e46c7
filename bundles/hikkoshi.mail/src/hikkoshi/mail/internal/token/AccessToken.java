package hikkoshi.mail.internal.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.secret.Secret;

/// An access token as one login has it. Never prints itself; close it after the login.
public final class AccessToken implements AutoCloseable {
	private static final Duration MARGIN = Duration.ofMinutes(1);
	/// Of a token that lives but a moment, so much of its life is left out.
	private static final int MARGIN_PART = 4;

	private final Secret secret;
	private final @Nullable Instant over;
	private final boolean fresh;
	private final boolean kept;

	private AccessToken(Secret secret, @Nullable Instant over, boolean fresh, boolean kept) {
		this.secret = secret;
		this.over = over;
		this.fresh = fresh;
		this.kept = kept;
	}

	/// Takes the secret over.
	///
	/// @param lifetime null when nobody said how long it is good
	static AccessToken got(Secret secret, Instant now, @Nullable Duration lifetime) {
		return new AccessToken(secret, lifetime == null ? null : now.plus(lifetime).minus(margin(lifetime)), true, true);
	}

	private static Duration margin(Duration lifetime) {
		Duration part = lifetime.dividedBy(MARGIN_PART);
		return part.compareTo(MARGIN) < 0 ? part : MARGIN;
	}

	/// A copy for one login.
	///
	/// @param isFresh whether it was got for this very login
	/// @param isKept whether what it was got with will serve again
	AccessToken copy(boolean isFresh, boolean isKept) {
		char[] characters = secret.reveal();
		try {
			return new AccessToken(Secret.of(characters), over, isFresh, isKept);
		} finally {
			Arrays.fill(characters, '\0');
		}
	}

	boolean isOver(Instant now) {
		return over != null && !now.isBefore(over);
	}

	boolean sameAs(AccessToken other) {
		return secret.sameAs(other.secret);
	}

	boolean isFresh() {
		return fresh;
	}

	/// The token's own; who keeps it copies it.
	public Secret secret() {
		return secret;
	}

	/// False when the refresh token was exchanged for another one that could not be kept.
	public boolean isKept() {
		return kept;
	}

	@Override
	public void close() {
		secret.close();
	}

	@Override
	public String toString() {
		return "AccessToken[masked]";
	}
}
