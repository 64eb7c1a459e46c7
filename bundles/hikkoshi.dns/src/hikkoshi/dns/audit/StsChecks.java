package hikkoshi.dns.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.xbill.DNS.Name;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Side;
import hikkoshi.dns.policy.PolicyFetch.Fetched;
import hikkoshi.dns.policy.StsPolicy;

/// Whether the policy of MTA-STS (RFC 8461) lets mail go where the MX leads now, and where it shall lead.
final class StsChecks {
	private StsChecks() {}

	static Verdict policy(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		if (dns.texts(subject.below("_mta-sts")).stream().noneMatch(text -> text.startsWith("v=STSv1"))) {
			return Verdict.moot(subject, "MTA-STS");
		}
		Name host = subject.below("mta-sts");
		List<InetAddress> addresses = dns.addresses(host);
		if (addresses.isEmpty()) {
			return Verdict.fail("audit.mta-sts.policy.refused", subject.domain().name(), host.toString(true) + ": –");
		}
		return switch (dns.policy(host.toString(true), addresses)) {
			case Fetched.Silent(String why) -> new Verdict(Outcome.UNKNOWN, Reason.of("audit.mta-sts.policy.silent", subject.domain().name(), Printable.of(why)));
			case Fetched.Refused(String why) -> Verdict.fail("audit.mta-sts.policy.refused", subject.domain().name(), Printable.of(why));
			case Fetched.Policy(String text, String type, String _) -> judge(StsPolicy.parse(text), type, subject, dns);
		};
	}

	private static Verdict judge(StsPolicy policy, String type, Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		if (!policy.problem().isEmpty()) {
			return Verdict.fail("audit.mta-sts.policy.bad", subject.domain().name(), Printable.of(policy.problem()));
		}
		if (!type.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
			return Verdict.fail("audit.mta-sts.policy.bad", subject.domain().name(), "Content-Type: " + Printable.of(type));
		}
		if (policy.mode().equals("none")) {
			return Verdict.pass("audit.mta-sts.policy.none", subject.domain().name());
		}
		boolean enforced = policy.mode().equals("enforce");
		List<String> shut = new ArrayList<>();
		boolean leadsToNew = false;
		boolean own = false;
		for (Name host : dns.exchanges()) {
			if (!policy.allows(host.toString(true))) {
				shut.add(host.toString(true));
			}
			leadsToNew |= dns.addresses(host).stream().anyMatch(address -> subject.side(address).filter(Side.NEW::equals).isPresent());
			own |= host.subdomain(subject.name());
		}
		String allowed = String.join(", ", policy.mx());
		if (!shut.isEmpty()) {
			String hosts = String.join(", ", shut);
			return enforced ? Verdict.fail("audit.mta-sts.policy.shut", subject.domain().name(), hosts, allowed)
					: Verdict.warn("audit.mta-sts.policy.would-shut", subject.domain().name(), hosts, allowed);
		}
		// a host of the domain's own keeps its name when its address changes; a stranger's becomes the new server's
		String coming = subject.newServer().map(server -> server.name().ascii()).orElse("");
		if (!leadsToNew && !own && !coming.isEmpty() && !policy.allows(coming)) {
			return enforced ? Verdict.fail("audit.mta-sts.policy.new-shut", subject.domain().name(), coming, allowed)
					: Verdict.warn("audit.mta-sts.policy.new-would-shut", subject.domain().name(), coming, allowed);
		}
		return Verdict.pass("audit.mta-sts.policy.ok", subject.domain().name(), policy.mode(), allowed, policy.maxAge());
	}
}
