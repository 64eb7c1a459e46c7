package hikkoshi.mail.internal.canary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.canary.CanaryReasons;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.capability.ImapData;
import hikkoshi.mail.internal.login.Dialogue;
import hikkoshi.mail.internal.login.ImapDialogue;
import hikkoshi.mail.internal.login.LoginProbe;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.mail.internal.login.Pop3Dialogue;
import hikkoshi.mail.internal.token.Tokens;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;

import org.jspecify.annotations.Nullable;

/// Takes canaries out of one mailbox: only messages whose header carries one of the given tokens, and only where a server can remove one message without
/// touching others (UIDPLUS, RFC 4315; DELE of POP3). Each is looked at in the same session before it goes. Used once.
public final class Withdrawal {
	private static final Pattern HEADER = Pattern.compile("(?is).*?" + Pattern.quote(CanaryToken.HEADER) + ":\\s{0,20}([a-z2-7]{26})\\s.*");
	/// The newest messages of a maildrop that are looked at.
	private static final int MOST = 300;
	private static final int MOST_UIDL = 8 * 1024 * 1024;
	private static final int MOST_HEADER = 1024 * 1024;
	private static final int MOST_FOUND = 50;

	private final Account account;
	private final Set<CanaryToken> wanted;
	private final Set<String> folders;
	private final Tokens tokens;
	private final Set<CanaryToken> removed = new LinkedHashSet<>();
	private int left;
	private @Nullable Reason done;

	/// @param folders that are watched; INBOX in any case
	public Withdrawal(Account account, Set<CanaryToken> wanted, List<String> folders, Tokens tokens) {
		this.account = account;
		this.wanted = Set.copyOf(wanted);
		this.folders = new LinkedHashSet<>(List.of("INBOX"));
		this.folders.addAll(folders);
		this.tokens = tokens;
	}

	public Finding go(ProbeContext context) throws IOException, InterruptedException {
		Finding talk = LoginProbe.visiting(CanaryReasons.REMOVE, account.endpoint().protocol(), tokens, (session, journal, _) -> {
			journal.begin(Phase.MAILBOX);
			switch (session) {
				case ImapDialogue imap -> imap(imap, journal);
				case Pop3Dialogue pop3 -> pop3(pop3, journal);
				case Dialogue _ -> throw new IllegalStateException("shows no mailbox");
			}
			done = reason();
			return done;
		}).examine(account, context);
		Reason reason = done != null ? done : removed.isEmpty() ? talk.reason() : reason();
		return new Finding(outcome(reason.id()), reason, talk.facts());
	}

	private Reason reason() {
		if (left > 0) {
			return Reason.of(CanaryReasons.LEFT, left);
		}
		return removed.isEmpty() ? Reason.of(CanaryReasons.NONE_LEFT)
				: Reason.of(CanaryReasons.REMOVED, removed.size(), String.join(" ", removed.stream().map(CanaryToken::text).toList()));
	}

	private static Outcome outcome(String reason) {
		return switch (reason) {
			case CanaryReasons.REMOVED, CanaryReasons.NONE_LEFT -> Outcome.PASS;
			case CanaryReasons.LEFT -> Outcome.WARN;
			default -> Outcomes.of(reason);
		};
	}

	private void imap(ImapDialogue session, Journal journal) throws Stop, IOException, InterruptedException {
		boolean safe = session.toldBehindLogin().contains("UIDPLUS");
		for (String folder : folders) {
			// the name comes from the log; it was read from this server, and is escaped as a quoted string
			if (folder.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
				imap(session, journal, folder, safe);
			}
		}
	}

