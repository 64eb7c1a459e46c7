package hikkoshi.core.discover;

import java.util.List;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;

/// One line of a proposed entry with where it comes from and what speaks against it.
///
/// @param sources sentences such as "SRV record _imaps._tcp.example.org"; never empty
/// @param remarks contradictions and missing proof; empty when everything is proven
public record Line<T>(T value, List<Reason> sources, List<Remark> remarks) {
	public Line {
		sources = List.copyOf(sources);
		remarks = List.copyOf(remarks);
	}

	/// How sure it is: the worst remark, PASS without any.
	public Outcome outcome() {
		return remarks.stream().map(Remark::outcome).reduce(Outcome.PASS, Outcome::worst);
	}
}
