package hikkoshi.dns.audit;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.plan.Leftover;
import hikkoshi.core.plan.Leftover.When;
import hikkoshi.core.plan.MailNames;
import hikkoshi.dns.Names;
import hikkoshi.dns.Records;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.spf.SpfResult;

/// Everything below a domain that leads to the old server, name by name, with what should become of it: before the cutover the list of what to plan, after
/// it of what was forgotten.
final class LeftoverChecks {
	private static final String NOBODY = "hikkoshi-no-such-name-7f3a";
	private static final int MOST_DATA = 120;

	private LeftoverChecks() {}

	/// One sweep of a domain, shared by both checks.
	///
	/// @param names how many names were looked at
	private record Sweep(List<Leftover> rows, int names) {
		List<Leftover> rows(When when) {
			return rows.stream().filter(row -> row.when() == when).toList();
		}
	}

	private record Key(DomainName domain) {}

	/// What should have changed with the cutover.
	static Verdict cutover(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Sweep sweep = sweep(subject, dns);
		List<Leftover> rows = sweep.rows(When.CUTOVER);
		return rows.isEmpty() ? Verdict.pass("audit.leftovers.ok", subject.domain().name(), sweep.names())
				: Verdict.warn("audit.leftovers.old", subject.domain().name(), words(rows), rows.size()).with(table(rows));
	}

	/// What must stay until the end of propagation, and go then.
	static Verdict end(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<Leftover> rows = sweep(subject, dns).rows(When.END);
		return rows.isEmpty() ? Verdict.pass("audit.leftovers.end.ok", subject.domain().name())
				: Verdict.warn("audit.leftovers.end.old", subject.domain().name(), words(rows), rows.size()).with(table(rows));
	}

	private static Facts table(List<Leftover> rows) {
		return Leftover.table(rows);
	}

	private static String words(List<Leftover> rows) {
		return rows.stream().sorted().map(row -> row.name() + " " + row.type()).distinct().collect(joining(", "));
	}

	private static Sweep sweep(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		return dns.shared(new Key(subject.domain().name()), Sweep.class, own -> new Sweeper(subject, own).sweep());
	}

	/// Looks through one domain. Used once.
	private static final class Sweeper {
		private final Subject subject;
		private final Questions dns;
		private final List<Leftover> rows = new ArrayList<>();
		private final Set<Name> hosts = new LinkedHashSet<>();
		private int names;

		Sweeper(Subject subject, Questions dns) {
			this.subject = subject;
			this.dns = dns;
		}

		Sweep sweep() throws Unanswered, IOException, InterruptedException {
			hosts.add(subject.name());
			MailNames.HOSTS.forEach(label -> hosts.add(subject.below(label)));
			exchanges();
			services();
			for (Name host : hosts) {
				host(host);
			}
			host(subject.below(NOBODY));
			nameServers();
			senders();
			keys();
			return new Sweep(rows, names);
		}

		private void exchanges() throws Unanswered, IOException, InterruptedException {
			names++;
			for (MXRecord record : dns.mx()) {
				if (!record.getTarget().equals(Name.root)) {
					pointer(record, record.getTarget().canonicalize(), record.getPriority() + " ");
				}
			}
		}

		private void services() throws Unanswered, IOException, InterruptedException {
			for (String service : MailNames.SERVICES) {
				names++;
				for (SRVRecord record : dns.records(subject.below(service), Type.SRV, SRVRecord.class)) {
					if (!record.getTarget().equals(Name.root)) {
						pointer(record, record.getTarget().canonicalize(), record.getPriority() + " " + record.getWeight() + " " + record.getPort() + " ");
					}
				}
			}
		}

		/// A record that names a host: it follows the host where that is the domain's own.
		private void pointer(Record record, Name target, String before) throws Unanswered, IOException, InterruptedException {
			boolean own = target.subdomain(subject.name());
			if (own) {
				hosts.add(target);
			}
			String leads = leads(target);
			if (!leads.isEmpty()) {
				rows.add(row(record.getName(), record, leads, own ? Leftover.FOLLOWS : newName().map(name -> before + name).orElse(Leftover.OPEN), When.CUTOVER));
				seals(target, record.getType());
			}
		}

		/// TLSA of an exchange tells senders to expect the old certificate (RFC 7672).
		private void seals(Name host, int type) throws Unanswered, IOException, InterruptedException {
			if (type != Type.MX || !host.subdomain(subject.name())) {
				return;
			}
			Name name = Questions.below("_25._tcp", host);
			for (TLSARecord record : dns.records(name, Type.TLSA, TLSARecord.class)) {
				Leftover row = row(name, record, host.toString(true), Leftover.OPEN, When.CUTOVER);
				if (!rows.contains(row)) {
					rows.add(row);
				}
			}
		}

