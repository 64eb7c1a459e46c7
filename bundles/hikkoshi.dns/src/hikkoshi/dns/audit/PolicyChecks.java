package hikkoshi.dns.audit;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// What receivers and senders are told to do with the domain's mail: DMARC (RFC 9989, which took the place of RFC 7489), MTA-STS (RFC 8461), TLS
/// reports (RFC 8460).
final class PolicyChecks {
	private PolicyChecks() {}

	static Verdict dmarcPresent(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		return dmarc(subject, dns).map(found -> Verdict.pass("audit.dmarc.present.ok", subject.domain().name(), found.name().toString(true), found.records().getFirst()))
				.orElseGet(() -> Verdict.warn("audit.dmarc.present.none", subject.domain().name()));
	}

	static Verdict dmarcSingle(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		DmarcWalk walk = DmarcWalk.policy(subject.name(), dns);
		Optional<DmarcWalk.Step> several = walk.several();
		if (several.isPresent()) {
			return Verdict.fail("audit.dmarc.single.several", subject.domain().name(), several.get().name().toString(true), several.get().records().size());
		}
		return walk.applied().isPresent() ? Verdict.pass("audit.dmarc.single.ok", subject.domain().name()) : Verdict.moot(subject, "DMARC");
	}

	static Verdict dmarcSyntax(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Optional<DmarcWalk.Step> found = dmarc(subject, dns);
		if (found.isEmpty()) {
			return Verdict.moot(subject, "DMARC");
		}
		String record = found.get().records().getFirst();
		return problem(record).map(what -> Verdict.fail("audit.dmarc.syntax.bad", subject.domain().name(), what, record))
				.orElseGet(() -> Verdict.pass("audit.dmarc.syntax.ok", subject.domain().name()));
	}

	private static Optional<String> problem(String record) {
		Optional<Tags> tags = Tags.parse(record);
		if (tags.isEmpty()) {
			return Optional.of(record);
		}
		Set<String> policies = Set.of("none", "quarantine", "reject");
		for (String tag : List.of("p", "sp", "np")) {
			String value = tags.get().get(tag).toLowerCase(Locale.ROOT);
			if (!value.isEmpty() && !policies.contains(value)) {
				return Optional.of(tag + "=" + value);
			}
		}
		for (String tag : List.of("adkim", "aspf")) {
			if (!tags.get().get(tag).matches("[rsRS]?")) {
				return Optional.of(tag + "=" + tags.get().get(tag));
			}
		}
		if (!tags.get().get("psd").matches("[ynuYNU]?")) {
			return Optional.of("psd=" + tags.get().get("psd"));
		}
		if (!tags.get().get("t").matches("[ynYN]?")) {
			return Optional.of("t=" + tags.get().get("t"));
		}
		String percent = tags.get().get("pct");
		if (!percent.isEmpty() && !percent.matches("100|[1-9]?[0-9]")) {
			return Optional.of("pct=" + percent);
		}
		for (String tag : List.of("rua", "ruf")) {
			for (String uri : tags.get().get(tag).split(",")) {
				if (!uri.isBlank() && reportDomain(uri).isEmpty()) {
					return Optional.of(tag + "=" + uri.strip());
				}
			}
		}
		return Optional.empty();
	}

	static Verdict dmarcPolicy(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Optional<DmarcWalk.Step> found = dmarc(subject, dns);
		Optional<Tags> tags = found.flatMap(dmarc -> Tags.parse(dmarc.records().getFirst()));
		if (found.isEmpty() || tags.isEmpty()) {
			return Verdict.moot(subject, "DMARC");
		}
		boolean own = found.get().domain().equals(subject.name());
		if (own && tags.get().get("psd").equalsIgnoreCase("y")) {
			return Verdict.warn("audit.dmarc.policy.suffix", subject.domain().name());
		}
		String policy = !own && !tags.get().get("sp").isEmpty() ? tags.get().get("sp") : tags.get().get("p");
		if (tags.get().get("t").equalsIgnoreCase("y") && policy.matches("(?i)reject|quarantine")) {
			return Verdict.warn("audit.dmarc.policy.testing", subject.domain().name(), policy);
		}
		return switch (policy.toLowerCase(Locale.ROOT)) {
			case "reject", "quarantine" -> Verdict.pass("audit.dmarc.policy.ok", subject.domain().name(), policy);
			default -> Verdict.warn("audit.dmarc.policy.none", subject.domain().name(), policy.isEmpty() ? "none" : policy);
		};
	}

