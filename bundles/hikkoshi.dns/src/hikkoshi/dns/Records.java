package hikkoshi.dns;

import java.net.Inet6Address;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import hikkoshi.core.model.IpText;

/// Records as text. dnsjava escapes everything outside printable ASCII (RFC 1035, 5.1), so a hostile answer cannot move a cursor.
public final class Records {
	private static final long MAX_TTL = 0x7fff_ffffL;
	/// Their data is names and numbers: case says nothing, and differs with the case of the question.
	private static final Set<Integer> CASELESS = Set.of(Type.NS, Type.CNAME, Type.SOA, Type.MX, Type.PTR, Type.SRV, Type.DNAME);
	/// By preference as a number first, so that 5 comes before 10.
	private static final Comparator<String> BY_DATA = Comparator.comparingInt(Records::preference).thenComparing(Comparator.naturalOrder());

	private Records() {}

	/// The records of an answer that belong to its question, aliases on the way to them included, in a stable order. What else a server puts
	/// there is nobody's answer.
	static List<Record> relevant(List<Record> answer, Name asked, int type) {
		Set<Name> chain = new LinkedHashSet<>();
		Name name = asked;
		while (chain.add(name)) {
			Name owner = name;
			name = answer.stream().filter(each -> each instanceof CNAMERecord && each.getName().equals(owner)).map(each -> ((CNAMERecord) each).getTarget())
					.findFirst().orElse(owner);
		}
		return answer.stream().filter(each -> (each.getType() == type || each.getType() == Type.CNAME) && chain.contains(each.getName()))
				.sorted(Comparator.comparing((Record each) -> data(each, type), BY_DATA)).toList();
	}

	/// The data of one record that answers a question for a type; an alias is shown as `CNAME target`.
	static String data(Record record, int type) {
		String data = text(record);
		String plain = CASELESS.contains(record.getType()) ? data.toLowerCase(Locale.ROOT) : data;
		return record.getType() == type ? plain : Type.string(record.getType()) + " " + plain;
	}

	/// The data of a record, IPv6 as RFC 5952 wants it.
	public static String text(Record record) {
		return record instanceof AAAARecord aaaa && aaaa.getAddress() instanceof Inet6Address six ? IpText.of(six) : record.rdataToString();
	}

	/// Seconds. One with the top bit set counts as 0 (RFC 2181, 8).
	static long ttl(Record record) {
		return record.getTTL() > MAX_TTL ? 0 : record.getTTL();
	}

	private static int preference(String data) {
		int space = data.indexOf(' ');
		if (space <= 0 || space > 5) {
			return 0;
		}
		try {
			return Integer.parseInt(data.substring(0, space));
		} catch (NumberFormatException e) {
			return 0;
		}
	}
}
