package hikkoshi.rehearsal.dns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// Answers from its zones and from nothing else (RFC 1034, 4.3.2): with authority, with a referral, or with REFUSED. Zones may be put and taken while it
/// runs; a question sees either the old or the new zone, whole.
public final class AuthoritativeServer implements DnsService {

	private static final int MOST_ALIASES = 8;

	private volatile Map<DnsName, Zone> zones = Map.of();

	/// Puts a zone in the place of any other of its name.
	public synchronized AuthoritativeServer put(Zone zone) {
		Map<DnsName, Zone> changed = new HashMap<>(zones);
		changed.put(zone.origin(), zone);
		zones = Map.copyOf(changed);
		return this;
	}

	/// Forgets a zone: questions for it are refused from now on.
	public synchronized void remove(String origin) {
		Map<DnsName, Zone> changed = new HashMap<>(zones);
		changed.remove(DnsName.of(origin));
		zones = Map.copyOf(changed);
	}

	public Optional<Zone> zone(String origin) {
		return Optional.ofNullable(zones.get(DnsName.of(origin)));
	}

	@Override
	public DnsMessage answer(DnsMessage query) {
		DnsMessage.Question question = query.question();
		if (question == null || question.type() == DnsData.AXFR) {
			return query.reply(DnsMessage.REFUSED);
		}
		Zone zone = zoneFor(zones, question);
		if (zone == null) {
			return query.reply(DnsMessage.REFUSED);
		}
		List<DnsRecord> answer = new ArrayList<>();
		DnsName name = question.name();
		for (int aliases = 0;; aliases++) {
			Optional<DnsName> cut = zone.delegation(name).filter(each -> !each.equals(question.name()) || question.type() != DnsData.DS);
			if (cut.isPresent()) {
				List<DnsRecord> servers = zone.find(cut.get(), DnsData.NS);
				return query.reply(DnsMessage.NOERROR).with(!answer.isEmpty(), answer, servers, addresses(zone, servers));
			}
			DnsName owner = zone.exists(name) ? name : zone.wildcard(name).orElse(null);
			if (owner == null) {
				return query.reply(DnsMessage.NXDOMAIN).with(true, answer, negative(zone), List.of());
			}
			DnsName asked = name;
			List<DnsRecord> found = (question.type() == DnsData.ANY ? zone.all(owner) : zone.find(owner, question.type())).stream()
					.map(record -> record.named(asked)).toList();
			List<DnsRecord> alias = question.type() == DnsData.ANY ? List.of() : zone.find(owner, DnsData.CNAME);
			if (!found.isEmpty() || alias.isEmpty()) {
				answer.addAll(found);
				return query.reply(DnsMessage.NOERROR).with(true, answer, found.isEmpty() ? negative(zone) : List.of(), addresses(zone, found));
			}
			answer.add(alias.getFirst().named(name));
			name = alias.getFirst().data() instanceof DnsData.Alias(DnsName target) ? target : name;
			if (!name.isWithin(zone.origin()) || aliases == MOST_ALIASES) {
				// the rest is for the asker to look up elsewhere
				return query.reply(DnsMessage.NOERROR).with(true, answer, List.of(), List.of());
			}
		}
	}

	private static @Nullable Zone zoneFor(Map<DnsName, Zone> zones, DnsMessage.Question question) {
		// what a parent says of a child's keys (DS) stands in the parent
		boolean parents = question.type() == DnsData.DS;
		return zones.values().stream().filter(zone -> question.name().isWithin(zone.origin()))
				.filter(zone -> !parents || !zone.origin().equals(question.name()) || zones.size() == 1)
				.max(Comparator.comparingInt(zone -> zone.origin().labels().size())).orElse(null);
	}

	/// For how long "no" may be kept: the lower of the SOA's TTL and its minimum (RFC 2308, 3).
	private static List<DnsRecord> negative(Zone zone) {
		DnsRecord soa = zone.soa();
		int minimum = soa.data() instanceof DnsData.Authority authority ? authority.minimum() : 0;
		return List.of(soa.withTtl(Math.min(soa.ttl(), minimum)));
	}

	/// Addresses of the hosts that these records name, as far as this zone knows them: glue below a cut included.
	private static List<DnsRecord> addresses(Zone zone, List<DnsRecord> records) {
		Set<DnsRecord> found = new LinkedHashSet<>();
		for (DnsRecord record : records) {
			DnsName host = switch (record.data()) {
			case DnsData.NameServer(DnsName server) -> server;
			case DnsData.MailExchanger(int _, DnsName exchanger) -> exchanger;
			case DnsData.Address _, DnsData.Alias _, DnsData.Authority _, DnsData.Text _, DnsData.Other _ -> null;
			};
			if (host != null) {
				found.addAll(zone.find(host, DnsData.A));
				found.addAll(zone.find(host, DnsData.AAAA));
			}
		}
		return List.copyOf(found);
	}
}
