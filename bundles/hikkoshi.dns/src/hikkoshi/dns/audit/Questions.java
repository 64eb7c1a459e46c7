package hikkoshi.dns.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.model.DomainName;
import hikkoshi.dns.Records;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.dnssec.Security;
import hikkoshi.dns.policy.PolicyFetch.Fetched;
import hikkoshi.dns.spf.Spf;
import hikkoshi.dns.spf.SpfCheck;
import hikkoshi.dns.spf.SpfDns;
import hikkoshi.dns.spf.SpfResult;

/// What one check asks, and the record of it: every answer becomes a row of the evidence. For one thread.
final class Questions {
	static final List<String> COLUMNS = List.of("name", "type", "status", "ttl", "data", "server");
	private static final int MAX_ROWS = 200;

	private record Question(Name name, int type) {}

	private final Subject subject;
	private final AuditDns dns;
	private final Map<Question, Resolved> asked = new LinkedHashMap<>();

	Questions(Subject subject, AuditDns dns) {
		this.subject = subject;
		this.dns = dns;
	}

	/// Whatever the answer is.
	Resolved ask(Name name, int type) throws IOException, InterruptedException {
		Question question = new Question(name, type);
		Resolved known = asked.get(question);
		if (known == null) {
			known = dns.resolve(name, type);
			asked.put(question, known);
		}
		return known;
	}

	/// A yes or no.
	Resolved known(Name name, int type) throws Unanswered, IOException, InterruptedException {
		Resolved answer = ask(name, type);
		if (!answer.known()) {
			throw new Unanswered(subject, name.toString(true) + " " + Type.string(type),
					answer.status() + (answer.detail().isEmpty() ? "" : " " + answer.detail()));
		}
		return answer;
	}

	<R extends Record> List<R> records(Name name, int type, Class<R> form) throws Unanswered, IOException, InterruptedException {
		return known(name, type).records().stream().filter(form::isInstance).map(form::cast).toList();
	}

	/// In the order of preference. A null MX (RFC 7505) is among them, with the root as its exchange.
	List<MXRecord> mx() throws Unanswered, IOException, InterruptedException {
		return records(subject.name(), Type.MX, MXRecord.class).stream()
				.sorted(Comparator.comparingInt(MXRecord::getPriority).thenComparing(MXRecord::getTarget)).toList();
	}

	/// Exchanges that are hosts, without repetition.
	List<Name> exchanges() throws Unanswered, IOException, InterruptedException {
		return mx().stream().map(record -> record.getTarget().canonicalize()).filter(name -> !name.equals(Name.root)).distinct().toList();
	}

	/// IPv4 before IPv6.
	List<InetAddress> addresses(Name host) throws Unanswered, IOException, InterruptedException {
		List<InetAddress> addresses = new ArrayList<>();
		records(host, Type.A, ARecord.class).forEach(record -> addresses.add(record.getAddress()));
		records(host, Type.AAAA, AAAARecord.class).forEach(record -> addresses.add(record.getAddress()));
		return addresses;
	}

	/// Each exchange with its addresses, which may be none.
	Map<Name, List<InetAddress>> exchangeAddresses() throws Unanswered, IOException, InterruptedException {
		Map<Name, List<InetAddress>> hosts = new LinkedHashMap<>();
		for (Name host : exchanges()) {
			hosts.put(host, addresses(host));
		}
		return hosts;
	}

	List<Name> pointers(InetAddress address) throws Unanswered, IOException, InterruptedException {
		return records(ReverseMap.fromAddress(address), Type.PTR, PTRRecord.class).stream().map(PTRRecord::getTarget).sorted().toList();
	}

	/// The joined strings of each TXT record, a character for each byte.
	List<String> texts(Name name) throws Unanswered, IOException, InterruptedException {
		return records(name, Type.TXT, TXTRecord.class).stream().map(Questions::joined).sorted().toList();
	}

	private static String joined(TXTRecord record) {
		StringBuilder text = new StringBuilder();
		for (byte[] part : record.getStringsAsByteArrays()) {
			text.append(new String(part, StandardCharsets.ISO_8859_1));
		}
		return text.toString();
	}

	/// What the policy host serves.
	Fetched policy(String host, List<InetAddress> addresses) throws IOException, InterruptedException {
		return dns.policy(host, addresses);
	}

	/// Whether what was said of a name and type is proven.
	Security security(Name name, int type) throws IOException, InterruptedException {
		return dns.security(name, type);
	}

	private record Sender(DomainName domain, InetAddress address) {}

	/// What several checks need, and what it asked for.
	private record Shared(Object value, Map<Question, Resolved> asked) {}

	/// A judgement on which several checks rest.
	@FunctionalInterface
	interface Judgement<V> {
		V of(Questions own) throws Unanswered, IOException, InterruptedException;
	}

