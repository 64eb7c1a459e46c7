package hikkoshi.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

import hikkoshi.core.canary.CanaryReasons;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ServerGuard;
import hikkoshi.core.probe.ServerGuard.Said;
import hikkoshi.core.report.Letter;
import hikkoshi.core.report.NewsPost;
import hikkoshi.mail.internal.canary.LetterBox;
import hikkoshi.mail.internal.token.Tokens;

/// The letters of this leaf, sent over submission.
public final class LetterMail implements NewsPost {
	private final Tokens tokens = new Tokens();

	@Override
	public Finding send(Letter letter, OutsideSender by, ProbeContext context) throws IOException, InterruptedException {
		List<InetAddress> addresses = CanaryMail.addresses(by);
		if (addresses.isEmpty()) {
			return not(Reason.of(CanaryReasons.NO_ADDRESS, by.name()));
		}
		Account account = CanaryMail.account(by, addresses);
		return ServerGuard.of(account.server(), context).login(account, () -> new LetterBox(letter).send(account, context, tokens),
				finding -> new Said(finding.reason().id(), finding.reason().id().equals(SENT) || finding.reason().id().equals(REFUSED)), LetterMail::not);
	}

	private static Finding not(Reason why) {
		return new Finding(Outcome.UNKNOWN, why, Facts.NONE);
	}
}
