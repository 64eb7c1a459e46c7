package hikkoshi.dns.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Side;
import hikkoshi.core.plan.MailNames;

/// What mail clients and other services are told.
final class ServiceChecks {
	private static final int DANE_TA = 2;

	private ServiceChecks() {}

	/// Names that clients try by themselves (`autodiscover.`, `autoconfig.`).
	static Verdict clientName(String label, Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Name name = subject.below(label);
		List<InetAddress> addresses = dns.addresses(name);
		String check = "audit." + label;
		if (addresses.isEmpty()) {
			return Verdict.moot(subject, name.toString(true));
		}
		List<InetAddress> old = addresses.stream().filter(address -> subject.side(address).filter(Side.OLD::equals).isPresent()).toList();
		return old.isEmpty() ? Verdict.pass(check + ".ok", subject.domain().name(), MxChecks.addresses(addresses))
				: Verdict.warn(check + ".old", subject.domain().name(), MxChecks.addresses(old));
	}

	/// RFC 2782: the target of a service is a host, not an alias.
	static Verdict srv(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> bad = new ArrayList<>();
		List<String> fine = new ArrayList<>();
		for (String service : MailNames.SERVICES) {
			for (SRVRecord record : dns.records(subject.below(service), Type.SRV, SRVRecord.class)) {
				String text = service + " " + record.getTarget().toString(true) + ":" + record.getPort();
				boolean offered = !record.getTarget().equals(Name.root);
				boolean alias = offered && dns.known(record.getTarget(), Type.A).alias();
				(offered && (alias || dns.addresses(record.getTarget()).isEmpty()) ? bad : fine).add(text);
			}
		}
		return !bad.isEmpty() ? Verdict.fail("audit.srv.bad", subject.domain().name(), String.join(", ", bad))
				: fine.isEmpty() ? Verdict.moot(subject, "SRV") : Verdict.pass("audit.srv.ok", subject.domain().name(), String.join(", ", fine));
	}

	/// RFC 7672: all exchanges or none, and only usages that SMTP knows.
	static Verdict tlsa(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<Name> with = new ArrayList<>();
		List<Name> without = new ArrayList<>();
		List<String> unusable = new ArrayList<>();
		for (Name host : dns.exchanges()) {
			List<TLSARecord> records = dns.records(Questions.below("_25._tcp", host), Type.TLSA, TLSARecord.class);
			(records.isEmpty() ? without : with).add(host);
			records.stream().filter(record -> record.getCertificateUsage() < DANE_TA || record.getCertificateUsage() > DANE_TA + 1)
					.forEach(record -> unusable.add(host.toString(true) + " " + record.rdataToString()));
		}
		if (with.isEmpty()) {
			return Verdict.moot(subject, "TLSA");
		}
		if (!unusable.isEmpty()) {
			return Verdict.fail("audit.tlsa.unusable", subject.domain().name(), String.join(", ", unusable));
		}
		return without.isEmpty() ? Verdict.pass("audit.tlsa.ok", subject.domain().name(), MxChecks.names(with))
				: Verdict.warn("audit.tlsa.some", subject.domain().name(), MxChecks.names(without), MxChecks.names(with));
	}

	/// A wildcard answers for every forgotten name, with the wrong server as often as not (RFC 4592).
	static Verdict wildcard(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Name nobody = subject.below("hikkoshi-no-such-name-7f3a");
		List<InetAddress> addresses = dns.addresses(nobody);
		List<String> mx = dns.known(nobody, Type.MX).records().stream().map(record -> record.rdataToString()).sorted().toList();
		List<String> found = new ArrayList<>(mx);
		found.addAll(addresses.stream().map(IpText::of).toList());
		return found.isEmpty() ? Verdict.pass("audit.wildcard.ok", subject.domain().name())
				: Verdict.warn("audit.wildcard.found", subject.domain().name(), String.join(", ", found));
	}
}