	private void imap(ImapDialogue session, Journal journal, String folder, boolean safe) throws Stop, IOException, InterruptedException {
		String quoted = '"' + folder.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
		if (session.ask((safe ? "SELECT " : "EXAMINE ") + quoted, _ -> {}, Wire.REPLY).isPresent()) {
			return;
		}
		for (CanaryToken token : wanted) {
			Set<Long> uids = new TreeSet<>();
			need(session.ask("UID SEARCH HEADER " + CanaryToken.HEADER + " \"" + token + "\"", line -> {
				List<ImapData> words = ImapData.parse(line);
				if (!words.isEmpty() && words.getFirst().text().equalsIgnoreCase("SEARCH")) {
					words.stream().skip(1).map(ImapData::text).filter(word -> word.matches("[0-9]{1,10}")).limit(MOST_FOUND).map(Long::valueOf).forEach(uids::add);
				}
			}, Wire.REPLY), journal);
			for (long uid : uids) {
				if (!carries(session, uid, token)) {
					continue;
				}
				if (!safe) {
					left++;
					continue;
				}
				need(session.ask("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)", _ -> {}, Wire.REPLY), journal);
				need(session.ask("UID EXPUNGE " + uid, _ -> {}, Wire.REPLY), journal);
				removed.add(token);
			}
		}
	}

	/// SEARCH finds parts of words, and a server may search badly: the header itself decides.
	private static boolean carries(ImapDialogue session, long uid, CanaryToken token) throws Stop, IOException, InterruptedException {
		boolean[] same = new boolean[1];
		session.ask("UID FETCH " + uid + " (UID BODY.PEEK[HEADER.FIELDS (" + CanaryToken.HEADER.toUpperCase(Locale.ROOT) + ")])", line -> {
			boolean ours = line.toUpperCase(Locale.ROOT).matches("(?s)[0-9]{1,10} FETCH .*\\bUID " + uid + "\\b.*");
			same[0] |= ours && token(line).filter(token::equals).isPresent();
		}, Wire.REPLY);
		return same[0];
	}

	private static Optional<CanaryToken> token(String header) {
		var found = HEADER.matcher(header + "\n");
		return found.matches() ? CanaryToken.parse(found.group(1)) : Optional.empty();
	}

	private static void need(Optional<String> refusal, Journal journal) throws Stop {
		if (refusal.isPresent()) {
			throw new Stop(ImapDialogue.kindOfRefusal(refusal.get()).orElse(Reasons.SERVER_BUSY), journal.keep(refusal.get()));
		}
	}

	private void pop3(Pop3Dialogue session, Journal journal) throws Stop, IOException, InterruptedException {
		List<Integer> numbers = new ArrayList<>();
		Consumer<String> list = line -> {
			String number = line.split(" ", 2)[0];
			if (number.matches("[0-9]{1,7}")) {
				numbers.add(Integer.parseInt(number));
			}
		};
		need(session.askLines("LIST", list, MOST_UIDL), journal);
		Map<Integer, CanaryToken> ours = new LinkedHashMap<>();
		for (int number : numbers.reversed().subList(0, Math.min(MOST, numbers.size()))) {
			if (ours.size() < wanted.size()) {
				StringBuilder header = new StringBuilder();
				need(session.askLines("TOP " + number + " 0", line -> {
					if (line.regionMatches(true, 0, CanaryToken.HEADER, 0, CanaryToken.HEADER.length()) && header.isEmpty()) {
						header.append(line).append('\n');
					}
				}, MOST_HEADER), journal);
				token(header.toString()).filter(wanted::contains).ifPresent(token -> ours.put(number, token));
			}
		}
		for (int number : ours.keySet()) {
			need(session.ask("DELE " + number), journal);
		}
		if (!ours.isEmpty()) {
			// nothing is gone before the server has said so
			need(session.ask("QUIT"), journal);
			removed.addAll(ours.values());
		}
	}

	private static void need(Pop3Dialogue.Status answer, Journal journal) throws Stop {
		if (!answer.ok()) {
			throw new Stop(Pop3Dialogue.kindOfRefusal(answer).orElse(Reasons.SERVER_BUSY), journal.keep(answer.words()));
		}
	}
}
