package hikkoshi.core.arrival;

import java.io.IOException;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.probe.EvidenceSink;
import hikkoshi.core.probe.Kept;
import hikkoshi.core.probe.Lasting;
import hikkoshi.core.probe.RunMemo;

/// What a watch knows from one round to the next besides its evidence: which connections stand.
public final class LookBook implements Lasting, AutoCloseable {
	private final EvidenceView log;
	private final Kept kept = new Kept();

	public LookBook(EvidenceView log) {
		this.log = log;
	}

	@Override
	public void open(RunMemo memo) throws IOException, InterruptedException {
		kept.open(memo);
		Marks.open(memo, Marks.in(log));
	}

	@Override
	public EvidenceSink before(EvidenceSink sink) {
		return sink;
	}

	@Override
	public void settle(EvidenceSink sink) throws IOException {
		// nothing has been held back
	}

	@Override
	public void close() throws IOException {
		kept.close();
	}
}