	/// A stranger's mailbox gets reports only when its domain agrees (RFC 9990, 4; before, RFC 7489, 7.1).
	static Verdict dmarcReports(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Optional<DmarcWalk.Step> found = dmarc(subject, dns);
		Optional<Tags> tags = found.flatMap(dmarc -> Tags.parse(dmarc.records().getFirst()));
		if (found.isEmpty() || tags.isEmpty()) {
			return Verdict.moot(subject, "DMARC");
		}
		if (tags.get().get("rua").isEmpty()) {
			return Verdict.warn("audit.dmarc.reports.none", subject.domain().name());
		}
		List<String> refused = new ArrayList<>();
		// failure reports (ruf) need the same consent as aggregate ones
		for (String uri : (tags.get().get("rua") + "," + tags.get().get("ruf")).split(",")) {
			Optional<Name> target = reportDomain(uri);
			if (target.isPresent() && !sameOrganisation(target.get(), found.get().domain(), dns)) {
				Name agreement = Questions.below(found.get().domain().toString(true) + "._report._dmarc", target.get());
				if (dns.texts(agreement).stream().noneMatch(text -> text.toLowerCase(Locale.ROOT).startsWith("v=dmarc1"))) {
					refused.add(uri.strip() + " (" + agreement.toString(true) + ")");
				}
			}
		}
		return refused.isEmpty() ? Verdict.pass("audit.dmarc.reports.ok", subject.domain().name(), tags.get().get("rua"))
				: Verdict.fail("audit.dmarc.reports.refused", subject.domain().name(), String.join(", ", refused.stream().distinct().toList()));
	}

	/// Whether both belong to one organisation. Of names that lie one below the other no receiver doubts it, whichever way it finds the organisation.
	private static boolean sameOrganisation(Name target, Name domain, Questions dns) throws Unanswered, IOException, InterruptedException {
		return target.subdomain(domain) || domain.subdomain(target)
				|| DmarcWalk.from(target, dns).organizational().equals(DmarcWalk.from(domain, dns).organizational());
	}

	private static Optional<Name> reportDomain(String uri) {
		String bare = uri.strip().replaceFirst("![0-9]+[kmgtKMGT]?$", "");
		try {
			URI parsed = new URI(bare);
			int at = bare.lastIndexOf('@');
			if (!"mailto".equalsIgnoreCase(parsed.getScheme()) || at < 0) {
				return Optional.empty();
			}
			Name name = Name.fromString(bare.substring(at + 1), Name.root);
			return name.labels() > 2 ? Optional.of(name) : Optional.empty();
		} catch (URISyntaxException | TextParseException e) {
			return Optional.empty();
		}
	}

	/// The record that applies to the domain's mail.
	private static Optional<DmarcWalk.Step> dmarc(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		return DmarcWalk.policy(subject.name(), dns).applied();
	}

	/// The record and the name that the policy is fetched from; the policy itself is HTTPS.
	static Verdict mtaSts(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> records = dns.texts(subject.below("_mta-sts")).stream().filter(text -> text.startsWith("v=STSv1")).toList();
		if (records.isEmpty()) {
			return Verdict.moot(subject, "MTA-STS");
		}
		boolean fine = records.size() == 1 && Tags.parse(records.getFirst()).filter(tags -> tags.get("id").matches("[A-Za-z0-9]{1,32}")).isPresent();
		if (!fine) {
			return Verdict.fail("audit.mta-sts.record.bad", subject.domain().name(), String.join(" | ", records));
		}
		Name host = subject.below("mta-sts");
		return dns.addresses(host).isEmpty() ? Verdict.fail("audit.mta-sts.record.no-host", subject.domain().name(), host.toString(true))
				: Verdict.pass("audit.mta-sts.record.ok", subject.domain().name(), records.getFirst());
	}

	static Verdict tlsReports(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> records = dns.texts(subject.below("_smtp._tls")).stream().filter(text -> text.startsWith("v=TLSRPTv1")).toList();
		if (records.isEmpty()) {
			return Verdict.moot(subject, "TLS-RPT");
		}
		boolean fine = records.size() == 1 && Tags.parse(records.getFirst()).filter(tags -> areTlsReportUris(tags.get("rua"))).isPresent();
		return fine ? Verdict.pass("audit.tls-rpt.record.ok", subject.domain().name(), records.getFirst())
				: Verdict.fail("audit.tls-rpt.record.bad", subject.domain().name(), String.join(" | ", records));
	}

	/// A list of URIs, each of a scheme that RFC 8460, 3 knows and with somewhere to go; a comma or `!` inside one is percent-encoded.
	private static boolean areTlsReportUris(String list) {
		return List.of(list.split(",", -1)).stream().map(String::strip).allMatch(uri -> {
			try {
				URI parsed = new URI(uri);
				return "https".equalsIgnoreCase(parsed.getScheme()) ? parsed.getHost() != null : reportDomain(uri).isPresent() && uri.indexOf('!') < 0;
			} catch (URISyntaxException e) {
				return false;
			}
		});
	}
}
