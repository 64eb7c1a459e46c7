package hikkoshi.core.arrival;

import java.util.List;

import hikkoshi.core.model.Protocol;

/// What a look into a mailbox can say. The arguments stand in the comment, in order. The position (`INBOX:4711`) makes each look that found something
/// differ from the one before, so that the log keeps both.
public final class ArrivalReasons {
	/// The probes that look; not routine, since each look depends on the one before.
	public static final String IMAP_PROBE = "imap.arrivals";
	public static final String POP3_PROBE = "pop3.arrivals";
	public static final List<String> PROBES = List.of(IMAP_PROBE, POP3_PROBE);

	/// The first look: what is there already is not new. (messages, position)
	public static final String BEGAN = "arrivals.began";
	/// Nothing since the last look. ()
	public static final String QUIET = "arrivals.quiet";
	/// New messages. (how many, canaries among them, position)
	public static final String NEW = "arrivals.new";
	/// New messages, and more than one look reads: the next one goes on. (how many, canaries among them, position)
	public static final String MORE = "arrivals.more";
	/// Something came and was gone before anybody looked: its number was used, and no message has it. (how many at most, new messages, position)
	public static final String UNSEEN = "arrivals.unseen";
	/// The old numbers mean nothing any more, so what came since the last look cannot be told from what was there before. (folder, what changed:
	/// `uidvalidity`, `uidnext`, `uidl`, newest messages that were read anew, position)
	public static final String HOLE = "arrivals.hole";
	/// The server gave up in the middle; what it had said is kept. (new messages, position, reason with its arguments)
	public static final String BROKEN_OFF = "arrivals.broken-off";
	/// The POP3 server tells no unique ids, so a new message cannot be told from an old one. (server's words)
	public static final String NO_UIDL = "arrivals.no-uidl";
	/// A folder that had been there is there no more. (folder, server's words)
	public static final String NO_FOLDER = "arrivals.no-folder";

	private ArrivalReasons() {}

	/// The probe that looks into mailboxes over this protocol.
	public static String probe(Protocol protocol) {
		return switch (protocol) {
			case IMAP -> IMAP_PROBE;
			case POP3 -> POP3_PROBE;
			case SUBMISSION, SMTP -> throw new IllegalArgumentException(protocol.token() + " shows no mailbox");
		};
	}
}
