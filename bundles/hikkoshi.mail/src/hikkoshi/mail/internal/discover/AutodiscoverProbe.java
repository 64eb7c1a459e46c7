package hikkoshi.mail.internal.discover;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import hikkoshi.core.discover.ConfigFact;
import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.discover.Speech;
import hikkoshi.core.discover.SrvService;
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

/// Exchange's set-up document in its plain form (MS-OXDSCLI, POX), as other servers publish it too: asked over https only and without
/// credentials. A 401 says that a server with accounts is there, and that no more is told without a login; none is sent.
public final class AutodiscoverProbe implements Probe<HostName> {
	/// (domain, URL, servers)
	public static final String FOUND = "discover.autodiscover.found";
	/// Asks for a login. (domain, URL, schemes)
	public static final String LOGIN = "discover.autodiscover.login";
	/// (domain, URL, why)
	public static final String BROKEN = "discover.autodiscover.broken";
	/// (domain)
	public static final String NONE = "discover.autodiscover.none";
	/// (domain, URL, reason id)
	public static final String UNKNOWN = "discover.autodiscover.unknown";
	private static final String PATH = "/autodiscover/autodiscover.xml";
	private static final int MOST_SERVERS = 20;

	@Override
	public String id() {
		return DiscoveryProbes.AUTODISCOVER;
	}

	@Override
	public Class<HostName> target() {
		return HostName.class;
	}

	@Override
	public Finding examine(HostName host, ProbeContext context) throws IOException, InterruptedException {
		Web web = new Web(context);
		DomainName domain = host.name();
		Set<Place> places = new LinkedHashSet<>();
		Setup.below("autodiscover", domain).ifPresent(name -> places.add(web.https(name, PATH)));
		places.add(web.https(domain, PATH));
		web.reach().dns(domain).stream().filter(fact -> fact.kind() == DnsFact.Kind.SRV && fact.service().equals(SrvService.AUTODISCOVER) && fact.port() > 0)
				.limit(2).forEach(fact -> fact.target().ifPresent(name -> places.add(new Place(true, name, fact.port(), PATH))));
		return new Search(domain).finding(web.fetchAll(List.copyOf(places), HttpRequest.post(request(domain))));
	}

	/// A domain name needs no escaping in XML.
	private static String request(DomainName domain) {
		return "<?xml version=\"1.0\" encoding=\"utf-8\"?><Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\">"
				+ "<Request><EMailAddress>" + Web.postmaster(domain) + "</EMailAddress><AcceptableResponseSchema>"
				+ "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>";
	}

	/// What the places gave. Used once.
	private static final class Search {
		private final DomainName domain;
		private final List<ConfigFact> facts = new ArrayList<>();
		private List<ConfigFact> found = List.of();
		private String broken = "";
		private String brokenAt = "";

		Search(DomainName domain) {
			this.domain = domain;
		}

		Finding finding(List<Fetched> places) {
			for (Fetched fetched : places) {
				switch (fetched) {
					case Fetched.None(String url, boolean proven, String why, String words) -> {
						if (!why.equals(Web.NO_ADDRESS)) {
							facts.add(ConfigFact.asked(url, why, proven, words));
						}
					}
					case Fetched.Answer(String url, boolean proven, HttpReply reply) -> answer(url, proven, reply);
				}
			}
			facts.addAll(found);
			if (!found.isEmpty()) {
				return finding(Outcome.PASS, Reason.of(FOUND, domain, found.getFirst().url(), found.size()));
			}
			Optional<ConfigFact> login = facts.stream().filter(fact -> fact.status().equals("401")).findFirst();
			if (login.isPresent()) {
				return finding(Outcome.PASS, Reason.of(LOGIN, domain, login.get().url(), login.get().words()));
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

		private void answer(String url, boolean proven, HttpReply reply) {
			String words = "";
			if (reply.status() == 401) {
				words = schemes(reply);
			} else if (reply.status() == 200) {
				try {
					List<ConfigFact> read = read(url, proven, reply.body());
					found = found.isEmpty() ? read : found;
					words = read.isEmpty() ? "no server" : "";
				} catch (SetupXml.BadDocumentException e) {
					words = String.valueOf(e.getMessage());
				}
				if (!words.isEmpty()) {
					broken = words;
					brokenAt = url;
				}
			}
			facts.add(ConfigFact.asked(url, String.valueOf(reply.status()), proven, words));
		}

		/// e.g. `Basic NTLM Negotiate`
		private static String schemes(HttpReply reply) {
			String all = reply.headers("www-authenticate").stream().map(header -> header.split("[ ,]", 2)[0]).distinct().limit(10).collect(Collectors.joining(" "));
			return all.isEmpty() ? "-" : Words.clean(all);
		}

		private List<ConfigFact> read(String url, boolean proven, byte[] body) throws SetupXml.BadDocumentException {
			List<ConfigFact> read = new ArrayList<>();
			for (SetupXml.Block block : SetupXml.read(body, "autodiscover", List.of("protocol"))) {
				Optional<Speech> speech = switch (block.text("type").toUpperCase(Locale.ROOT)) {
					case "IMAP" -> Optional.of(Speech.IMAP);
					case "POP3" -> Optional.of(Speech.POP3);
					case "SMTP" -> Optional.of(Speech.SUBMISSION);
					default -> Optional.empty();
				};
				Optional<Integer> port = Setup.port(block.text("port"));
				if (speech.isPresent() && port.isPresent() && read.size() < MOST_SERVERS) {
					read.add(ConfigFact.server(url, proven, speech.get(), Setup.host(block.text("server"), domain), port.get(), security(block, speech.get(), port.get()),
							block.text("authrequired").equals("off") ? "none" : "", Words.clean(block.text("loginname"))));
				}
			}
			return read;
		}

		/// `Encryption` says it exactly; the older `SSL` means TLS from the first byte, but on the ports that begin in clear text.
		private static Security security(SetupXml.Block block, Speech speech, int port) {
			return switch (block.text("encryption").toUpperCase(Locale.ROOT)) {
				case "SSL" -> Security.TLS;
				case "TLS" -> Security.STARTTLS;
				case "NONE" -> Security.NONE;
				default -> {
					boolean clear = speech.protocol().filter(protocol -> protocol.defaultPort(Security.STARTTLS) == port).isPresent();
					boolean ssl = !block.text("ssl").equalsIgnoreCase("off");
					yield !ssl ? Security.NONE : clear ? Security.STARTTLS : Security.TLS;
				}
			};
		}
	}
}
