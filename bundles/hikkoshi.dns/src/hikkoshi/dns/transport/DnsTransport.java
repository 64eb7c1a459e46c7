package hikkoshi.dns.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

import hikkoshi.core.model.Transport;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsStatus;

/// Asks DNS servers: UDP through sockets that stay open, TCP where an answer does not fit, without EDNS where a server cannot read it.
/// A wrong id, a wrong question or a spoofed first datagram is ignored while the right answer is waited for.
///
/// Blocks the asking thread, virtual or not; an interrupt ends a question at once. Safe for any number of threads: at most
/// [Peer#IN_FLIGHT] questions are on their way to one server, the others wait for a place. Sockets close by themselves when unused;
/// closing the transport ends every question under way with an [IOException].
public final class DnsTransport implements AutoCloseable {
	/// Sockets of one transport, so that a thousand silent servers do not use up the process's files.
	private static final int MAX_SOCKETS = 400;
	private static final int CASE_BYTES = 32;
	private static final DnsAnswer.Carried DATAGRAM = new DnsAnswer.Carried(Transport.UDP, DnsAnswer.Proof.NONE, "");

	final Randomness random = new Randomness();
	final Semaphore sockets = new Semaphore(MAX_SOCKETS, true);
	final Receiver receiver = new Receiver(() -> tidy(false), () -> closeLanes("nobody listens any more"));
	private final Map<InetSocketAddress, Peer> peers = new ConcurrentHashMap<>();
	private final Streams streams;
	private final Https https;
	private final boolean mixedCase;
	private volatile boolean closed;

	public DnsTransport() {
		this(false);
	}

	/// @param mixedCase whether names go out in random case and only answers in the same case count (draft-vixie-dnsext-dns0x20): more to
	///        guess for an attacker, but a server that does not keep the case then seems to answer other questions only
	public DnsTransport(boolean mixedCase) {
		this(mixedCase, List.of());
	}

	/// @param anchors authorities that TLS trusts besides the platform's
	public DnsTransport(boolean mixedCase, List<X509Certificate> anchors) {
		this.mixedCase = mixedCase;
		Trust trust = new Trust(anchors);
		streams = new Streams(random, trust);
		https = new Https(trust);
	}

