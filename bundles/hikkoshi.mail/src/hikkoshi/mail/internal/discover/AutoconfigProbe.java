package hikkoshi.mail.internal.discover;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.discover.ConfigFact;
import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.discover.Speech;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.mail.internal.discover.Web.Fetched;
import hikkoshi.mail.internal.discover.Web.Place;
import hikkoshi.mail.internal.http.HttpReply;
import hikkoshi.mail.internal.http.HttpRequest;
import hikkoshi.mail.internal.wire.Words;

/// Thunderbird's set-up document (draft-bucksch-autoconfig): at the domain's own places over https, then over http (which proves nothing), then
/// at the provider to whom MX leads. Asks no third party.
public final class AutoconfigProbe implements Probe<HostName> {
	/// (domain, URL, servers)
	public static final String FOUND = "discover.autoconfig.found";
	/// Found, without proof of who wrote it. (domain, URL, servers)
	public static final String UNPROVEN = "discover.autoconfig.unproven";
	/// Found, and of no use. (domain, URL, why)
	public static final String BROKEN = "discover.autoconfig.broken";
	/// (domain)
	public static final String NONE = "discover.autoconfig.none";
	/// Places that should answer do not. (domain, URL, reason…)
	public static final String UNKNOWN = "discover.autoconfig.unknown";
	private static final String PATH = "/mail/config-v1.1.xml";
	private static final String WELL_KNOWN = "/.well-known/autoconfig/mail/config-v1.1.xml";
	private static final int MOST_PROVIDERS = 2;
	private static final int MOST_SERVERS = 20;

	@Override
	public String id() {
		return DiscoveryProbes.AUTOCONFIG;
	}

	@Override
	public Class<HostName> target() {
		return HostName.class;
	}

	@Override
	public Finding examine(HostName host, ProbeContext context) throws IOException, InterruptedException {
		Web web = new Web(context);
		DomainName domain = host.name();
		String query = "?emailaddress=" + URLEncoder.encode(Web.postmaster(domain), StandardCharsets.UTF_8);
		Search search = new Search(web, domain);
		List<Place> own = new ArrayList<>();
		List<Place> clear = new ArrayList<>();
		Setup.below("autoconfig", domain).ifPresent(name -> {
			own.add(web.https(name, PATH + query));
			clear.add(web.http(name, PATH + query));
		});
		own.add(web.https(domain, WELL_KNOWN));
		clear.add(web.http(domain, WELL_KNOWN));
		List<Place> providers = new ArrayList<>();
		for (DomainName provider : providers(domain, web.reach().dns(domain))) {
			Setup.below("autoconfig", provider).ifPresent(name -> providers.add(web.https(name, PATH + query)));
		}
		boolean done = search.ask(own) || search.ask(clear) || search.ask(providers);
		return search.finding(done);
	}

	/// The domains of the first MX host: what is left without its first label, then without its first two. Never one that looks like a registry's
	/// (co.jp, com.au): without the list of public suffixes that is a guess, and asking less is better than asking strangers.
	static Set<DomainName> providers(DomainName domain, List<DnsFact> dns) {
		Set<DomainName> providers = new LinkedHashSet<>();
		Optional<DomainName> mx = dns.stream().filter(fact -> fact.kind() == DnsFact.Kind.MX).min(Comparator.comparingInt(DnsFact::priority)).flatMap(DnsFact::target);
		String rest = mx.map(DomainName::ascii).orElse("");
		while (providers.size() < MOST_PROVIDERS && rest.indexOf('.') > 0) {
			rest = rest.substring(rest.indexOf('.') + 1);
			String[] labels = rest.split("\\.");
			boolean registry = labels.length < 2 || labels.length == 2 && labels[1].length() == 2 && labels[0].length() <= 3;
			if (registry) {
				break;
			}
			DomainName name = new DomainName(rest);
			if (!name.equals(domain)) {
				providers.add(name);
			}
		}
		return providers;
	}

