package hikkoshi.lab.tests;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.dns.Lookup;

/// Asks one cache for one record again and again, as its clients do, and remembers what it said when. Each question that the cache cannot answer
/// by itself makes it fetch the answer.
final class CacheObserver implements AutoCloseable {
	private static final Duration PACE = Duration.ofMillis(150);

	/// @param sent when the question went out; what was said is no older than that
	record Seen(Instant sent, boolean isNew) {}

	private final String name;
	private final DnsQuestion question;
	private final String fresh;
	private final Lookup lookup;
	private final List<Seen> seen = new ArrayList<>();
	private final Thread thread;

	/// The first question has been answered when this returns.
	///
	/// @param fresh what is in the new answer, and not in the old one
	CacheObserver(String name, NameServer cache, String record, String type, String fresh, Lookup lookup) throws IOException, InterruptedException {
		this.name = name + " " + type;
		question = new DnsQuestion(record, type, cache, false, true, false);
		this.fresh = fresh;
		this.lookup = lookup;
		ask();
		thread = Thread.ofVirtual().start(this::watch);
	}

	private void watch() {
		try {
			while (true) {
				Thread.sleep(PACE);
				ask();
			}
		} catch (InterruptedException | IOException e) {
			// told to end; what was seen is kept
		}
	}

	private void ask() throws IOException, InterruptedException {
		Instant sent = Instant.now();
		DnsAnswer answer = lookup.ask(question);
		switch (answer.status()) {
			case ANSWER, NO_DATA, NXDOMAIN -> add(new Seen(sent, answer.answer().toString().contains(fresh)));
			case SERVFAIL, REFUSED, FORMERR, NOTIMP, OTHER_RCODE, LAME, TIMEOUT, UNREACHABLE, MISMATCHED, MALFORMED -> {
				// says nothing about what it holds
			}
		}
	}

	private synchronized void add(Seen one) {
		seen.add(one);
	}

	String name() {
		return name;
	}

	synchronized List<Seen> seen() {
		return List.copyOf(seen);
	}

	boolean saysNew() {
		List<Seen> all = seen();
		return !all.isEmpty() && all.getLast().isNew();
	}

	/// The last question that was answered with the old data.
	Optional<Instant> lastOld() {
		return seen().stream().filter(each -> !each.isNew()).map(Seen::sent).max(Comparator.naturalOrder());
	}

	@Override
	public void close() throws InterruptedException {
		thread.interrupt();
		thread.join();
	}
}
