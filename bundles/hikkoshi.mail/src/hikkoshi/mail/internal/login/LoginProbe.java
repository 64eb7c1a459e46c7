package hikkoshi.mail.internal.login;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication.MasterUser;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.mail.internal.token.AccessToken;
import hikkoshi.mail.internal.token.Tokens;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.TlsChannel;
import hikkoshi.mail.internal.wire.Wire;
import hikkoshi.mail.internal.wire.Words;

/// Proves a login at one IP address of a server: connects, proves the server's name, logs in, looks at the mailbox and leaves.
/// The facts hold the phases with their times and the masked dialogue, whatever the outcome.
public final class LoginProbe implements Probe<Account> {
	private final String id;
	private final Protocol protocol;
	private final Tokens tokens;
	private final Optional<Look> more;
	private final boolean proves;
	private final Keeper keeper;

	/// What else is looked at behind the login.
	@FunctionalInterface
	public interface Look {
		/// @param learnt takes facts, also those found before a [Stop]
		/// @return what the finding says instead of "logged in"
		Reason at(Dialogue session, Journal journal, Consumer<Tree> learnt) throws Stop, IOException, InterruptedException;
	}

	/// Who may want to go on with a session later.
	@FunctionalInterface
	public interface Keeper {
		/// @param found what it was good for
		/// @return whether it is kept: then it is the keeper's to end
		boolean keeps(Dialogue session, Reason found);
	}

	/// @param tokens where access tokens come from, the same for all logins of a leaf
	public LoginProbe(String id, Protocol protocol, Tokens tokens) {
		this(id, protocol, tokens, Optional.empty(), true, (_, _) -> false);
	}

	private LoginProbe(String id, Protocol protocol, Tokens tokens, Optional<Look> more, boolean proves, Keeper keeper) {
		this.id = id;
		this.protocol = protocol;
		this.tokens = tokens;
		this.more = more;
		this.proves = proves;
		this.keeper = keeper;
	}

	/// A login that looks at more than whether it works; asked for by its id only, since it is one login more.
	public static LoginProbe looking(String id, Protocol protocol, Tokens tokens, Look more) {
		return new LoginProbe(id, protocol, tokens, Optional.of(more), true, (_, _) -> false);
	}

	/// A login that goes straight to what is behind it: where each command counts, e.g. because a mailbox is looked into every minute.
	public static LoginProbe visiting(String id, Protocol protocol, Tokens tokens, Look look) {
		return visiting(id, protocol, tokens, look, (_, _) -> false);
	}

	/// The same, and the session may go on behind it.
	public static LoginProbe visiting(String id, Protocol protocol, Tokens tokens, Look look, Keeper keeper) {
		return new LoginProbe(id, protocol, tokens, Optional.of(look), false, keeper);
	}

	@Override
	public boolean isRoutine() {
		return more.isEmpty();
	}

	@Override
	public String id() {
		return id;
	}

	@Override
	public Class<Account> target() {
		return Account.class;
	}

	@Override
	public boolean appliesTo(Account account) {
		return account.endpoint().protocol() == protocol;
	}

	@Override
	public Finding examine(Account account, ProbeContext context) throws IOException, InterruptedException {
		return Tokens.serve(account, context) ? byToken(account, context) : bySecret(account, context);
	}

	private Finding bySecret(Account account, ProbeContext context) throws IOException, InterruptedException {
		// before the connection: a person may be asked, and no server waits for that
		Optional<Secret> secret = context.secrets().find(CredentialId.of(account));
		try {
			return ask(account, context, secret, Reason.of(Reasons.NO_SECRET, CredentialId.of(account).user(), account.server().key()));
		} finally {
			secret.ifPresent(Secret::close);
		}
	}

