package hikkoshi.rehearsal.mail;

import java.io.IOException;
import java.net.SocketTimeoutException;

import org.jspecify.annotations.Nullable;

/// What the sessions of all three protocols share: a greeting, commands until the client or the protocol ends it, and a last word for each other end.
abstract sealed class LineSession permits ImapSession, Pop3Session, SmtpSession {

	/// Why the server ends a session of its own accord.
	enum End {
		OVERLOADED, IDLE, TOO_LONG, TOO_MANY_ERRORS
	}

	protected final Wire wire;
	protected final MailServer.Host host;
	/// Commands so far that were wrong.
	protected int bad;
	protected boolean done;

	protected LineSession(Wire wire, MailServer.Host host) {
		this.wire = wire;
		this.host = host;
	}

	/// Serves the connection until it ends.
	///
	/// @throws IOException when the client has gone in the middle of something
	final void run(boolean overloaded) throws IOException {
		if (overloaded) {
			wire.line(lastWord(End.OVERLOADED, "too many connections, come back later"));
			return;
		}
		wire.line(greeting());
		try {
			while (!done) {
				String command = readCommand();
				if (command == null) {
					return;
				}
				execute(command);
				if (bad > host.limits().badCommands()) {
					wire.line(lastWord(End.TOO_MANY_ERRORS, "too many errors"));
					return;
				}
			}
		} catch (SocketTimeoutException e) {
			wire.line(lastWord(End.IDLE, "idle for too long"));
		} catch (Wire.TooLongException e) {
			wire.line(lastWord(End.TOO_LONG, e.getMessage()));
		} finally {
			ended();
		}
	}

	/// The next command; null when the client has gone.
	@Nullable String readCommand() throws IOException {
		return wire.readLine(host.limits().line());
	}

	abstract String greeting();

	abstract void execute(String command) throws IOException;

	abstract String lastWord(End why, String words);

	/// Called once a greeted session is over, however it ended.
	void ended() {
	}
}
