package hikkoshi.dns.spf;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.IpText;
import hikkoshi.dns.spf.SpfDns.Answer;
import hikkoshi.dns.spf.SpfDns.Status;
import hikkoshi.dns.spf.SpfDns.Type;
import hikkoshi.dns.spf.SpfResult.Cause;
import hikkoshi.dns.spf.SpfResult.Kind;
import hikkoshi.dns.spf.SpfResult.Step;
import hikkoshi.dns.spf.SpfResult.Value;

/// Judges a host by a domain's policy as a receiver would: `check_host` of RFC 7208. Blocks while DNS is asked; an interrupt ends it. Bounded by the
/// limits of RFC 7208, 4.6.4, whatever a record says. Used once.
public final class Spf {
	private static final int MAX_LOOKUPS = 10;
	private static final int MAX_VOIDS = 2;
	private static final int MAX_NAMES = 10;
	private static final int MAX_DOMAIN = 253;
	private static final int MAX_LABEL = 63;
	private static final int MAX_TRAIL = 500;

	private final SpfCheck check;
	private final SpfDns dns;
	private final List<Step> trail = new ArrayList<>();
	private int lookups;
	private int voids;
	private @Nullable List<String> validated;

	private Spf(SpfCheck check, SpfDns dns) {
		this.check = check;
		this.dns = dns;
	}

	/// Whether a TXT record is one of SPF.
	public static boolean isRecord(String text) {
		return SpfRecord.is(text);
	}

	/// @throws IOException when `dns` cannot ask at all; a server that does not answer is temperror
	public static SpfResult check(SpfCheck check, SpfDns dns) throws IOException, InterruptedException {
		return new Spf(check, dns).judge();
	}

	/// The end of one record's evaluation. `explain` is where its explanation is asked for.
	private record Verdict(Value value, Cause cause, @Nullable MacroString explanation, String domain) {}

	private static final class Stop extends Exception {
		private static final long serialVersionUID = 1;
		private final transient Verdict verdict;

		Stop(Value value, Kind kind, String domain, String detail) {
			super(kind.name(), null, false, false);
			verdict = new Verdict(value, new Cause(kind, domain, detail), null, domain);
		}
	}

	private SpfResult judge() throws IOException, InterruptedException {
		Verdict verdict;
		String explanation = "";
		try {
			verdict = host(check.domain(), 0);
			if (verdict.value() == Value.FAIL) {
				explanation = explain(verdict);
			}
		} catch (Stop stop) {
			verdict = stop.verdict;
		}
		return new SpfResult(verdict.value(), verdict.cause(), explanation, lookups, voids, trail);
	}

	private Verdict host(String domain, int depth) throws Stop, IOException, InterruptedException {
		if (!isDomain(domain)) {
			return new Verdict(Value.NONE, new Cause(Kind.BAD_DOMAIN, domain, domain), null, domain);
		}
		Answer answer = dns.ask(bare(domain), Type.TXT);
		if (answer.status() == Status.ERROR) {
			throw new Stop(Value.TEMPERROR, Kind.DNS_FAILED, domain, domain + " TXT");
		}
		List<String> records = answer.values().stream().filter(SpfRecord::is).toList();
		if (records.isEmpty()) {
			return new Verdict(Value.NONE, new Cause(Kind.NO_RECORD, domain, domain), null, domain);
		}
		if (records.size() > 1) {
			throw new Stop(Value.PERMERROR, Kind.SEVERAL_RECORDS, domain, domain);
		}
		try {
			return record(SpfRecord.parse(records.getFirst()), domain, depth);
		} catch (SpfSyntaxException e) {
			throw new Stop(Value.PERMERROR, Kind.SYNTAX, domain, e.term());
		}
	}

	private Verdict record(SpfRecord record, String domain, int depth) throws Stop, IOException, InterruptedException {
		for (Term term : record.terms()) {
			boolean matched = matches(term, domain, depth);
			note(depth, domain, term.written(), matched);
			if (matched) {
				return new Verdict(term.qualifier(), new Cause(Kind.MATCHED, domain, term.written()), record.explanation(), domain);
			}
		}
		if (record.redirect() == null) {
			return new Verdict(Value.NEUTRAL, new Cause(Kind.DEFAULT, domain, ""), null, domain);
		}
		String target = name(record.redirect(), domain);
		String written = "redirect=" + record.redirect().written();
		count(domain, written);
		note(depth, domain, written, true);
		Verdict verdict = host(target, depth + 1);
		if (verdict.value() == Value.NONE) {
			throw new Stop(Value.PERMERROR, Kind.NO_TARGET, domain, target);
		}
		return verdict;
	}