	private Finding byToken(Account account, ProbeContext context) throws IOException, InterruptedException {
		AccessToken got;
		try {
			got = tokens.token(account, context);
		} catch (SecretException e) {
			return ask(account, context, Optional.empty(), e.reason());
		}
		try (AccessToken token = got) {
			Finding finding = ask(account, context, token);
			if (!Bearer.isOver(finding.reason())) {
				return finding;
			}
			Optional<AccessToken> next = tokens.another(account, context, token);
			if (next.isEmpty()) {
				return finding;
			}
			try (AccessToken other = next.get()) {
				return ask(account, context, other);
			}
		}
	}

	/// A login that was paid with a refresh token which cannot be had again is not all well.
	private static Finding told(Finding finding, AccessToken token, Account account) {
		return finding.outcome() != Outcome.PASS || token.isKept() ? finding
				: new Finding(Outcome.WARN, Reason.of(SecretReasons.NOT_KEPT, account.user(), account.server().key()), finding.facts());
	}

	private Finding ask(Account account, ProbeContext context, AccessToken token) throws IOException, InterruptedException {
		return told(ask(account, context, Optional.of(token.secret()), Reason.of(Reasons.NO_SECRET, account.user(), account.server().key())), token, account);
	}

	/// @param lacking what the finding says where there is no secret and nothing else is wrong
	private Finding ask(Account account, ProbeContext context, Optional<Secret> secret, Reason lacking) throws IOException, InterruptedException {
		try (Words words = new Words()) {
			Optional<Credentials> credentials = secret.map(known -> Credentials.of(account, known, words));
			try {
				return ask(account, context, credentials, lacking, new Journal(words));
			} finally {
				credentials.ifPresent(Credentials::close);
			}
		}
	}

	private Finding ask(Account account, ProbeContext context, Optional<Credentials> credentials, Reason lacking, Journal journal)
			throws IOException, InterruptedException {
		List<Tree> learnt = new ArrayList<>();
		Reason reason = journal.concluded(() -> {
			Wire wire = new Wire(account.door(), context, journal);
			Kept kept = new Kept();
			try {
				return talk(account, wire, credentials, lacking, journal, learnt, kept);
			} finally {
				if (!kept.itIs) {
					wire.close();
				}
			}
		});
		return new Finding(Outcomes.of(reason.id()), reason,
				journal.facts("login", account.endpoint() + " " + IpText.of(account.address()) + " " + Words.clean(account.user()), learnt));
	}

	/// Whether the session is somebody else's now. For one talk.
	private static final class Kept {
		private boolean itIs;
	}

	private Reason talk(Account account, Wire wire, Optional<Credentials> credentials, Reason lacking, Journal journal, List<Tree> learnt, Kept kept)
			throws Stop, IOException, InterruptedException {
		Dialogue dialogue = Dialogue.of(protocol, wire, journal);
		dialogue.open(account.endpoint().security());
		if (account.endpoint().security() == Security.NONE) {
			dialogue.leave();
			return Reason.of(Reasons.LOGIN_CLEARTEXT);
		}
		if (credentials.isEmpty()) {
			dialogue.leave();
			return lacking;
		}
		String mechanism = dialogue.login(credentials.get());
		if (proves) {
			dialogue.prove();
		}
		Optional<Reason> saw = more.isPresent() ? Optional.of(more.get().at(dialogue, journal, learnt::add)) : Optional.empty();
		TlsChannel tls = wire.tls();
		if (tls == null) {
			throw new IllegalStateException("logged in without TLS");
		}
		kept.itIs = saw.isPresent() && keeper.keeps(dialogue, saw.get());
		if (!kept.itIs) {
			dialogue.leave();
		}
		return tls.inspection().endsSoon().or(() -> saw).orElseGet(() -> account.server().authentication() instanceof MasterUser master
				? Reason.of(Reasons.LOGIN_OK_MASTER, protocol.token(), tls.inspection().version(), mechanism, master.user())
				: Reason.of(Reasons.LOGIN_OK, protocol.token(), tls.inspection().version(), mechanism));
	}
}
