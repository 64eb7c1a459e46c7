package hikkoshi.core.discover;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

import hikkoshi.core.model.DomainName;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;

/// What the probes of a discovery may use besides their target: the options, what DNS has said, and a place among the connections. One per
/// discovery, in its memo. Safe for several threads; what blocks ends on interrupt.
public interface Reach {
	DiscoveryOptions options();

	/// A host's addresses by our own DNS: what has been found already, or asked for now. Empty when it has none or nobody can tell.
	List<InetAddress> addresses(DomainName host) throws IOException, InterruptedException;

	/// What DNS has said of a name under discovery; empty before.
	List<DnsFact> dns(DomainName name);

	/// Waits for leave to connect. Every connection of a probe stands within.
	Place enter(InetAddress address) throws InterruptedException;

	/// Leave to connect; closing gives it to the next.
	interface Place extends AutoCloseable {
		@Override
		void close();
	}

	/// The reach of a run; of a probe that runs alone, one that knows nothing and bounds nothing.
	static Reach of(ProbeContext context) throws IOException, InterruptedException {
		return context.memo().once(Reach.class, Reach.class, () -> new Alone(DiscoveryOptions.of(context.policy(), context.dns(), context.anchors())));
	}

	/// Makes it the one that the probes of a run find. Before the first probe.
	///
	/// @throws IllegalStateException when the run has another one already
	static void open(RunMemo memo, Reach reach) throws IOException, InterruptedException {
		if (memo.once(Reach.class, Reach.class, () -> reach) != reach) {
			throw new IllegalStateException("the run has a reach already");
		}
	}

	/// Without a discovery around it.
	record Alone(DiscoveryOptions options) implements Reach {
		@Override
		public List<InetAddress> addresses(DomainName host) {
			return List.of();
		}

		@Override
		public List<DnsFact> dns(DomainName name) {
			return List.of();
		}

		@Override
		public Place enter(InetAddress address) {
			return () -> {};
		}
	}
}