	private void note(int depth, String domain, String term, boolean matched) {
		if (trail.size() < MAX_TRAIL) {
			trail.add(new Step(depth, domain, term, matched));
		}
	}

	private void count(String domain, String term) throws Stop {
		if (++lookups > MAX_LOOKUPS) {
			throw new Stop(Value.PERMERROR, Kind.TOO_MANY_LOOKUPS, domain, term);
		}
	}

	private boolean matches(Term term, String domain, int depth) throws Stop, IOException, InterruptedException {
		if (term.mechanism().asks()) {
			count(domain, term.written());
		}
		return switch (term.mechanism()) {
			case Term.All _ -> true;
			case Term.Ip ip -> inside(check.client(), ip.network(), ip.prefix());
			case Term.Include include -> includes(include, domain, depth);
			case Term.Exists exists -> !ask(name(exists.domain(), domain), Type.A, domain).values().isEmpty();
			case Term.A a -> anyInside(addresses(target(a.domain(), domain), domain), a.prefixes());
			case Term.Mx mx -> mx(mx, term, domain);
			case Term.Ptr ptr -> {
				String target = target(ptr.domain(), domain).toLowerCase(Locale.ROOT);
				yield validatedNames(domain).stream().anyMatch(name -> name.equals(target) || name.endsWith("." + target));
			}
		};
	}

	private boolean includes(Term.Include include, String domain, int depth) throws Stop, IOException, InterruptedException {
		String target = name(include.domain(), domain);
		return switch (host(target, depth + 1).value()) {
			case PASS -> true;
			case FAIL, SOFTFAIL, NEUTRAL -> false;
			case NONE -> throw new Stop(Value.PERMERROR, Kind.NO_TARGET, domain, target);
			case TEMPERROR, PERMERROR -> throw new IllegalStateException("errors are thrown");
		};
	}

	private boolean mx(Term.Mx mx, Term term, String domain) throws Stop, IOException, InterruptedException {
		List<String> hosts = ask(target(mx.domain(), domain), Type.MX, domain).values();
		if (hosts.size() > MAX_NAMES) {
			throw new Stop(Value.PERMERROR, Kind.TOO_MANY_MX, domain, term.written());
		}
		for (String host : hosts) {
			if (anyInside(addresses(host, domain), mx.prefixes())) {
				return true;
			}
		}
		return false;
	}

	private List<String> addresses(String name, String domain) throws Stop, IOException, InterruptedException {
		return ask(name, check.v6() ? Type.AAAA : Type.A, domain).values();
	}

	/// A question of a mechanism: what finds nothing is counted, what fails ends all.
	private Answer ask(String name, Type type, String domain) throws Stop, IOException, InterruptedException {
		if (!isQueryable(name)) {
			return Answer.NOTHING;
		}
		Answer answer = dns.ask(name, type);
		return switch (answer.status()) {
			case FOUND -> answer;
			case ERROR -> throw new Stop(Value.TEMPERROR, Kind.DNS_FAILED, domain, name + " " + type);
			case NOTHING -> {
				if (++voids > MAX_VOIDS) {
					throw new Stop(Value.PERMERROR, Kind.TOO_MANY_VOIDS, domain, name + " " + type);
				}
				yield answer;
			}
		};
	}

	/// The names that PTR gives for the client and that lead back to it (RFC 7208, 5.5); lower case. Errors on the way only make it shorter.
	private List<String> validatedNames(String domain) throws IOException, InterruptedException, Stop {
		List<String> known = validated;
		if (known != null) {
			return known;
		}
		List<String> names = new ArrayList<>();
		Answer answer = dns.ask(check.reverseName(), Type.PTR);
		if (answer.status() == Status.NOTHING && ++voids > MAX_VOIDS) {
			throw new Stop(Value.PERMERROR, Kind.TOO_MANY_VOIDS, domain, check.reverseName() + " PTR");
		}
		for (String name : answer.values().subList(0, Math.min(MAX_NAMES, answer.values().size()))) {
			if (isQueryable(name) && anyInside(dns.ask(name, check.v6() ? Type.AAAA : Type.A).values(), Term.Prefixes.WHOLE)) {
				names.add(name.toLowerCase(Locale.ROOT));
			}
		}
		validated = names;
		return names;
	}

