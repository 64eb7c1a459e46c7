package hikkoshi.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import hikkoshi.core.discover.Discovered;
import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.Line;
import hikkoshi.core.discover.PortFact;
import hikkoshi.core.discover.ProposedServer;
import hikkoshi.core.discover.Remark;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.IpText;
import hikkoshi.core.text.Phrases;

/// What a discovery found, for a person.
final class DiscoverLines {
	private final Terminal terminal;
	private final Phrases words;
	private final boolean all;

	/// @param all also ports at which nobody is
	DiscoverLines(Terminal terminal, Phrases words, boolean all) {
		this.terminal = terminal;
		this.words = words;
		this.all = all;
	}

	void print(Discovered name) {
		terminal.line("== " + name.name());
		EvidenceLines.print(name.evidence().stream().filter(evidence -> all || !isClosed(evidence))
				.sorted(Comparator.comparing(Evidence::probe).thenComparing(Evidence::target)).toList(), words, terminal);
		for (ProposedServer server : name.proposal().servers()) {
			terminal.line("");
			terminal.line(words.say("discover.proposed", server.name().value(), words.outcome(server.outcome())));
			Columns columns = new Columns();
			List<Remark> remarks = new ArrayList<>();
			row(columns, remarks, "name", server.name(), server.name().value().ascii());
			server.addresses().forEach(line -> row(columns, remarks, "address", line, IpText.of(line.value())));
			server.endpoints().forEach(line -> row(columns, remarks, "endpoint", line, line.value().toString()));
			columns.lines().forEach(terminal::line);
			remarks.addAll(server.remarks());
			remarks(remarks);
		}
		if (!name.proposal().remarks().isEmpty()) {
			terminal.line("");
			remarks(name.proposal().remarks());
		}
		terminal.line("");
	}

	private static boolean isClosed(Evidence evidence) {
		return evidence.probe().equals(DiscoveryProbes.PORT) && PortFact.read(evidence.facts()).stream().allMatch(fact -> fact.state() == PortFact.State.CLOSED);
	}

	private void row(Columns columns, List<Remark> remarks, String kind, Line<?> line, String value) {
		columns.row("  " + words.outcome(line.outcome()), words.say("discover.line." + kind), value,
				line.sources().stream().map(words::say).distinct().collect(Collectors.joining("; ")));
		remarks.addAll(line.remarks());
	}

	private void remarks(List<Remark> remarks) {
		for (Remark remark : remarks.stream().distinct().toList()) {
			terminal.line("  " + words.outcome(remark.outcome()) + ": " + words.say(remark.reason()));
			if (remark.outcome() != Outcome.PASS) {
				words.remedy(remark.reason()).ifPresent(remedy -> terminal.line("      " + remedy));
			}
		}
	}
}
