package hikkoshi.dns.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.xbill.DNS.Type;

import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Side;
import hikkoshi.dns.spf.Spf;
import hikkoshi.dns.spf.SpfResult;
import hikkoshi.dns.spf.SpfResult.Value;

/// Who may send for the domain (RFC 7208).
final class SpfChecks {
	/// Judged as the sender, it makes an evaluation go through the whole record: nobody has this address (RFC 1112, 4).
	private static final InetAddress NOBODY = InetAddress.ofLiteral("255.255.255.254");
	private static final int NEARLY = 9;
	/// The RR type that RFC 7208, 3.1 gave up.
	private static final int TYPE_SPF = 99;

	private SpfChecks() {}

	/// Zonemaster ZONE11.
	static Verdict present(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		return record(subject, dns).map(record -> Verdict.pass("audit.spf.present.ok", subject.domain().name(), record))
				.orElseGet(() -> Verdict.warn("audit.spf.present.none", subject.domain().name()));
	}

	static Verdict single(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> records = records(subject, dns);
		return records.size() > 1 ? Verdict.fail("audit.spf.single.several", subject.domain().name(), records.size(), String.join(" | ", records))
				: records.isEmpty() ? Verdict.moot(subject, "SPF") : Verdict.pass("audit.spf.single.ok", subject.domain().name());
	}

	static Verdict syntax(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		if (record(subject, dns).isEmpty()) {
			return Verdict.moot(subject, "SPF");
		}
		SpfResult result = judge(NOBODY, dns);
		return switch (result.cause().kind()) {
			case SYNTAX -> Verdict.fail("audit.spf.syntax.bad", subject.domain().name(), result.cause().detail(), result.cause().domain());
			case NO_TARGET -> Verdict.fail("audit.spf.syntax.no-target", subject.domain().name(), result.cause().detail(), result.cause().domain());
			case SEVERAL_RECORDS -> Verdict.fail("audit.spf.syntax.several", subject.domain().name(), result.cause().domain());
			case DNS_FAILED -> throw new Unanswered(subject, result.cause().detail(), "");
			case MATCHED, DEFAULT, NO_RECORD, BAD_DOMAIN, TOO_MANY_LOOKUPS, TOO_MANY_VOIDS, TOO_MANY_MX ->
				Verdict.pass("audit.spf.syntax.ok", subject.domain().name());
		};
	}

	/// RFC 7208, 4.6.4.
	static Verdict limits(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		if (record(subject, dns).isEmpty()) {
			return Verdict.moot(subject, "SPF");
		}
		SpfResult result = judge(NOBODY, dns);
		return switch (result.cause().kind()) {
			case TOO_MANY_LOOKUPS -> Verdict.fail("audit.spf.limits.lookups", subject.domain().name(), result.cause().detail(), result.cause().domain());
			case TOO_MANY_VOIDS -> Verdict.fail("audit.spf.limits.voids", subject.domain().name(), result.cause().detail(), result.cause().domain());
			case TOO_MANY_MX -> Verdict.fail("audit.spf.limits.mx", subject.domain().name(), result.cause().detail(), result.cause().domain());
			case DNS_FAILED -> throw new Unanswered(subject, result.cause().detail(), "");
			case MATCHED, DEFAULT, NO_RECORD, BAD_DOMAIN, SYNTAX, SEVERAL_RECORDS, NO_TARGET ->
				result.lookups() >= NEARLY ? Verdict.warn("audit.spf.limits.near", subject.domain().name(), result.lookups(), result.voids())
						: Verdict.pass("audit.spf.limits.ok", subject.domain().name(), result.lookups(), result.voids());
		};
	}

	/// While both servers send, both must pass.
	static Verdict side(Side side, Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<InetAddress> senders = subject.addresses(side);
		if (record(subject, dns).isEmpty()) {
			return Verdict.moot(subject, "SPF");
		}
		List<String> failing = new ArrayList<>();
		List<String> passing = new ArrayList<>();
		for (InetAddress sender : senders) {
			SpfResult result = judge(sender, dns);
			if (result.value() == Value.TEMPERROR) {
				throw new Unanswered(subject, result.cause().detail(), "");
			}
			(result.value() == Value.PASS ? passing : failing)
					.add(IpText.of(sender) + ": " + result.value().name().toLowerCase(Locale.ROOT) + " (" + words(result.cause()) + ")");
		}
		String check = "audit.spf." + side.token();
		return failing.isEmpty() ? Verdict.pass(check + ".ok", subject.domain().name(), String.join(", ", passing))
				: Verdict.fail(check + ".fails", subject.domain().name(), String.join(", ", failing));
	}

	static Verdict all(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		if (record(subject, dns).isEmpty()) {
			return Verdict.moot(subject, "SPF");
		}
		SpfResult result = judge(NOBODY, dns);
		return switch (result.value()) {
			case PASS -> Verdict.fail("audit.spf.all.open", subject.domain().name(), result.cause().detail());
			case NEUTRAL -> Verdict.warn("audit.spf.all.neutral", subject.domain().name());
			case FAIL, SOFTFAIL -> Verdict.pass("audit.spf.all.ok", subject.domain().name(), result.cause().detail());
			case TEMPERROR -> throw new Unanswered(subject, result.cause().detail(), "");
			case NONE, PERMERROR -> Verdict.moot(subject, "SPF");
		};
	}

	/// RFC 7208, 5.5: slow, unreliable, not to be used.
	static Verdict pointer(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		if (record(subject, dns).isEmpty()) {
			return Verdict.moot(subject, "SPF");
		}
		return judge(NOBODY, dns).trail().stream().filter(step -> step.term().toLowerCase(Locale.ROOT).matches("[-+~?]?ptr([:/].*)?")).findFirst()
				.map(step -> Verdict.warn("audit.spf.ptr.used", subject.domain().name(), step.term(), step.domain()))
				.orElseGet(() -> Verdict.pass("audit.spf.ptr.ok", subject.domain().name()));
	}

	static Verdict obsoleteType(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		return dns.known(subject.name(), TYPE_SPF).records().isEmpty() ? Verdict.pass("audit.spf.obsolete-type.ok", subject.domain().name())
				: Verdict.warn("audit.spf.obsolete-type.used", subject.domain().name(), Type.string(TYPE_SPF));
	}

	private static List<String> records(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		return dns.texts(subject.name()).stream().filter(Spf::isRecord).toList();
	}

	/// The first one; whether it stands alone is a check of its own.
	private static Optional<String> record(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		return records(subject, dns).stream().findFirst();
	}

	private static SpfResult judge(InetAddress sender, Questions dns) throws IOException, InterruptedException {
		return dns.spf(sender);
	}

	private static String words(SpfResult.Cause cause) {
		return cause.detail().isEmpty() ? cause.kind().name().toLowerCase(Locale.ROOT) : cause.detail();
	}
}