	/// Asks and waits. "No answer" is a reply with its status.
	///
	/// @throws IOException only when this transport has been closed
	public Reply ask(DnsQuery query, Patience patience) throws IOException, InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
		failIfClosed();
		Peer peer = peers.computeIfAbsent(query.server(), server -> new Peer(server, this));
		peer.enter();
		try {
			long start = System.nanoTime();
			boolean edns = query.options().ednsSize() > 0;
			Reply reply = exchange(query, peer, patience, edns, start);
			if (edns && mayMissEdns(reply)) {
				Reply plain = exchange(query, peer, patience, false, start);
				return plain.answered() ? plain.with(plain.status(), reply.ignored(), plain.detail()) : reply;
			}
			return reply;
		} finally {
			peer.leave();
		}
	}

	/// Servers older than EDNS say so in one of these ways (RFC 6891, 7; RFC 8906, 8).
	private static boolean mayMissEdns(Reply reply) {
		return reply.status() == DnsStatus.FORMERR || reply.status() == DnsStatus.NOTIMP
				|| reply.parsed() != null && reply.parsed().getRcode() == Rcode.BADVERS;
	}

	private Reply exchange(DnsQuery query, Peer peer, Patience patience, boolean edns, long start) throws IOException, InterruptedException {
		byte[] caseBits = mixedCase ? random.bytes(CASE_BYTES) : new byte[0];
		Outgoing outgoing = new Outgoing(query, edns, caseBits);
		return switch (query.carrier()) {
			case Carrier.Udp _ -> overUdp(query, outgoing, caseBits, peer, patience, edns, start);
			case Carrier.Tcp _, Carrier.Tls _ -> overStream(query, outgoing, patience, start, 0);
			case Carrier.Https way -> overHttps(query, way, outgoing, patience, start);
		};
	}

	private Reply overUdp(DnsQuery query, Outgoing outgoing, byte[] caseBits, Peer peer, Patience patience, boolean edns, long start)
			throws IOException, InterruptedException {
		// some firewalls drop what they do not know; whoever wants DNSSEC has no use for an answer without EDNS
		boolean lastWithout = edns && !query.dnssec();
		Reply reply = new Datagrams(query, outgoing, () -> lastWithout ? new Outgoing(query, false, caseBits) : outgoing, peer, patience, start).ask();
		if (reply.has(Flags.TC)) {
			DnsQuery again = new DnsQuery(query.name(), query.type(), query.server(), Carrier.TCP, query.options());
			return overStream(again, outgoing, patience, start, reply.ignored()).to(query, "truncated over UDP; TCP: ");
		}
		return reply;
	}

	/// The UDP part of one question.
	private final class Datagrams {
		private final DnsQuery query;
		private final Supplier<Outgoing> last;
		private final Peer peer;
		private final Patience patience;
		private final long start;
		private final Waiting waiting;
		private final List<Sent> sent = new ArrayList<>(2);
		private @Nullable Reply malformed;
		private @Nullable IOException unreachable;

		/// @param last what the last of several datagrams carries
		Datagrams(DnsQuery query, Outgoing outgoing, Supplier<Outgoing> last, Peer peer, Patience patience, long start) {
			this.query = query;
			this.peer = peer;
			this.patience = patience;
			this.start = start;
			this.last = last;
			this.waiting = new Waiting(outgoing);
		}

		Reply ask() throws IOException, InterruptedException {
			try {
				// earlier datagrams stay valid: an answer to the first may come after the second was sent
				for (int i = 0; i < patience.tries(); i++) {
					Reply reply = once(i > 0 && i == patience.tries() - 1 ? last.get() : waiting.question);
					if (reply != null) {
						return reply;
					}
				}
				return nothing();
			} finally {
				for (Sent each : sent) {
					each.forget();
				}
			}
		}

		private @Nullable Reply once(Outgoing outgoing) throws IOException, InterruptedException {
			try {
				Lane lane = peer.lane();
				Sent one = new Sent(peer, lane, lane.strays.get(), lane.scraps.get());
				sent.add(one);
				one.id = lane.send(outgoing, waiting, random);
			} catch (IOException e) {
				failUnlessOpen(e);
				unreachable = e;
				return null;
			}
			waiting.awaitNudged(System.nanoTime() + patience.udpTry().toNanos());
			byte[] answer = waiting.takeAnswer();
			if (answer != null) {
				Reply reply = read(query, answer, DATAGRAM, start, ignored());
				if (reply.status() != DnsStatus.MALFORMED) {
					return reply;
				}
				malformed = reply;
			}
			IOException failure = waiting.takeFailure();
			if (failure != null) {
				failUnlessOpen(failure);
				unreachable = failure;
			}
			return null;
		}

		private Reply nothing() {
			if (malformed != null) {
				return malformed;
			}
			if (unreachable != null) {
				return silence(query, DnsStatus.UNREACHABLE, start, DATAGRAM, ignored(), words(unreachable));
			}
			int scraps = 0;
			for (Sent each : sent) {
				scraps += each.scraps();
			}
			int wrong = ignored() - scraps;
			DnsStatus status = wrong > 0 ? DnsStatus.MISMATCHED : scraps > 0 ? DnsStatus.MALFORMED : DnsStatus.TIMEOUT;
			return silence(query, status, start, DATAGRAM, wrong + scraps, "");
		}

		private int ignored() {
			int all = waiting.ignored.get();
			for (Sent each : sent) {
				all += each.strays() + each.scraps();
			}
			return all;
		}
	}

	/// One datagram on its way.
	private static final class Sent {
		private final Peer peer;
		private final Lane lane;
		private final int straysBefore;
		private final int scrapsBefore;
		private int id = -1;

		Sent(Peer peer, Lane lane, int straysBefore, int scrapsBefore) {
			this.peer = peer;
			this.lane = lane;
			this.straysBefore = straysBefore;
			this.scrapsBefore = scrapsBefore;
		}

		int strays() {
			return lane.strays.get() - straysBefore;
		}

		int scraps() {
			return lane.scraps.get() - scrapsBefore;
		}

		void forget() {
			if (id >= 0) {
				lane.forget(id);
			}
			peer.release(lane);
		}
	}

	private Reply overStream(DnsQuery query, Outgoing outgoing, Patience patience, long start, int ignoredBefore) throws IOException, InterruptedException {
		failIfClosed();
		try {
			Streams.Answer answer = streams.ask(query, outgoing, patience);
			return read(query, answer.bytes(), carried(query, answer.session()), start, ignoredBefore + answer.ignored());
		} catch (Streams.NoAnswerException e) {
			failUnlessOpen(e.why());
			DnsStatus status = e.ignored > 0 && !(e.why() instanceof Stream.ScrapException) ? DnsStatus.MISMATCHED : status(e.why());
			return silence(query, status, start, carried(query, ""), ignoredBefore + e.ignored, words(e.why()));
		}
	}

	private Reply overHttps(DnsQuery query, Carrier.Https way, Outgoing outgoing, Patience patience, long start) throws IOException, InterruptedException {
		failIfClosed();
		try {
			Https.Answer answer = https.ask(query, way, outgoing, patience);
			boolean fits = answer.bytes().length >= Outgoing.HEADER && Outgoing.u16(answer.bytes(), 0) == 0 && outgoing.judge(answer.bytes()) != Outgoing.Fit.OTHER;
			if (!fits) {
				DnsStatus status = answer.bytes().length < Outgoing.HEADER ? DnsStatus.MALFORMED : DnsStatus.MISMATCHED;
				return silence(query, status, start, carried(query, answer.session()), status == DnsStatus.MISMATCHED ? 1 : 0, "");
			}
			return read(query, answer.bytes(), carried(query, answer.session()), start, 0);
		} catch (IOException e) {
			failUnlessOpen(e);
			return silence(query, status(e), start, carried(query, ""), 0, words(e));
		}
	}

	/// What a failed connection says.
	private static DnsStatus status(IOException e) {
		if (e instanceof Https.NoDnsException told) {
			return told.status;
		}
		boolean tls = false;
		for (Throwable each = e; each != null; each = each.getCause()) {
			if (each instanceof CertificateException) {
				return DnsStatus.UNTRUSTED;
			}
			tls |= each instanceof SSLException;
		}
		return tls ? DnsStatus.NO_TLS : e instanceof Stream.ScrapException ? DnsStatus.MALFORMED
				: e instanceof SocketTimeoutException ? DnsStatus.TIMEOUT : DnsStatus.UNREACHABLE;
	}

	private static DnsAnswer.Carried carried(DnsQuery query, String session) {
		DnsAnswer.Proof proof = session.isEmpty() ? DnsAnswer.Proof.NONE
				: query.carrier() instanceof Carrier.Tls(String name) && name.isEmpty() ? DnsAnswer.Proof.OPPORTUNISTIC : DnsAnswer.Proof.PROVEN;
		return new DnsAnswer.Carried(query.carrier().transport(), proof, session);
	}

	private static Reply read(DnsQuery query, byte[] answer, DnsAnswer.Carried carried, long start, int ignored) {
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		try {
			Pointers.check(answer);
			Message message = new Message(answer);
			return new Reply(query, Statuses.of(query, message), message, took, answer.length, carried, ignored, "");
		} catch (IOException | RuntimeException e) {
			return unreadable(query, answer, took, carried, ignored, e);
		}
	}

	/// A header with an error is an answer even when what it announces is missing: servers without EDNS cut there.
	private static Reply unreadable(DnsQuery query, byte[] answer, Duration took, DnsAnswer.Carried carried, int ignored, Exception why) {
		if (answer.length == Outgoing.HEADER) {
			try {
				Message bare = new Message(new Header(answer).getID());
				bare.setHeader(errorHeader(answer));
				if (bare.getRcode() != Rcode.NOERROR && bare.getRcode() != Rcode.NXDOMAIN) {
					return new Reply(query, Statuses.of(query, bare), bare, took, answer.length, carried, ignored, "");
				}
			} catch (IOException e) {
				why.addSuppressed(e);
			}
		}
		return new Reply(query, DnsStatus.MALFORMED, null, took, answer.length, carried, ignored, words(why));
	}

	private static Header errorHeader(byte[] answer) throws IOException {
		byte[] counted = answer.clone();
		Arrays.fill(counted, 4, Outgoing.HEADER, (byte) 0);
		return new Header(counted);
	}

	private static Reply silence(DnsQuery query, DnsStatus status, long start, DnsAnswer.Carried carried, int ignored, String detail) {
		return new Reply(query, status, null, Duration.ofNanos(System.nanoTime() - start), 0, carried, ignored, detail);
	}

	private static String words(Exception e) {
		if (e instanceof PortUnreachableException) {
			return "port unreachable";
		}
		String message = e.getMessage();
		return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
	}

	void failIfClosed() throws IOException {
		if (closed) {
			throw new IOException("the DNS transport is closed");
		}
	}

	private void failUnlessOpen(IOException cause) throws IOException {
		if (closed) {
			throw new IOException("the DNS transport is closed", cause);
		}
	}

	/// A permit for one more socket. When there is none, sockets without a question are closed first.
	void awaitSocket() throws InterruptedException {
		if (!sockets.tryAcquire()) {
			tidy(true);
			sockets.acquire();
		}
	}

	private void tidy(boolean all) {
		peers.values().forEach(peer -> peer.closeIdle(all));
	}

	private void closeLanes(String why) {
		IOException reason = new IOException(why);
		peers.values().forEach(peer -> peer.closeAll(reason));
	}

	@Override
	public void close() {
		closed = true;
		closeLanes("closed");
		streams.close();
		https.close();
		receiver.close();
	}
}
