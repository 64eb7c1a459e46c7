package hikkoshi.mail.internal.discover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.discover.Speech;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;

/// ManageSieve (RFC 5804) as far as its capabilities: they are its greeting, and come again behind STARTTLS.
final class SieveTalk implements Knock.Talk {
	private static final int MOST_LINES = 60;

	private final Wire wire;
	private final Journal journal;
	private String said = "";
	private List<String> offers = List.of();

	SieveTalk(Wire wire, Journal journal) {
		this.wire = wire;
		this.journal = journal;
	}

	@Override
	public void open(Security security) throws Stop, IOException, InterruptedException {
		wire.connect();
		if (security == Security.TLS) {
			wire.secure();
		}
		journal.begin(Phase.BANNER);
		List<String> greeting = reply();
		if (greeting.stream().noneMatch(line -> line.toUpperCase(Locale.ROOT).startsWith("\"IMPLEMENTATION\""))) {
			throw new Stop(Reasons.NOT_PROTOCOL, Speech.SIEVE.token(), journal.keep(said));
		}
		offers = greeting;
		if (security == Security.STARTTLS) {
			journal.begin(Phase.STARTTLS);
			if (greeting.stream().noneMatch(line -> line.equalsIgnoreCase("\"STARTTLS\""))) {
				throw new Stop(Reasons.STARTTLS_MISSING, journal.keep(String.join("; ", greeting)));
			}
			command("STARTTLS");
			reply();
			wire.secure();
			// some servers send them by themselves, as they must (RFC 5804, 2.2); nothing is asked that could cross them
			journal.begin(Phase.CAPABILITIES);
			offers = reply();
		}
	}

	/// Lines up to OK, which is not among them.
	private List<String> reply() throws Stop, IOException, InterruptedException {
		wire.newReply();
		List<String> lines = new ArrayList<>();
		while (lines.size() < MOST_LINES) {
			String line = wire.line();
			if (said.isEmpty()) {
				said = line;
			}
			String upper = line.toUpperCase(Locale.ROOT);
			if (upper.equals("OK") || upper.startsWith("OK ")) {
				return lines;
			}
			if (upper.startsWith("NO") || upper.startsWith("BYE")) {
				throw new Stop(journal.phase() == Phase.STARTTLS ? Reasons.STARTTLS_REFUSED : Reasons.SERVER_BUSY, journal.keep(line));
			}
			if (!line.startsWith("\"")) {
				throw new Stop(Reasons.NOT_PROTOCOL, Speech.SIEVE.token(), journal.keep(line));
			}
			lines.add(line);
		}
		throw new Stop(Reasons.OVERSIZED, journal.phase().token(), MOST_LINES);
	}

	private void command(String line) throws Stop, IOException, InterruptedException {
		wire.send(line, (line + "\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public String said() {
		return said;
	}

	@Override
	public List<String> offers() {
		return offers;
	}

	@Override
	public void leave() throws InterruptedException {
		try {
			wire.hurry();
			command("LOGOUT");
			wire.line();
			wire.farewell();
		} catch (Stop | IOException e) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}
	}
}
