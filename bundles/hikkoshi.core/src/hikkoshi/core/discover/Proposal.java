package hikkoshi.core.discover;

import java.util.List;
import java.util.stream.Stream;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.DomainName;

/// The server entries that follow from what was seen of a name, for a person to accept. A pure function of evidence.
///
/// @param servers those with mailboxes first; several when hosts stand at different addresses
/// @param remarks on the name's set-up as a whole
public record Proposal(DomainName name, List<ProposedServer> servers, List<Remark> remarks) {
	public Proposal {
		servers = List.copyOf(servers);
		remarks = List.copyOf(remarks);
	}

	/// From all evidence about a name; what is about others, or from other probes, does no harm.
	public static Proposal of(DomainName name, List<Evidence> evidence) {
		return of(name, evidence, false);
	}

	/// @param cutShort whether the name's time ran out, so that what was not seen may exist all the same
	public static Proposal of(DomainName name, List<Evidence> evidence, boolean cutShort) {
		return new Proposer(Sightings.of(name, evidence), cutShort).propose();
	}

	/// How sure it is as a whole. Without any server: FAIL when there is none, UNKNOWN when nobody can tell.
	public Outcome outcome() {
		return Stream.concat(servers.stream().map(ProposedServer::outcome), remarks.stream().map(Remark::outcome)).reduce(Outcome.PASS, Outcome::worst);
	}
}
