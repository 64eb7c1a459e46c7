package hikkoshi.mail.internal.token;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication.OAuth;
import hikkoshi.core.model.Authentication.OAuth.Refresh;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.core.secret.TokenCommand;

/// Access tokens for accounts of servers with `auth: oauth2`: from the program that a person has named, else from a refresh token. Each is got once in
/// a run and kept until it is over; why one could not be had is kept as well, so that nobody is asked again in vain.
///
/// One per leaf: no two logins, of whatever run, exchange one refresh token at the same time. Safe for several threads; blocks, and ends on
/// interrupt (see [Family#token] for the moment in which it waits for an answer that is owed).
public final class Tokens {
	private final Exclusion exclusion = new Exclusion();
	private final Duration patience;

	public Tokens() {
		this(CommandRun.LONGEST);
	}

	/// @param patience how long a program may take
	public Tokens(Duration patience) {
		this.patience = patience;
	}

	private record ProgramKey(CredentialId id, TokenCommand command) {}

	/// Whether there is anything to get a token with. Else the access token itself is what is kept, or nothing.
	public static boolean serve(Account account, ProbeContext context) {
		return account.server().authentication() instanceof OAuth(OAuth.Refresh refresh)
				&& (refresh != null || context.secrets().tokenCommand(account.server().key()).isPresent());
	}

	/// A token for one login.
	///
	/// @throws SecretException when there is none, with the reason
	public AccessToken token(Account account, ProbeContext context) throws IOException, InterruptedException {
		return token(account, context, Optional.empty());
	}

	/// Another one in place of a token that the mail server calls invalid or over. A token that had just been got is not at fault by its age, and one
	/// more login with the like of it would only count as one more failure.
	///
	/// @return empty when there is no better one
	public Optional<AccessToken> another(Account account, ProbeContext context, AccessToken refused) throws IOException, InterruptedException {
		if (refused.isFresh()) {
			return Optional.empty();
		}
		AccessToken next;
		try {
			next = token(account, context, Optional.of(refused));
		} catch (SecretException e) {
			// the server's own "no" says more than why there is nothing newer
			return Optional.empty();
		}
		if (next.sameAs(refused)) {
			next.close();
			return Optional.empty();
		}
		return Optional.of(next);
	}

	private AccessToken token(Account account, ProbeContext context, Optional<AccessToken> refused) throws IOException, InterruptedException {
		if (!(account.server().authentication() instanceof OAuth(OAuth.Refresh refresh))) {
			throw new IllegalArgumentException("no tokens at " + account.server().key());
		}
		if (refresh != null) {
			return refreshed(account, refresh, context, refused);
		}
		TokenCommand command = context.secrets().tokenCommand(account.server().key()).orElseThrow();
		Program program = context.memo().once(new ProgramKey(CredentialId.of(account), command), Program.class, () -> new Program(command, patience));
		return program.token(account, context, refused);
	}

	private AccessToken refreshed(Account account, Refresh refresh, ProbeContext context, Optional<AccessToken> refused)
			throws IOException, InterruptedException {
		CredentialId id = CredentialId.of(account);
		while (true) {
			try (Secret held = context.secrets().find(id).orElseThrow(() -> new SecretException(Reason.of(SecretReasons.NO_GRANT, account.user(),
					account.server().key(), String.valueOf(refresh.tokenEndpoint().getHost()))))) {
				Optional<AccessToken> token = Family.of(refresh, held, context, exclusion).token(account, held, context, refused);
				if (token.isPresent()) {
					return token.get();
				}
				// another run has put a new refresh token into this one's place: look again
			}
		}
	}
}
