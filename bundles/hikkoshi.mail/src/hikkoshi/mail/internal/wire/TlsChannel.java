package hikkoshi.mail.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Server;
import hikkoshi.core.probe.Reasons;

/// TLS over a [Wire], by an `SSLEngine`: so that the wire sees each byte before TLS does (a clear-text answer is recognised, dripped
/// records are bounded) and closing never waits for a peer.
///
/// The chain was proven by [Trust] within the handshake; no byte of a dialogue can pass before, but on a connection that only observes.
public final class TlsChannel {
	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
	private static final int FIRST_NET = 4 * 1024;
	private static final int FIRST_PLAIN = 2 * 1024;
	/// Content types of RFC 8446, 5.1: alert and handshake; only these can begin a server's answer.
	private static final int ALERT = 21;
	private static final int HANDSHAKE = 22;

	private final Wire wire;
	private final Trust trust;
	private final Trust.Inspection inspection;
	private Journal journal;
	private final boolean upgrade;
	private final SSLEngine engine;
	private ByteBuffer netOut;
	private ByteBuffer netIn = ByteBuffer.allocate(FIRST_NET).flip();
	private ByteBuffer plain = ByteBuffer.allocate(FIRST_PLAIN).flip();
	private boolean answered;

	/// @param upgrade whether clear text went before (STARTTLS)
	/// @param observing see [Trust#inspect]
	TlsChannel(Wire wire, Trust trust, Server server, Instant now, Journal journal, boolean upgrade, boolean observing) {
		this.wire = wire;
		this.trust = trust;
		this.journal = journal;
		this.upgrade = upgrade;
		inspection = trust.inspect(server, now, observing);
		engine = inspection.engine();
		netOut = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
	}

	void handshake() throws Stop, IOException, InterruptedException {
		wire.waitBegins();
		try {
			engine.beginHandshake();
			HandshakeStatus status = engine.getHandshakeStatus();
			while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
				step(status);
				status = engine.getHandshakeStatus();
			}
		} catch (SSLException e) {
			sendAlert();
			Optional<Reason> fault = inspection.fault();
			if (fault.isPresent()) {
				throw new Stop(fault.get());
			}
			throw new Stop(Reasons.TLS_HANDSHAKE, Words.clean(String.valueOf(e.getMessage())));
		} finally {
			trust.done(engine);
			note();
		}
	}

	public Trust.Inspection inspection() {
		return inspection;
	}

	private void note() {
		journal.value(inspection.version());
		inspection.facts().forEach(journal::detail);
	}

	private void step(HandshakeStatus status) throws Stop, IOException, InterruptedException {
		switch (status) {
			case NEED_TASK -> tasks();
			case NEED_WRAP -> wrap(NOTHING);
			case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
				if (!unwrap()) {
					throw new Stop(Reasons.CLOSED, journal.phase().token());
				}
			}
			case FINISHED, NOT_HANDSHAKING -> {
			}
		}
	}

	private void tasks() {
		for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
			task.run();
		}
	}

	/// @return false when the peer has ended
	private boolean unwrap() throws Stop, IOException, InterruptedException {
		plain.compact();
		SSLEngineResult result;
		try {
			result = engine.unwrap(netIn, plain);
		} finally {
			plain.flip();
		}
		return switch (result.getStatus()) {
			case OK -> true;
			case CLOSED -> false;
			case BUFFER_UNDERFLOW -> receive();
			case BUFFER_OVERFLOW -> {
				plain = ByteBuffer.allocate(plain.remaining() + engine.getSession().getApplicationBufferSize()).put(plain).flip();
				yield true;
			}
		};
	}

	private boolean receive() throws Stop, IOException, InterruptedException {
		netIn.compact();
		if (!netIn.hasRemaining()) {
			netIn = ByteBuffer.allocate(engine.getSession().getPacketBufferSize() + FIRST_NET).put(netIn.flip());
		}
		int n;
		try {
			n = wire.receive(netIn.array(), netIn.position(), netIn.remaining());
			if (n > 0) {
				netIn.position(netIn.position() + n);
			}
		} finally {
			netIn.flip();
		}
		if (n > 0 && !answered) {
			refuseClearText();
		}
		return n >= 0;
	}

	private void refuseClearText() throws Stop {
		answered = true;
		int type = netIn.get(netIn.position());
		if (type != ALERT && type != HANDSHAKE) {
			throw upgrade ? new Stop(Reasons.STARTTLS_INJECTION, netIn.remaining())
					: new Stop(Reasons.TLS_PLAINTEXT,
							journal.keep(new String(netIn.array(), netIn.position(), netIn.remaining(), StandardCharsets.UTF_8).strip()));
		}
	}

	private void wrap(ByteBuffer source) throws Stop, IOException, InterruptedException {
		netOut.clear();
		engine.wrap(source, netOut);
		if (netOut.position() > 0) {
			wire.transmit(netOut.array(), 0, netOut.position());
		}
	}

	int read(byte[] into, int offset, int length) throws Stop, IOException, InterruptedException {
		try {
			while (!plain.hasRemaining()) {
				HandshakeStatus status = engine.getHandshakeStatus();
				if (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
					step(status);
				} else if (!unwrap()) {
					return -1;
				}
			}
		} catch (SSLException e) {
			throw new Stop(Reasons.TLS_HANDSHAKE, Words.clean(String.valueOf(e.getMessage())));
		}
		int n = Math.min(length, plain.remaining());
		plain.get(into, offset, n);
		return n;
	}

	void write(byte[] text) throws Stop, IOException, InterruptedException {
		ByteBuffer source = ByteBuffer.wrap(text);
		try {
			while (source.hasRemaining()) {
				wrap(source);
			}
		} catch (SSLException e) {
			throw new Stop(Reasons.TLS_HANDSHAKE, Words.clean(String.valueOf(e.getMessage())));
		}
	}

	void closeOutbound() throws Stop, IOException, InterruptedException {
		engine.closeOutbound();
		wrap(NOTHING);
	}

	/// Gives back the buffers that hold nothing.
	void sleep(Journal resting, Buffers buffers) {
		journal = resting;
		buffers.give(netOut.array());
		netOut = NOTHING;
		if (!netIn.hasRemaining()) {
			buffers.give(netIn.array());
			netIn = NOTHING;
		}
		if (!plain.hasRemaining()) {
			buffers.give(plain.array());
			plain = NOTHING;
		}
	}

	void journal(Journal lines) {
		journal = lines;
	}

	void wake(Buffers buffers) {
		netOut = ByteBuffer.wrap(buffers.take(engine.getSession().getPacketBufferSize()));
		netIn = netIn.hasRemaining() ? netIn : ByteBuffer.wrap(buffers.take(FIRST_NET)).flip();
		plain = plain.hasRemaining() ? plain : ByteBuffer.wrap(buffers.take(FIRST_PLAIN)).flip();
	}

	/// Tells the peer why, where that is still possible; what is wrong was found already.
	private void sendAlert() throws InterruptedException {
		try {
			for (int i = 0; i < 3 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; i++) {
				wrap(NOTHING);
			}
		} catch (IOException | Stop e) {
			// the peer is gone: the reason stands without it
		}
	}
}
