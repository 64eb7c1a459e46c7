package hikkoshi.core.probe;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.NoEvidence;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Server;
import hikkoshi.core.secret.Secrets;

/// What a probe may know besides its target. One per run.
///
/// @param anchors additional certificate authorities to trust, besides the platform's
/// @param memo things worth finding out once per run, e.g. a domain's delegation
/// @param servers of the migration, for probes that must tell the old side from the new one; empty outside a migration
/// @param evidence what was seen before: for probes that join what another leaf has found; empty outside a project
public record ProbeContext(
		Clock clock, Secrets secrets, Policy policy, DnsSettings dns, List<X509Certificate> anchors, RunMemo memo,
		List<Server> servers, EvidenceView evidence) {
	public ProbeContext {
		anchors = List.copyOf(anchors);
		servers = List.copyOf(servers);
	}

	public ProbeContext(Clock clock, Secrets secrets, Policy policy, DnsSettings dns, List<X509Certificate> anchors, RunMemo memo, List<Server> servers) {
		this(clock, secrets, policy, dns, anchors, memo, servers, new NoEvidence());
	}

	public ProbeContext(Clock clock, Secrets secrets, Policy policy, DnsSettings dns, List<X509Certificate> anchors, RunMemo memo) {
		this(clock, secrets, policy, dns, anchors, memo, List.of());
	}

	public ProbeContext(Clock clock, Secrets secrets, Policy policy, DnsSettings dns, List<X509Certificate> anchors) {
		this(clock, secrets, policy, dns, anchors, new RunMemo());
	}
}
