package hikkoshi.dns;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.WatchRow;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.Fan;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.dns.transport.Reply;

/// What the configured caches hold. Whoever watches through a cache refills it, and so changes what he measures: a cache is asked without RD first, which only tells what
/// it has. One that refuses that is asked as a client would, and its answers are marked. One that has nothing is asked to fetch it only when it can only fetch what is wanted.
record WatchCaches(DnsRun run, ProbeContext context, WatchRound round) {
	/// An entry's end is rounded up to this, so that an unchanged entry reads the same at each look.
	private static final long GRID = 10;

	private record Refuses(NameServer resolver) {}

	List<WatchRow> rows(Collection<RecordSet.Key> keys, RecordSet.Key mx) throws IOException, InterruptedException {
		List<WatchRow> rows = new ArrayList<>();
		boolean arrived = round.hasArrived(mx);
		List<Callable<List<WatchRow>>> first = new ArrayList<>();
		List<Callable<List<WatchRow>>> rest = new ArrayList<>();
		for (NameServer resolver : context.dns().resolvers()) {
			for (RecordSet.Key key : keys) {
				// the first question tells whether the others need be asked twice
				(key.equals(mx) ? first : rest).add(() -> rows(resolver, key, arrived && round.agreed(key)));
			}
		}
		for (List<Callable<List<WatchRow>>> questions : List.of(first, rest)) {
			if (!questions.isEmpty()) {
				Fan.out(questions).forEach(rows::addAll);
			}
		}
		return rows;
	}

	private List<WatchRow> rows(NameServer resolver, RecordSet.Key key, boolean harmless) throws IOException, InterruptedException {
		AtomicBoolean refuses = context.memo().once(new Refuses(resolver), AtomicBoolean.class, AtomicBoolean::new);
		if (!refuses.get()) {
			Reply has = round.once(run, key, resolver, false);
			switch (has.status()) {
				case ANSWER, NXDOMAIN -> {
					return row(resolver, key, has, WatchRow.How.CACHED);
				}
				case NO_DATA, LAME -> {
					if (has.records(Section.AUTHORITY).stream().anyMatch(SOARecord.class::isInstance)) {
						return row(resolver, key, has, WatchRow.How.CACHED);
					}
					if (!harmless) {
						return row(resolver, key, has, WatchRow.How.EMPTY);
					}
				}
				case SERVFAIL, REFUSED, FORMERR, NOTIMP, OTHER_RCODE, TIMEOUT, UNREACHABLE, MISMATCHED, MALFORMED -> refuses.set(true);
			}
		}
		return row(resolver, key, round.once(run, key, resolver, true), WatchRow.How.ASKED);
	}

	private List<WatchRow> row(NameServer resolver, RecordSet.Key key, Reply reply, WatchRow.How how) {
		Voice voice = Voice.resolver(resolver, reply, Type.value(key.type()));
		boolean spoke = voice.spoke() && how != WatchRow.How.EMPTY;
		long ttl = spoke ? voice.ttl() : -1;
		return WatchTable.rows(new Source(Source.Kind.RESOLVER, resolver.label(), resolver.place()), false, key, voice.status(), String.join(" ", reply.flags()), ttl,
				spoke ? voice.data() : List.of(), how, until(ttl), round.millis());
	}

	private @Nullable Instant until(long ttl) {
		return ttl < 0 ? null : Instant.ofEpochSecond((context.clock().instant().getEpochSecond() + 1 + ttl + GRID - 1) / GRID * GRID);
	}
}