		private void host(Name host) throws Unanswered, IOException, InterruptedException {
			names++;
			boolean wild = host.equals(subject.below(NOBODY));
			Name shown = wild ? subject.below("*") : host;
			Resolved answer = dns.known(host, Type.A);
			if (answer.alias()) {
				String leads = leads(host);
				if (!leads.isEmpty()) {
					Optional<CNAMERecord> alias = dns.records(host, Type.CNAME, CNAMERecord.class).stream().findFirst();
					Name target = alias.map(CNAMERecord::getTarget).orElse(answer.owner()).canonicalize();
					String change = target.subdomain(subject.name()) ? Leftover.FOLLOWS : newName().orElse(Leftover.OPEN);
					rows.add(new Leftover(text(shown), "CNAME", target.toString(), leads, change, When.CUTOVER));
				}
				return;
			}
			for (InetAddress address : dns.addresses(host)) {
				if (isOld(address)) {
					boolean four = address instanceof Inet4Address;
					String change = subject.addresses(Side.NEW).stream().filter(fresh -> fresh instanceof Inet4Address == four).map(IpText::of).collect(joining(", "));
					rows.add(new Leftover(text(shown), four ? "A" : "AAAA", IpText.of(address), subject.oldServer().map(Server::key).orElse(""), change, When.CUTOVER));
				}
			}
		}

		private void nameServers() throws Unanswered, IOException, InterruptedException {
			for (NSRecord record : dns.records(subject.name(), Type.NS, NSRecord.class)) {
				String leads = leads(record.getTarget().canonicalize());
				if (!leads.isEmpty()) {
					rows.add(row(subject.name(), record, leads, Leftover.OPEN, When.END));
				}
			}
		}

		/// The term of SPF that lets an old address pass. It must stay while that server sends.
		private void senders() throws IOException, InterruptedException {
			for (InetAddress address : subject.addresses(Side.OLD)) {
				SpfResult result = dns.spf(address);
				if (result.value() != SpfResult.Value.PASS || subject.side(address).filter(Side.OLD::equals).isEmpty()) {
					continue;
				}
				String own = result.trail().stream().filter(step -> step.depth() == 0 && step.matched()).reduce((_, last) -> last).map(SpfResult.Step::term)
						.orElse(result.cause().detail());
				SpfResult.Step deepest = result.trail().stream().filter(SpfResult.Step::matched).max(Comparator.comparingInt(SpfResult.Step::depth))
						.orElse(new SpfResult.Step(0, result.cause().domain(), own, true));
				String leads = IpText.of(address) + " ← " + deepest.term() + (deepest.depth() == 0 ? "" : " (" + deepest.domain() + ")");
				// a term that names the MX or a host changes with it
				boolean follows = own.toLowerCase(Locale.ROOT).matches("[-+~?]?(mx|a)([:/].*)?");
				rows.add(new Leftover(subject.domain().name().ascii(), "TXT (SPF)", own, leads, follows ? Leftover.FOLLOWS : "", When.END));
			}
		}

		/// Keys that only the old server signs with.
		private void keys() throws Unanswered, IOException, InterruptedException {
			for (String selector : subject.domain().dkim().of(Side.OLD)) {
				Name name = subject.below(selector + "._domainkey");
				Resolved answer = dns.known(name, Type.TXT);
				if (!answer.records().isEmpty() && subject.domain().dkim().of(Side.NEW).stream().noneMatch(selector::equalsIgnoreCase)) {
					String data = answer.alias() ? answer.owner().toString() : cut(Records.text(answer.records().getFirst()));
					rows.add(new Leftover(text(name), answer.alias() ? "CNAME" : "TXT", data, "DKIM", "", When.END));
				}
			}
		}

		/// By what a host leads to the old server: its name, or one of its addresses; empty when it does not.
		private String leads(Name host) throws Unanswered, IOException, InterruptedException {
			List<InetAddress> old = dns.addresses(host).stream().filter(this::isOld).toList();
			Name end = dns.known(host, Type.A).owner().canonicalize();
			boolean byName = subject.oldServer().isPresent() && List.of(host, end).contains(Names.of(subject.oldServer().get().name()).canonicalize())
					&& !subject.oldServer().map(Server::name).equals(subject.newServer().map(Server::name));
			if (old.isEmpty() && !byName) {
				return "";
			}
			String name = byName && !end.equals(host) ? text(end) : text(host);
			return old.isEmpty() ? name : name + " " + MxChecks.addresses(old);
		}

		private boolean isOld(InetAddress address) {
			return subject.side(address).filter(Side.OLD::equals).isPresent();
		}

		private Optional<String> newName() {
			return subject.newServer().map(server -> server.name().ascii() + ".");
		}

		private static Leftover row(Name owner, Record record, String leads, String change, When when) {
			return new Leftover(text(owner), Type.string(record.getType()), cut(Records.text(record)), leads, change, when);
		}

		private static String text(Name name) {
			return name.toString(true);
		}

		private static String cut(String data) {
			return data.length() > MOST_DATA ? data.substring(0, MOST_DATA) + "…" : data;
		}
	}
}