	/// What several checks rest on, worked out once in a run; its questions and answers count among those of each.
	///
	/// @param key equal for equal judgements
	<V> V shared(Object key, Class<V> type, Judgement<V> judgement) throws Unanswered, IOException, InterruptedException {
		Shared shared = dns.once(key, Shared.class, () -> {
			Questions own = new Questions(subject, dns);
			try {
				return new Shared(judgement.of(own), Map.copyOf(own.asked));
			} catch (Unanswered e) {
				return new Shared(e, Map.copyOf(own.asked));
			}
		});
		asked.putAll(shared.asked());
		if (shared.value() instanceof Unanswered unanswered) {
			throw unanswered;
		}
		return type.cast(shared.value());
	}

	/// What receivers make of mail of the domain from an address (RFC 7208): evaluated once in a run, whichever checks need it.
	SpfResult spf(InetAddress sender) throws IOException, InterruptedException {
		try {
			return shared(new Sender(subject.domain().name(), sender), SpfResult.class,
					own -> Spf.check(SpfCheck.of(sender, subject.domain().name().ascii(), subject.now()), own.spf()));
		} catch (Unanswered e) {
			throw new IllegalStateException("SPF has a result for what nobody answers", e);
		}
	}

	/// The same DNS, as SPF asks it.
	private SpfDns spf() {
		return (name, type) -> {
			Name absolute;
			try {
				absolute = Name.fromString(escaped(name), Name.root);
			} catch (TextParseException e) {
				return SpfDns.Answer.NOTHING;
			}
			Resolved answer = ask(absolute, Type.value(type.name()));
			return switch (answer.status()) {
				case ANSWER -> SpfDns.Answer.of(values(answer.records()));
				case NO_DATA, NXDOMAIN -> SpfDns.Answer.NOTHING;
				case SERVFAIL, REFUSED, FORMERR, NOTIMP, OTHER_RCODE, LAME, TIMEOUT, UNREACHABLE, MISMATCHED, MALFORMED, ALIAS_LOOP, UNTRUSTED, NO_TLS, HTTP_ERROR, NOT_DNS, TOO_LONG -> SpfDns.Answer.ERROR;
			};
		};
	}

	/// What a macro wrote, as a master file writes it (RFC 1035, 5.1).
	private static String escaped(String name) {
		StringBuilder text = new StringBuilder();
		for (char c : name.toCharArray()) {
			if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.') {
				text.append(c);
			} else {
				text.append(String.format("\\%03d", c & 0xff));
			}
		}
		return text.toString();
	}

	private static List<String> values(List<Record> records) {
		return records.stream().sorted(Comparator.comparingInt(record -> record instanceof MXRecord mx ? mx.getPriority() : 0)).map(record -> switch (record) {
			case MXRecord mx -> mx.getTarget().toString(true);
			case PTRRecord ptr -> ptr.getTarget().toString(true);
			case TXTRecord txt -> joined(txt);
			default -> Records.text(record);
		}).toList();
	}

	private record RowsOf(Question question) {}

	/// The rows of one answer.
	private record Rows(String key, List<List<String>> rows) {}

	/// What was asked and answered, by name and type. The rows of an answer are made once in a run: a hundred thousand pieces of evidence share them.
	Facts.Table facts() throws IOException, InterruptedException {
		Map<String, List<List<String>>> rows = new TreeMap<>();
		for (Map.Entry<Question, Resolved> each : asked.entrySet()) {
			Rows mine = dns.once(new RowsOf(each.getKey()), Rows.class, () -> rows(each.getKey(), each.getValue()));
			rows.put(mine.key(), mine.rows());
		}
		return new Facts.Table(COLUMNS, rows.values().stream().flatMap(List::stream).limit(MAX_ROWS).toList());
	}

	private static Rows rows(Question question, Resolved answer) {
		String name = question.name().toString(true).isEmpty() ? "." : question.name().toString(true);
		String type = Type.string(question.type());
		List<List<String>> rows = new ArrayList<>();
		if (answer.records().isEmpty()) {
			rows.add(List.of(name, type, answer.status().name(), "", answer.detail(), answer.place()));
		}
		answer.records().stream().sorted(Comparator.comparing(Record::rdataToString))
				.forEach(record -> rows.add(List.of(name, type, answer.status().name(), String.valueOf(record.getTTL()), Records.text(record), answer.place())));
		return new Rows(name + " " + type, rows);
	}

	/// `prefix.name`, or the root when that is no name.
	static Name below(String prefix, Name name) {
		try {
			return Name.concatenate(Name.fromString(prefix), name);
		} catch (TextParseException | NameTooLongException e) {
			return Name.root;
		}
	}
}