	private String target(@Nullable MacroString spec, String domain) throws Stop, IOException, InterruptedException {
		return spec == null ? bare(domain) : name(spec, domain);
	}

	/// A domain-spec as a name: one that is too long loses labels from its left (RFC 7208, 7.3).
	private String name(MacroString spec, String domain) throws Stop, IOException, InterruptedException {
		String name = bare(expand(spec, domain));
		while (name.length() > MAX_DOMAIN) {
			int dot = name.indexOf('.');
			if (dot < 0) {
				return name;
			}
			name = name.substring(dot + 1);
		}
		return name;
	}

	private String expand(MacroString text, String domain) throws Stop, IOException, InterruptedException {
		// asked before the expansion, whose values cannot stop an evaluation
		String pointer = text.parts().stream().anyMatch(part -> part instanceof MacroString.Macro macro && macro.letter() == 'p') ? pointer(domain) : "";
		return text.expand(letter -> switch (letter) {
			case 's' -> check.localPart() + "@" + check.senderDomain();
			case 'l' -> check.localPart();
			case 'o' -> check.senderDomain();
			case 'd' -> domain;
			case 'i' -> check.dotted();
			case 'p' -> pointer;
			case 'v' -> check.v6() ? "ip6" : "in-addr";
			case 'h' -> check.helo();
			case 'c' -> IpText.of(check.client());
			case 't' -> String.valueOf(check.at().getEpochSecond());
			default -> "unknown";
		});
	}

	/// The macro `p`: best the domain itself, then a name below it, then any (RFC 7208, 7.3).
	private String pointer(String domain) throws Stop, IOException, InterruptedException {
		String wanted = bare(domain).toLowerCase(Locale.ROOT);
		List<String> names = validatedNames(domain);
		return names.stream().filter(wanted::equals).findFirst()
				.or(() -> names.stream().filter(name -> name.endsWith("." + wanted)).findFirst())
				.or(() -> names.stream().findFirst()).orElse("unknown");
	}

	/// Whatever goes wrong here leaves a fail without an explanation (RFC 7208, 6.2).
	private String explain(Verdict verdict) throws IOException, InterruptedException {
		if (verdict.explanation() == null) {
			return "";
		}
		try {
			String name = name(verdict.explanation(), verdict.domain());
			List<String> texts = isQueryable(name) ? dns.ask(name, Type.TXT).values() : List.of();
			if (texts.size() != 1) {
				return "";
			}
			return expand(MacroString.parse(texts.getFirst(), MacroString.Place.EXPLANATION), verdict.domain());
		} catch (Stop | SpfSyntaxException e) {
			return "";
		}
	}

	private boolean anyInside(List<String> addresses, Term.Prefixes prefixes) {
		for (String text : addresses) {
			if (inside(check.client(), InetAddress.ofLiteral(text), check.v6() ? prefixes.v6() : prefixes.v4())) {
				return true;
			}
		}
		return false;
	}

	static boolean inside(InetAddress host, InetAddress network, int prefix) {
		byte[] one = host.getAddress();
		byte[] other = network.getAddress();
		if (one.length != other.length || prefix > one.length * Byte.SIZE) {
			return false;
		}
		for (int bit = 0; bit < prefix; bit++) {
			int mask = 0x80 >> bit % Byte.SIZE;
			if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
				return false;
			}
		}
		return true;
	}

	private static String bare(String name) {
		return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
	}

	/// A name that DNS can be asked for; anything else does not exist.
	private static boolean isQueryable(String name) {
		if (name.isEmpty() || name.length() > MAX_DOMAIN) {
			return false;
		}
		for (String label : name.split("\\.", -1)) {
			if (label.isEmpty() || label.length() > MAX_LABEL) {
				return false;
			}
		}
		return true;
	}

	/// RFC 7208, 4.3: several labels, none of them empty or too long.
	private static boolean isDomain(String domain) {
		String name = bare(domain);
		return name.indexOf('.') > 0 && isQueryable(name) && name.chars().noneMatch(c -> c <= ' ' || c >= 0x7f);
	}
}