	/// What was asked, and what it gave. Used once.
	private static final class Search {
		private final Web web;
		private final DomainName domain;
		private final List<ConfigFact> facts = new ArrayList<>();
		private String broken = "";
		private String brokenAt = "";
		private int servers;

		Search(Web web, DomainName domain) {
			this.web = web;
			this.domain = domain;
		}

		/// @return whether one of them had the document; the first in the list counts
		boolean ask(List<Place> places) throws IOException, InterruptedException {
			List<ConfigFact> found = List.of();
			for (Fetched fetched : web.fetchAll(places, HttpRequest.GET)) {
				switch (fetched) {
					case Fetched.None(String url, boolean proven, String why, String words) -> {
						if (!why.equals(Web.NO_ADDRESS)) {
							facts.add(ConfigFact.asked(url, why, proven, words));
						}
					}
					case Fetched.Answer(String url, boolean proven, HttpReply reply) -> {
						List<ConfigFact> read = reply.status() == 200 ? document(url, proven, reply.body()) : List.of();
						String words = brokenAt.equals(url) ? broken : "";
						facts.add(ConfigFact.asked(url, String.valueOf(reply.status()), proven, words));
						found = found.isEmpty() ? read : found;
					}
				}
			}
			facts.addAll(found);
			servers = found.size();
			return !found.isEmpty();
		}

		private List<ConfigFact> document(String url, boolean proven, byte[] body) {
			try {
				List<ConfigFact> read = read(url, proven, body);
				if (read.isEmpty()) {
					fail(url, "no server");
				}
				return read;
			} catch (SetupXml.BadDocumentException e) {
				fail(url, String.valueOf(e.getMessage()));
				return List.of();
			}
		}

		private void fail(String url, String why) {
			broken = why;
			brokenAt = url;
		}

		private List<ConfigFact> read(String url, boolean proven, byte[] body) throws SetupXml.BadDocumentException {
			List<ConfigFact> read = new ArrayList<>();
			for (SetupXml.Block block : SetupXml.read(body, "clientconfig", List.of("incomingserver", "outgoingserver"))) {
				Optional<Speech> speech = switch (block.type()) {
					case "imap" -> Optional.of(Speech.IMAP);
					case "pop3" -> Optional.of(Speech.POP3);
					case "smtp" -> Optional.of(Speech.SUBMISSION);
					default -> Optional.empty();
				};
				Optional<Integer> port = Setup.port(block.text("port"));
				if (speech.isPresent() && port.isPresent() && read.size() < MOST_SERVERS) {
					Security security = switch (block.text("sockettype")) {
						case "SSL" -> Security.TLS;
						case "STARTTLS" -> Security.STARTTLS;
						default -> Security.NONE;
					};
					read.add(ConfigFact.server(url, proven, speech.get(), Setup.host(block.text("hostname"), domain), port.get(), security,
							Words.clean(block.text("authentication")), Words.clean(block.text("username"))));
				}
			}
			return read;
		}

		Finding finding(boolean done) {
			if (done) {
				ConfigFact first = facts.getLast();
				return first.proven() ? finding(Outcome.PASS, Reason.of(FOUND, domain, first.url(), servers))
						: finding(Outcome.WARN, Reason.of(UNPROVEN, domain, first.url(), servers));
			}
			if (!brokenAt.isEmpty()) {
				return finding(Outcome.WARN, Reason.of(BROKEN, domain, brokenAt, broken));
			}
			return Setup.silence(facts).map(fact -> finding(Outcome.UNKNOWN, Reason.of(UNKNOWN, domain, fact.url(), fact.status())))
					.orElseGet(() -> finding(Outcome.PASS, Reason.of(NONE, domain)));
		}

		private Finding finding(Outcome outcome, Reason reason) {
			return new Finding(outcome, reason, ConfigFact.table(facts));
		}
	}
}
