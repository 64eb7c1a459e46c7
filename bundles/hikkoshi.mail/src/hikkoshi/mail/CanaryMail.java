package hikkoshi.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.arrival.Mark;
import hikkoshi.core.arrival.Marks;
import hikkoshi.core.canary.Canary;
import hikkoshi.core.canary.CanaryPost;
import hikkoshi.core.canary.CanaryReasons;
import hikkoshi.core.canary.CanaryWay;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.probe.ServerGuard;
import hikkoshi.core.probe.ServerGuard.Said;
import hikkoshi.mail.internal.canary.Sendings;
import hikkoshi.mail.internal.canary.Withdrawal;
import hikkoshi.mail.internal.token.Tokens;

/// The canaries of this leaf: sent over submission and port 25, removed over IMAP and POP3.
public final class CanaryMail implements CanaryPost {
	private final Tokens tokens = new Tokens();

	@Override
	public Finding send(Canary canary, ProbeContext context, Intent intent) throws IOException, InterruptedException {
		Sendings sending = new Sendings(canary, context, intent, tokens);
		return switch (canary.way()) {
			case CanaryWay.Login(Account account) -> login(account, sending, context);
			case CanaryWay.Relay relay -> {
				ServerGuard guard = ServerGuard.of(relay.door().server(), context);
				guard.connect();
				try {
					Finding finding = sending.relay(relay.door());
					if (isNotNow(finding.reason())) {
						guard.notNow();
					}
					yield finding;
				} finally {
					guard.disconnect();
				}
			}
			case CanaryWay.Away(OutsideSender sender) -> {
				List<InetAddress> addresses = addresses(sender);
				yield addresses.isEmpty() ? sending.not(Reason.of(CanaryReasons.NO_ADDRESS, sender.name())) : login(account(sender, addresses), sending, context);
			}
		};
	}

	private static Finding login(Account account, Sendings sending, ProbeContext context) throws IOException, InterruptedException {
		return ServerGuard.of(account.server(), context).login(account, () -> sending.login(account),
				finding -> new Said(inner(finding.reason()), finding.reason().id().equals(CanaryReasons.SENT) || finding.reason().id().equals(CanaryReasons.REFUSED)),
				sending::not);
	}

	/// Why the talk ended, where that was not the canary's doing.
	private static String inner(Reason reason) {
		return reason.id().equals(CanaryReasons.UNSENT) && reason.args().size() > 2 ? reason.args().get(2) : reason.id();
	}

	private static boolean isNotNow(Reason reason) {
		return Set.of(Reasons.THROTTLED, Reasons.SERVER_BUSY).contains(inner(reason));
	}

	static List<InetAddress> addresses(OutsideSender sender) {
		if (!sender.addresses().isEmpty()) {
			return sender.addresses();
		}
		try {
			return List.of(InetAddress.getAllByName(sender.name().ascii()));
		} catch (UnknownHostException e) {
			return List.of();
		}
	}

	/// An account outside stands on neither side; the side only names it.
	static Account account(OutsideSender sender, List<InetAddress> addresses) {
		Server server = new Server(sender.key(), Side.OLD, sender.name(), addresses, List.of(sender.endpoint()), List.of());
		return new Account(server, sender.endpoint(), addresses.getFirst(), sender.user(), sender.from());
	}

	@Override
	public Finding remove(Account account, Set<CanaryToken> canaries, ProbeContext context) throws IOException, InterruptedException {
		List<String> folders = Marks.of(context.memo()).of(ArrivalReasons.probe(account.endpoint().protocol()), account.id()).stream().map(Mark::folder).toList();
		return ServerGuard.of(account.server(), context).login(account, () -> new Withdrawal(account, canaries, folders, tokens).go(context),
				finding -> new Said(finding.reason().id(), finding.outcome() == Outcome.PASS || finding.outcome() == Outcome.WARN),
				shut -> new Finding(Outcome.UNKNOWN, shut, Facts.NONE));
	}
}
