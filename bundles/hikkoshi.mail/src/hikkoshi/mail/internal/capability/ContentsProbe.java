package hikkoshi.mail.internal.capability;

import java.io.IOException;
import java.util.OptionalLong;

import hikkoshi.core.compare.Contents;
import hikkoshi.core.compare.MessageLimit;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.mail.internal.login.ImapDialogue;
import hikkoshi.mail.internal.login.LoginProbe;
import hikkoshi.mail.internal.token.Tokens;

/// Counts what lies in a mailbox ([ImapContents]); on the old side also the messages that are longer than the new side was seen to take. A login more, and
/// some commands for each folder on servers without LIST-STATUS: asked for by its id only.
public final class ContentsProbe implements Probe<Account> {
	private final Tokens tokens;

	/// @param tokens where access tokens come from, the same for all logins of a leaf
	public ContentsProbe(Tokens tokens) {
		this.tokens = tokens;
	}

	@Override
	public String id() {
		return Contents.PROBE;
	}

	@Override
	public Class<Account> target() {
		return Account.class;
	}

	@Override
	public boolean appliesTo(Account account) {
		return account.endpoint().protocol() == Protocol.IMAP;
	}

	@Override
	public boolean isRoutine() {
		return false;
	}

	@Override
	public Finding examine(Account account, ProbeContext context) throws IOException, InterruptedException {
		OptionalLong allowed = account.server().side() == Side.OLD ? MessageLimit.of(context.servers(), Side.NEW, context.evidence()) : OptionalLong.empty();
		return LoginProbe.looking(id(), Protocol.IMAP, tokens, (session, journal, learnt) -> {
			if (!(session instanceof ImapDialogue imap)) {
				throw new IllegalStateException("only IMAP shows folders");
			}
			return new ImapContents(imap, journal, allowed).look(learnt);
		}).examine(account, context);
	}
}
