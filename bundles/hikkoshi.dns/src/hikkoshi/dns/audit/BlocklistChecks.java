package hikkoshi.dns.audit;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Side;
import hikkoshi.dns.Names;
import hikkoshi.dns.delegation.Resolved;

/// Whether a server's addresses stand in block lists (RFC 5782). Only lists that a person named, and only those that prove by their test points that
/// they work and that they answer us: a list that is gone says "listed" or "not listed" of everybody.
final class BlocklistChecks {
	private static final InetAddress LISTED = InetAddress.ofLiteral("127.0.0.2");
	private static final InetAddress NOT_LISTED = InetAddress.ofLiteral("127.0.0.1");
	/// `::FFFF:7F00:2`, the test point of RFC 5782, 5; in Java a mapped address would become IPv4.
	private static final String POINT_V6 = "2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0";

	private BlocklistChecks() {}

	/// How a list answered.
	private sealed interface Word {
		record Listed(String codes) implements Word {}

		record NotListed() implements Word {}

		/// An answer that is no word about the address.
		record Nonsense(String what) implements Word {}
	}

	static Verdict listed(Side side, Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<InetAddress> addresses = subject.addresses(side);
		if (subject.blocklists().isEmpty() || addresses.isEmpty()) {
			return Verdict.moot(subject, "blocklists");
		}
		List<String> found = new ArrayList<>();
		Set<String> broken = new LinkedHashSet<>();
		for (DomainName list : subject.blocklists()) {
			String fault = fault(list, dns);
			if (!fault.isEmpty()) {
				broken.add(list + ": " + fault);
				continue;
			}
			for (InetAddress address : addresses) {
				// a list without the test point has no IPv6 addresses to tell of
				boolean toldOf = !(address instanceof Inet6Address && ask(POINT_V6, list, dns) instanceof Word.NotListed);
				switch (toldOf ? ask(reverse(address), list, dns) : new Word.NotListed()) {
					case Word.Listed(String codes) -> found.add(IpText.of(address) + " " + list + " (" + codes + ")" + why(reverse(address), list, dns));
					case Word.NotListed() -> {
						// as it should be
					}
					case Word.Nonsense(String what) -> broken.add(list + ": " + what);
				}
			}
		}
		String check = "audit.blocklist." + side.token();
		if (!found.isEmpty()) {
			return side == Side.NEW ? Verdict.fail(check + ".listed", subject.domain().name(), String.join("; ", found))
					: Verdict.warn(check + ".listed", subject.domain().name(), String.join("; ", found));
		}
		return broken.isEmpty() ? Verdict.pass(check + ".ok", subject.domain().name(), MxChecks.addresses(addresses), subject.blocklists().size())
				: new Verdict(Outcome.UNKNOWN, Reason.of("audit.blocklist.broken", subject.domain().name(), String.join("; ", broken)));
	}

	/// Why a list's word is worth nothing; empty when it works.
	private static String fault(DomainName list, Questions dns) throws IOException, InterruptedException {
		return switch (ask(reverse(LISTED), list, dns)) {
			case Word.Nonsense(String what) -> what;
			case Word.NotListed() -> IpText.of(LISTED) + " is not listed";
			case Word.Listed(String _) -> switch (ask(reverse(NOT_LISTED), list, dns)) {
				case Word.Nonsense(String what) -> what;
				case Word.NotListed() -> "";
				case Word.Listed(String codes) -> IpText.of(NOT_LISTED) + " is listed (" + codes + ")";
			};
		};
	}

	private static Word ask(String labels, DomainName list, Questions dns) throws IOException, InterruptedException {
		Name name = Questions.below(labels, Names.of(list));
		Resolved answer = dns.ask(name, Type.A);
		if (!answer.known()) {
			return new Word.Nonsense(name.toString(true) + " " + answer.status());
		}
		List<String> codes = answer.records().stream().filter(ARecord.class::isInstance).map(record -> IpText.of(((ARecord) record).getAddress())).sorted().toList();
		if (codes.isEmpty()) {
			return new Word.NotListed();
		}
		// 127.255.255.x: "your resolver is refused", "too many questions", "no such list" — of Spamhaus and others who took it over
		boolean sane = codes.stream().allMatch(code -> code.startsWith("127.") && !code.startsWith("127.255.255."));
		return sane ? new Word.Listed(String.join(", ", codes)) : new Word.Nonsense(String.join(", ", codes));
	}

	/// The list's own words, which become part of the evidence as well.
	private static String why(String labels, DomainName list, Questions dns) throws IOException, InterruptedException {
		Name name = Questions.below(labels, Names.of(list));
		try {
			List<String> texts = dns.texts(name);
			return texts.isEmpty() ? "" : ": " + Printable.of(texts.getFirst());
		} catch (Unanswered e) {
			return "";
		}
	}

	/// Labels of an address as RFC 5782, 2.1 and 2.4 want them.
	private static String reverse(InetAddress address) {
		Name name = ReverseMap.fromAddress(address);
		return name.relativize(Name.fromConstantString(address instanceof Inet6Address ? "ip6.arpa." : "in-addr.arpa.")).toString();
	}
}
