package hikkoshi.dns.audit;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.text.Phrases;

/// All checks of the audit, in the order in which people read them. A new one is a line here and its words in `texts*.properties`.
public final class Audit implements ProbeSet {
	private static final List<AuditProbe> CHECKS = List.of(
			new AuditProbe("audit.mx.present", MxChecks::present),
			new AuditProbe("audit.mx.null", MxChecks::nullMx),
			new AuditProbe("audit.mx.resolves", MxChecks::resolves),
			new AuditProbe("audit.mx.alias", MxChecks::alias),
			new AuditProbe("audit.mx.literal", MxChecks::literal),
			new AuditProbe("audit.mx.public", MxChecks::publicAddresses),
			new AuditProbe("audit.mx.duplicates", MxChecks::duplicates),
			new AuditProbe("audit.mx.sides", MxChecks::sides),
			new AuditProbe("audit.mx.families", MxChecks::families),
			new AuditProbe("audit.mx.ttl", MxChecks::ttl),
			new AuditProbe("audit.ptr.present", ReverseChecks::present),
			new AuditProbe("audit.ptr.confirmed", ReverseChecks::confirmed),
			new AuditProbe("audit.ptr.name", ReverseChecks::name),
			new AuditProbe("audit.spf.present", SpfChecks::present),
			new AuditProbe("audit.spf.single", SpfChecks::single),
			new AuditProbe("audit.spf.syntax", SpfChecks::syntax),
			new AuditProbe("audit.spf.limits", SpfChecks::limits),
			new AuditProbe("audit.spf.old", (subject, dns) -> SpfChecks.side(Side.OLD, subject, dns)),
			new AuditProbe("audit.spf.new", (subject, dns) -> SpfChecks.side(Side.NEW, subject, dns)),
			new AuditProbe("audit.spf.all", SpfChecks::all),
			new AuditProbe("audit.spf.ptr", SpfChecks::pointer),
			new AuditProbe("audit.spf.obsolete-type", SpfChecks::obsoleteType),
			new AuditProbe("audit.dkim.selectors", DkimChecks::selectors),
			new AuditProbe("audit.dkim.old", (subject, dns) -> DkimChecks.present(Side.OLD, subject, dns)),
			new AuditProbe("audit.dkim.new", (subject, dns) -> DkimChecks.present(Side.NEW, subject, dns)),
			new AuditProbe("audit.dkim.single", DkimChecks::single),
			new AuditProbe("audit.dkim.syntax", DkimChecks::syntax),
			new AuditProbe("audit.dkim.revoked", DkimChecks::revoked),
			new AuditProbe("audit.dkim.length", DkimChecks::length),
			new AuditProbe("audit.dkim.flags", DkimChecks::flags),
			new AuditProbe("audit.dmarc.present", PolicyChecks::dmarcPresent),
			new AuditProbe("audit.dmarc.single", PolicyChecks::dmarcSingle),
			new AuditProbe("audit.dmarc.syntax", PolicyChecks::dmarcSyntax),
			new AuditProbe("audit.dmarc.policy", PolicyChecks::dmarcPolicy),
			new AuditProbe("audit.dmarc.reports", PolicyChecks::dmarcReports),
			new AuditProbe("audit.mta-sts.record", PolicyChecks::mtaSts),
			new AuditProbe("audit.mta-sts.policy", StsChecks::policy),
			new AuditProbe("audit.tls-rpt.record", PolicyChecks::tlsReports),
			new AuditProbe("audit.tlsa", ServiceChecks::tlsa),
			new AuditProbe("audit.tlsa.match", DaneChecks::match),
			new AuditProbe("audit.tlsa.secure", DnssecChecks::tlsa),
			new AuditProbe("audit.dnssec.chain", DnssecChecks::chain),
			new AuditProbe("audit.dnssec.algorithms", DnssecChecks::algorithms),
			new AuditProbe("audit.caa", CaaChecks::caa),
			new AuditProbe("audit.blocklist.new", (subject, dns) -> BlocklistChecks.listed(Side.NEW, subject, dns)),
			new AuditProbe("audit.blocklist.old", (subject, dns) -> BlocklistChecks.listed(Side.OLD, subject, dns)),
			new AuditProbe("audit.autodiscover", (subject, dns) -> ServiceChecks.clientName("autodiscover", subject, dns)),
			new AuditProbe("audit.autoconfig", (subject, dns) -> ServiceChecks.clientName("autoconfig", subject, dns)),
			new AuditProbe("audit.srv", ServiceChecks::srv),
			new AuditProbe("audit.leftovers", LeftoverChecks::cutover),
			new AuditProbe("audit.leftovers.end", LeftoverChecks::end),
			new AuditProbe("audit.wildcard", ServiceChecks::wildcard),
			new AuditProbe("audit.ns.count", ZoneChecks::count),
			new AuditProbe("audit.ns.alias", ZoneChecks::alias),
			new AuditProbe("audit.ns.networks", ZoneChecks::networks),
			new AuditProbe("audit.apex.cname", ZoneChecks::apexAlias),
			new AuditProbe("audit.soa.negative-ttl", ZoneChecks::negativeTtl));

	@Override
	public List<Probe<?>> probes() {
		return List.copyOf(CHECKS);
	}

	@Override
	public ResourceBundle texts(Locale locale) {
		return Phrases.bundle(Audit.class, locale);
	}

	/// What the authoritative servers say now.
	public static AuditDns live(ProbeContext context) throws IOException, InterruptedException {
		return LiveDns.of(context);
	}

	/// One check on any DNS, e.g. a planned zone.
	///
	/// @throws IllegalArgumentException when there is no such check
	public static Finding check(String id, Subject subject, AuditDns dns) throws IOException, InterruptedException {
		AuditProbe probe = CHECKS.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow(() -> new IllegalArgumentException("no check " + id));
		return probe.examine(subject, dns);
	}
}
