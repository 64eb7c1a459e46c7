package hikkoshi.core.format;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.YamlNode.Mapping;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.format.YamlNode.Sequence;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.CanaryPolicy;
import hikkoshi.core.model.CertificatePin;
import hikkoshi.core.model.ClientNames;
import hikkoshi.core.model.DkimSelectors;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Transport;
import hikkoshi.core.model.WatchSettings;
import hikkoshi.core.model.Wave;

/// What `migration.yaml` says. Reading never fails for what the text holds: that gives faults.
public final class MigrationYaml {
	private static final Pattern ENDPOINT = Pattern.compile("([^:/\\s]+)(?::([^:/\\s]+))?/([^:/\\s]+)");
	/// A DS record's data (RFC 4034, 5.3).
	private static final Pattern ANCHOR = Pattern.compile("[0-9]{1,5}\\s+[0-9]{1,3}\\s+[0-9]{1,3}\\s+[0-9A-Fa-f]{2}[0-9A-Fa-f\\s]*");
	private static final String RESOLVERS = "resolvers";
	/// A name as zones write it, `@` for the domain itself, and types after it.
	private static final Pattern WATCH = Pattern.compile("(@|[A-Za-z0-9_]([A-Za-z0-9_.-]{0,200})?)(\\s+(A|AAAA|MX|NS|TXT|SRV|CNAME|CAA|TLSA|SOA|DS))+");
	private static final Duration YEARS = Duration.ofDays(3650);
	private static final Duration BLINK = Duration.ofMillis(100);
	private static final Duration HOUR = Duration.ofHours(1);

	private final Migration migration;
	private final YamlDocument document;
	private final Map<DomainName, Integer> domainPlaces;
	private final Map<String, Integer> trustPlaces;

	private MigrationYaml(Migration migration, YamlDocument document, Map<DomainName, Integer> domainPlaces, Map<String, Integer> trustPlaces) {
		this.migration = migration;
		this.document = document;
		this.domainPlaces = Map.copyOf(domainPlaces);
		this.trustPlaces = Map.copyOf(trustPlaces);
	}

	/// Without mailboxes, and without what has faults.
	public Migration migration() {
		return migration;
	}

	/// For edits ([YamlEdit]).
	public YamlDocument document() {
		return document;
	}

	/// Whether a domain is listed, be it with a fault of its own.
	public boolean lists(DomainName domain) {
		return domainPlaces.containsKey(domain);
	}

	/// Offset of a domain's name in the text.
	Map<DomainName, Integer> domainPlaces() {
		return domainPlaces;
	}

	/// Offset of each file under `trust`.
	Map<String, Integer> trustPlaces() {
		return trustPlaces;
	}

	/// @param text of a file or of an unsaved editor, without a byte order mark
	/// @param fileName for the faults
	/// @return a value unless the text is no YAML mapping
	public static Parsed<MigrationYaml> parse(String text, String fileName) {
		Parsed<YamlDocument> parsed = YamlDocument.parse(text, fileName);
		if (parsed.value().isEmpty()) {
			return new Parsed<>(Optional.empty(), parsed.faults());
		}
		YamlDocument document = parsed.value().get();
		FaultList faults = new FaultList(fileName, Lines.of(text));
		faults.addAll(parsed.faults());
		Optional<YamlNode> root = document.root().filter(node -> !node.isNull());
		if (root.isEmpty()) {
			faults.whole(FaultKind.YAML_EMPTY);
			return new Parsed<>(Optional.empty(), faults.list());
		}
		Optional<MigrationYaml> value = YamlFields.of(root.get(), fileName, FileKeys.MIGRATION, faults)
				.map(fields -> new Reader(document, fields, faults).read());
		return new Parsed<>(value, faults.list());
	}

	/// One reading of one text.
	private static final class Reader {
		private final YamlDocument document;
		private final YamlFields root;
		private final FaultList faults;
		private final Map<String, Integer> serverPlaces = new HashMap<>();
		private final Map<String, Integer> wavePlaces = new HashMap<>();
		private final List<Server> servers = new ArrayList<>();
		/// Keys as written, even of servers that have faults: a reference to them is not another fault.
		private final Map<Side, Set<String>> serverKeys = new HashMap<>();
		private final Map<DomainName, Integer> domainPlaces = new LinkedHashMap<>();
		private final Map<String, Integer> trustPlaces = new LinkedHashMap<>();

		Reader(YamlDocument document, YamlFields root, FaultList faults) {
			this.document = document;
			this.root = root;
			this.faults = faults;
		}

		MigrationYaml read() {
			format(root, FileKeys.MIGRATION_FORMAT, faults);
			root.require("name", MigrationProject.MIGRATION_FILE);
			String name = root.text("name").map(Scalar::value).map(String::strip).orElse("");
			servers();
			Map<String, Wave> waves = waves();
			List<Domain> domains = domains(waves);
			Migration migration = new Migration(name, servers, domains, List.copyOf(waves.values()), List.of(), dns(), trust(), policy());
			return new MigrationYaml(migration, document, domainPlaces, trustPlaces);
		}

		private void servers() {
			for (Side side : Side.values()) {
				serverKeys.put(side, new LinkedHashSet<>());
			}
			if (!root.require("servers", MigrationProject.MIGRATION_FILE)) {
				return;
			}
			Optional<YamlFields> sides = root.mapping("servers", FileKeys.SIDES);
			if (sides.isEmpty()) {
				if (root.node("servers").isEmpty()) {
					faults.at(root.place("servers"), FaultKind.YAML_NO_VALUE, "servers");
				}
				return;
			}
			for (Side side : Side.values()) {
				List<YamlNode> list = sides.get().list(side.token());
				if (list.isEmpty() && sides.get().node(side.token()).filter(node -> !(node instanceof Sequence)).isEmpty()) {
					faults.at(sides.get().place(side.token()), FaultKind.SERVERS_NONE, side.token());
				}
				for (YamlNode node : list) {
					YamlFields.of(node, "servers." + side.token(), FileKeys.SERVER, faults).ifPresent(fields -> server(side, fields));
				}
			}
			samePlaces();
		}

		private void server(Side side, YamlFields fields) {
			String where = "servers." + side.token();
			fields.require("key", where);
			fields.require("name", where);
			Optional<Scalar> key = fields.key("key");
			key.ifPresent(scalar -> {
				Integer first = serverPlaces.putIfAbsent(scalar.value(), scalar.start());
				if (first != null) {
					faults.at(scalar.start(), FaultKind.SERVER_DUPLICATE, scalar.value(), faults.line(first));
				}
				serverKeys.get(side).add(scalar.value());
			});
			String label = key.map(Scalar::value).orElse("?");
			Optional<DomainName> name = fields.text("name").flatMap(this::serverName);
			List<InetAddress> addresses = addresses(fields, label);
			List<Endpoint> endpoints = endpoints(fields, label);
			List<CertificatePin> pins = pins(fields);
			Authentication authentication = new AuthYaml(faults).read(fields);
			ClientNames clientNames = new ClientNames(clientName(fields, "setup-name"), clientName(fields, "final-name"));
			if (key.isPresent() && name.isPresent()) {
				servers.add(new Server(key.get().value(), side, name.get(), addresses, endpoints, pins, authentication, clientNames));
			}
		}

		private @Nullable DomainName clientName(YamlFields fields, String key) {
			return fields.text(key).flatMap(this::serverName).orElse(null);
		}

		private Optional<DomainName> serverName(Scalar scalar) {
			Optional<DomainName> name = Hosts.name(scalar.value());
			if (Hosts.address(scalar.value()).isPresent() || name.filter(Hosts::isNumeric).isPresent()) {
				faults.at(scalar.start(), FaultKind.SERVER_NAME_ADDRESS, scalar.value());
				return Optional.empty();
			}
			if (name.isEmpty()) {
				faults.at(scalar.start(), FaultKind.SERVER_NAME_BAD, scalar.value());
			}
			return name;
		}

		private List<InetAddress> addresses(YamlFields fields, String server) {
			List<InetAddress> addresses = new ArrayList<>();
			List<YamlNode> written = fields.list("addresses");
			if (written.isEmpty() && fields.node("addresses").filter(node -> !(node instanceof Sequence)).isEmpty()) {
				faults.at(fields.place("addresses"), FaultKind.SERVER_NO_ADDRESS, server);
			}
			for (Scalar scalar : fields.texts("addresses")) {
				Optional<InetAddress> address = address(scalar);
				if (address.isPresent() && addresses.contains(address.get())) {
					faults.at(scalar.start(), FaultKind.ADDRESS_DUPLICATE, scalar.value());
				} else {
					address.ifPresent(addresses::add);
				}
			}
			return addresses;
		}

		private Optional<InetAddress> address(Scalar scalar) {
			String text = scalar.value().strip();
			Optional<InetAddress> address = Hosts.address(text);
			if (address.isEmpty()) {
				faults.at(scalar.start(), Hosts.isName(text) ? FaultKind.ADDRESS_IS_NAME : FaultKind.ADDRESS_BAD, text);
			} else if (!Hosts.isUsable(address.get())) {
				faults.at(scalar.start(), FaultKind.ADDRESS_UNUSABLE, text);
				return Optional.empty();
			}
			return address;
		}

		private List<Endpoint> endpoints(YamlFields fields, String server) {
			List<Endpoint> endpoints = new ArrayList<>();
			List<YamlNode> list = fields.list("endpoints");
			if (list.isEmpty() && fields.node("endpoints").filter(node -> !(node instanceof Sequence)).isEmpty()) {
				faults.at(fields.place("endpoints"), FaultKind.SERVER_NO_ENDPOINT, server);
			}
			Set<Integer> ports = new HashSet<>();
			for (YamlNode node : list) {
				Optional<Endpoint> endpoint = node instanceof Mapping ? endpointMapping(node)
						: YamlFields.text(node, "endpoints", faults).flatMap(this::endpoint);
				endpoint.ifPresent(e -> {
					if (!ports.add(e.port())) {
						faults.at(node.start(), FaultKind.ENDPOINT_DUPLICATE, e.port());
						return;
					}
					contradictions(node, e);
					endpoints.add(e);
				});
			}
			return endpoints;
		}

		private Optional<Endpoint> endpoint(Scalar scalar) {
			Matcher matcher = ENDPOINT.matcher(scalar.value().strip());
			if (!matcher.matches()) {
				faults.at(scalar.start(), FaultKind.ENDPOINT_BAD, scalar.value());
				return Optional.empty();
			}
			Optional<Protocol> protocol = protocol(matcher.group(1), scalar.start(), faults);
			Optional<Security> security = security(matcher.group(3), scalar.start());
			@Nullable String written = matcher.group(2);
			Optional<Integer> port = written == null ? protocol.flatMap(p -> security.map(p::defaultPort)) : Hosts.port(written);
			if (written != null && port.isEmpty()) {
				faults.at(scalar.start(), FaultKind.PORT_BAD, written);
			}
			return protocol.isPresent() && security.isPresent() && port.isPresent()
					? Optional.of(new Endpoint(protocol.get(), port.get(), security.get())) : Optional.empty();
		}

		private Optional<Endpoint> endpointMapping(YamlNode node) {
			return YamlFields.of(node, "endpoints", FileKeys.ENDPOINT, faults).flatMap(fields -> {
				fields.require("protocol", "endpoints");
				fields.require("security", "endpoints");
				Optional<Protocol> protocol = fields.text("protocol").flatMap(scalar -> protocol(scalar.value(), scalar.start(), faults));
				Optional<Security> security = fields.text("security").flatMap(scalar -> security(scalar.value(), scalar.start()));
				Optional<Integer> port = fields.has("port") ? fields.number("port", 1, Endpoint.MAX_PORT)
						: protocol.flatMap(p -> security.map(p::defaultPort));
				return protocol.isPresent() && security.isPresent() && port.isPresent()
						? Optional.of(new Endpoint(protocol.get(), port.get(), security.get())) : Optional.empty();
			});
		}

		private Optional<Security> security(String text, int place) {
			Optional<Security> security = Security.of(text);
			if (security.isEmpty()) {
				faults.at(place, FaultKind.SECURITY_UNKNOWN, text, words(Arrays.stream(Security.values()).map(Security::token).toList()));
			}
			return security;
		}

		/// A registered port promises a protocol and a security; saying otherwise may be meant, but rarely is.
		private void contradictions(YamlNode node, Endpoint endpoint) {
			for (Protocol protocol : Protocol.values()) {
				boolean tls = endpoint.port() == protocol.defaultPort(Security.TLS) && protocol != Protocol.SMTP;
				if (!tls && endpoint.port() != protocol.defaultPort(Security.STARTTLS)) {
					continue;
				}
				boolean relay = protocol == Protocol.SMTP && endpoint.protocol() == Protocol.SUBMISSION;
				if (endpoint.protocol() != protocol && !relay) {
					faults.at(node.start(), FaultKind.ENDPOINT_PROTOCOL, endpoint, protocol.token());
				} else if (tls != (endpoint.security() == Security.TLS)) {
					faults.at(node.start(), FaultKind.ENDPOINT_SECURITY, endpoint, tls ? Security.TLS.token() : Security.STARTTLS.token());
					return;
				}
			}
			if (endpoint.security() == Security.NONE && endpoint.protocol().hasLogin()) {
				faults.at(node.start(), FaultKind.ENDPOINT_CLEAR, endpoint);
			}
		}

		private List<CertificatePin> pins(YamlFields fields) {
			List<CertificatePin> pins = new ArrayList<>();
			for (Scalar scalar : fields.texts("pins")) {
				try {
					pins.add(new CertificatePin(scalar.value().strip()));
				} catch (IllegalArgumentException e) {
					faults.at(scalar.start(), FaultKind.PIN_BAD, scalar.value());
				}
			}
			return pins;
		}

		/// An old server that is a new one too would prove itself.
		private void samePlaces() {
			Map<String, Server> old = new HashMap<>();
			for (Server server : servers) {
				for (InetAddress address : server.addresses()) {
					for (Endpoint endpoint : server.endpoints()) {
						String place = IpText.withPort(address, endpoint.port());
						if (server.side() == Side.OLD) {
							old.putIfAbsent(place, server);
						} else if (old.containsKey(place)) {
							faults.at(serverPlaces.getOrDefault(server.key(), root.start()), FaultKind.SERVER_SAME_PLACE, place,
									old.get(place).key(), server.key());
							return;
						}
					}
				}
			}
		}

		private Map<String, Wave> waves() {
			Map<String, Wave> waves = new LinkedHashMap<>();

			for (YamlNode node : root.list("waves")) {
				YamlFields.of(node, "waves", FileKeys.WAVE, faults).ifPresent(fields -> {
					fields.require("key", "waves");
					@Nullable Instant cutover = fields.node("cutover").isEmpty() ? null : fields.text("cutover").flatMap(this::instant).orElse(null);
					fields.key("key").ifPresent(key -> {
						Integer first = wavePlaces.putIfAbsent(key.value(), key.start());
						if (first != null) {
							faults.at(key.start(), FaultKind.WAVE_DUPLICATE, key.value(), faults.line(first));
						} else {
							waves.put(key.value(), new Wave(key.value(), cutover));
						}
					});
				});
			}
			return waves;
		}

		private Optional<Instant> instant(Scalar scalar) {
			try {
				return Optional.of(OffsetDateTime.parse(scalar.value().strip()).toInstant());
			} catch (DateTimeException e) {
				faults.at(scalar.start(), FaultKind.CUTOVER_BAD, scalar.value());
				return Optional.empty();
			}
		}

		private List<Domain> domains(Map<String, Wave> waves) {
			List<Domain> domains = new ArrayList<>();
			List<YamlNode> list = root.list("domains");
			if (list.isEmpty() && root.node("domains").filter(node -> !(node instanceof Sequence)).isEmpty()) {
				faults.at(root.place("domains"), FaultKind.DOMAINS_NONE);
			}
			Set<String> used = new HashSet<>();
			boolean listed = !waves.isEmpty();
			for (YamlNode node : list) {
				domain(node, waves, listed).ifPresent(domain -> {
					used.add(domain.wave());
					domains.add(domain);
				});
			}
			waves.keySet().stream().filter(wave -> !used.contains(wave) && wavePlaces.containsKey(wave))
					.forEach(wave -> faults.at(wavePlaces.getOrDefault(wave, 0), FaultKind.WAVE_UNUSED, wave));
			return domains;
		}

		/// @param waves the wave `main` is added when it is used and not listed
		private Optional<Domain> domain(YamlNode node, Map<String, Wave> waves, boolean listed) {
			if (node instanceof Scalar) {
				return YamlFields.text(node, "domains", faults).flatMap(this::domainName).map(name -> new Domain(name,
						wave(waves, listed, Optional.empty()), only(Side.OLD, name, node.start()), only(Side.NEW, name, node.start())));
			}
			return YamlFields.of(node, "domains", FileKeys.DOMAIN, faults).flatMap(fields -> {
				fields.require("name", "domains");
				Optional<DomainName> name = fields.text("name").flatMap(this::domainName);
				Optional<Scalar> named = fields.node("wave").isPresent() ? fields.key("wave") : Optional.empty();
				String wave = wave(waves, listed, named);
				DkimSelectors dkim = fields.mapping("dkim", FileKeys.SIDES)
						.map(sides -> new DkimSelectors(selectors(sides, Side.OLD), selectors(sides, Side.NEW))).orElse(DkimSelectors.NONE);
				return name.map(n -> new Domain(n, wave, server(Side.OLD, n, fields), server(Side.NEW, n, fields), dkim));
			});
		}

		private List<String> selectors(YamlFields sides, Side side) {
			List<String> selectors = new ArrayList<>();
			for (Scalar scalar : sides.texts(side.token())) {
				String selector = scalar.value().strip();
				if (!DkimSelectors.isSelector(selector)) {
					faults.at(scalar.start(), FaultKind.SELECTOR_BAD, selector);
				} else if (selectors.stream().anyMatch(selector::equalsIgnoreCase)) {
					faults.at(scalar.start(), FaultKind.SELECTOR_DUPLICATE, selector);
				} else {
					selectors.add(selector);
				}
			}
			return selectors;
		}

		private Optional<DomainName> domainName(Scalar scalar) {
			Optional<DomainName> name = Hosts.name(scalar.value()).filter(n -> !Hosts.isNumeric(n));
			if (name.isEmpty()) {
				faults.at(scalar.start(), FaultKind.DOMAIN_BAD, scalar.value());
				return name;
			}
			Integer first = domainPlaces.putIfAbsent(name.get(), scalar.start());
			if (first != null) {
				faults.at(scalar.start(), FaultKind.DOMAIN_DUPLICATE, name.get(), faults.line(first));
				return Optional.empty();
			}
			return name;
		}

		private String wave(Map<String, Wave> waves, boolean listed, Optional<Scalar> named) {
			String key = named.map(Scalar::value).orElse(Wave.DEFAULT);
			if (waves.containsKey(key)) {
				return key;
			}
			if (named.isPresent() && (listed || !key.equals(Wave.DEFAULT))) {
				faults.at(named.get().start(), FaultKind.WAVE_UNKNOWN, key, words(List.copyOf(waves.keySet())));
				return key;
			}
			waves.put(key, new Wave(key, null));
			return key;
		}

		private String server(Side side, DomainName domain, YamlFields fields) {
			if (fields.node(side.token()).isEmpty()) {
				return only(side, domain, fields.place("name"));
			}
			Optional<Scalar> key = fields.text(side.token());
			key.ifPresent(scalar -> {
				if (serverKeys.get(side).contains(scalar.value())) {
					return;
				}
				if (serverKeys.get(side.other()).contains(scalar.value())) {
					faults.at(scalar.start(), FaultKind.DOMAIN_SERVER_SIDE, scalar.value(), side.token());
				} else {
					faults.at(scalar.start(), FaultKind.DOMAIN_SERVER_UNKNOWN, scalar.value(), side.token(), words(List.copyOf(serverKeys.get(side))));
				}
			});
			return key.map(Scalar::value).orElse("");
		}

		private String only(Side side, DomainName domain, int place) {
			Set<String> keys = serverKeys.get(side);
			if (keys.size() > 1) {
				faults.at(place, FaultKind.DOMAIN_SERVER_WHICH, domain, side.token(), words(List.copyOf(keys)));
			}
			return keys.size() == 1 ? keys.iterator().next() : "";
		}

		private DnsSettings dns() {
			return root.mapping("dns", FileKeys.DNS).map(fields -> new DnsSettings(nameServers(fields, RESOLVERS), nameServers(fields, "roots"),
					fields.number("authoritative-port", 1, Endpoint.MAX_PORT, NameServer.DNS_PORT), blocklists(fields), anchors(fields), watch(fields))).orElse(DnsSettings.DEFAULT);
		}

		private List<DomainName> blocklists(YamlFields dns) {
			List<DomainName> lists = new ArrayList<>();
			for (Scalar scalar : dns.texts("blocklists")) {
				Optional<DomainName> name = Hosts.name(scalar.value()).filter(zone -> !Hosts.isNumeric(zone));
				if (name.isEmpty()) {
					faults.at(scalar.start(), FaultKind.BLOCKLIST_BAD, scalar.value().strip());
				}
				name.filter(zone -> !lists.contains(zone)).ifPresent(lists::add);
			}
			return lists;
		}

		private List<String> anchors(YamlFields dns) {
			List<String> anchors = new ArrayList<>();
			for (Scalar scalar : dns.texts("trust-anchors")) {
				String text = scalar.value().strip();
				if (ANCHOR.matcher(text).matches()) {
					anchors.add(text);
				} else {
					faults.at(scalar.start(), FaultKind.ANCHOR_BAD, text);
				}
			}
			return anchors;
		}

		/// Each entry is `usual`, or a name with types.
		private WatchSettings watch(YamlFields dns) {
			boolean usual = !dns.has("watch");
			List<WatchSettings.Name> more = new ArrayList<>();
			for (Scalar scalar : dns.texts("watch")) {
				String text = scalar.value().strip();
				if (text.equals("usual")) {
					usual = true;
				} else if (WATCH.matcher(text).matches()) {
					List<String> parts = List.of(text.split("\\s+"));
					more.add(new WatchSettings.Name(parts.getFirst().toLowerCase(Locale.ROOT), parts.subList(1, parts.size())));
				} else {
					faults.at(scalar.start(), FaultKind.WATCH_BAD, text);
				}
			}
			@Nullable Duration before = dns.has("ttl-before") ? dns.duration("ttl-before", Duration.ofSeconds(1), Duration.ofDays(30), Duration.ofDays(1)) : null;
			return new WatchSettings(usual, more, before);
		}

		private List<NameServer> nameServers(YamlFields dns, String key) {
			List<NameServer> servers = new ArrayList<>();
			for (YamlNode node : dns.list(key)) {
				Optional<NameServer> server = node instanceof Mapping ? key.equals(RESOLVERS) ? resolverMapping(node) : nameServerMapping(node, key)
						: YamlFields.text(node, key, faults).flatMap(scalar -> key.equals(RESOLVERS) && scalar.value().contains("://") ? url(scalar)
								: place(scalar).map(place -> new NameServer(scalar.value().strip(), place.address(), place.port())));
				server.ifPresent(servers::add);
			}
			return servers;
		}

		private Optional<NameServer> nameServerMapping(YamlNode node, String key) {
			return YamlFields.of(node, key, FileKeys.NAME_SERVER, faults).flatMap(fields -> {
				fields.require("address", "dns." + key);
				Optional<NameServer> place = fields.text("address").flatMap(this::place);
				int port = fields.number("port", 1, Endpoint.MAX_PORT, place.map(NameServer::port).orElse(NameServer.DNS_PORT));
				String label = fields.words("label");
				return place.map(p -> new NameServer(label.isEmpty() ? p.label() : label, p.address(), port));
			});
		}

		/// A resolver over a transport of its own, each part by its key.
		private Optional<NameServer> resolverMapping(YamlNode node) {
			return YamlFields.of(node, RESOLVERS, FileKeys.RESOLVER, faults).flatMap(fields -> {
				fields.require("address", "dns." + RESOLVERS);
				Optional<NameServer> place = fields.text("address").flatMap(this::place);
				Transport transport = fields.text("transport").flatMap(this::transport).orElse(Transport.UDP);
				int port = fields.number("port", 1, Endpoint.MAX_PORT,
						place.map(NameServer::port).filter(p -> p != NameServer.DNS_PORT).orElse(transport.port()));
				String name = checked(fields, "name", transport.isEncrypted(), NameServer::tlsName);
				String path = checked(fields, "path", transport == Transport.DOH, NameServer::path);
				String label = fields.words("label");
				return place.map(p -> new NameServer(label.isEmpty() ? p.label() : label, p.address(), port, transport, name,
						transport == Transport.DOH && path.isEmpty() ? NameServer.DOH_PATH : path));
			});
		}

		private Optional<Transport> transport(Scalar scalar) {
			Optional<Transport> transport = Transport.ofToken(scalar.value());
			if (transport.isEmpty()) {
				faults.at(scalar.start(), FaultKind.TRANSPORT_UNKNOWN, scalar.value(), words(Arrays.stream(Transport.values()).map(Transport::token).toList()));
			}
			return transport;
		}

		/// What only some transports have; empty when it is not there or wrong.
		private String checked(YamlFields fields, String key, boolean allowed, UnaryOperator<String> reader) {
			return fields.text(key).map(scalar -> {
				try {
					if (allowed) {
						return reader.apply(scalar.value().strip());
					}
				} catch (IllegalArgumentException _) {
					// said below
				}
				faults.at(scalar.start(), allowed ? FaultKind.TRANSPORT_PART_BAD : FaultKind.TRANSPORT_PART_UNUSED, key, scalar.value().strip());
				return "";
			}).orElse("");
		}

		/// A resolver as one types it into the look-up: `tls://name@address`.
		private Optional<NameServer> url(Scalar scalar) {
			try {
				NameServer server = NameServer.parse(scalar.value().strip());
				if (Hosts.isUsable(server.address())) {
					return Optional.of(server);
				}
			} catch (IllegalArgumentException _) {
				// said below
			}
			faults.at(scalar.start(), FaultKind.RESOLVER_BAD, scalar.value().strip());
			return Optional.empty();
		}

		private Optional<NameServer> place(Scalar scalar) {
			String text = scalar.value().strip();
			int hash = text.indexOf('#');
			String literal = hash < 0 ? text : text.substring(0, hash);
			Optional<InetAddress> address = Hosts.address(literal).filter(Hosts::isUsable);
			Optional<Integer> port = hash < 0 ? Optional.of(NameServer.DNS_PORT) : Hosts.port(text.substring(hash + 1));
			if (address.isEmpty() || port.isEmpty()) {
				faults.at(scalar.start(), Hosts.isName(literal) ? FaultKind.ADDRESS_IS_NAME : FaultKind.NAME_SERVER_BAD, text);
				return Optional.empty();
			}
			return Optional.of(new NameServer(literal, address.get(), port.get()));
		}

		private List<String> trust() {
			List<String> files = new ArrayList<>();
			for (Scalar scalar : root.texts("trust")) {
				String path = scalar.value().strip();
				if (isInside(path)) {
					files.add(path);
					trustPlaces.putIfAbsent(path, scalar.start());
				} else {
					faults.at(scalar.start(), FaultKind.TRUST_OUTSIDE, path);
				}
			}
			return files;
		}

		/// Relative on every system: the project travels.
		private static boolean isInside(String path) {
			if (path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf(':') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
				return false;
			}
			return Arrays.stream(path.split("/", -1)).noneMatch(part -> part.equals("..") || part.isBlank());
		}

		private Policy policy() {
			Policy d = Policy.DEFAULT;
			Optional<YamlFields> given = root.mapping("policy", FileKeys.POLICY);
			if (given.isEmpty()) {
				return d;
			}
			YamlFields f = given.get();
			Policy policy = new Policy(
					f.duration("evidence-max-age", Duration.ofSeconds(1), YEARS, d.evidenceMaxAge()),
					f.number("connections-per-server", 1, 1_000, d.connectionsPerServer()),
					f.number("logins-per-second", 0, 10_000, d.loginsPerSecond()),
					f.number("lockout-after", 1, 1_000_000, d.lockoutAfter()),
					f.duration("connect-timeout", BLINK, HOUR, d.connectTimeout()),
					f.duration("read-timeout", BLINK, HOUR, d.readTimeout()),
					f.duration("probe-timeout", BLINK, HOUR, d.probeTimeout()),
					f.duration("ttl-target", Duration.ofSeconds(1), Duration.ofDays(7), d.ttlTarget()),
					f.duration("quiet", Duration.ofSeconds(1), YEARS, d.quiet()),
					canaries(f, d.canary()), f.number("kept-connections", 0, 20_000, d.keptConnections()));
			timeout(f, "connect-timeout", policy.connectTimeout(), policy);
			timeout(f, "read-timeout", policy.readTimeout(), policy);
			return policy;
		}

		/// A number is how many are needed; a mapping says more.
		private CanaryPolicy canaries(YamlFields policy, CanaryPolicy d) {
			if (policy.node("canaries").filter(Mapping.class::isInstance).isEmpty()) {
				return d.withNeeded(policy.number("canaries", 0, 1_000, d.needed()));
			}
			return policy.mapping("canaries", FileKeys.CANARIES).map(f -> {
				List<OutsideSender> outside = new ArrayList<>();
				for (YamlNode node : f.list("outside")) {
					YamlFields.of(node, "outside", FileKeys.OUTSIDE, faults).flatMap(this::outside).ifPresent(outside::add);
				}
				return new CanaryPolicy(f.number("needed", 0, 1_000, d.needed()), f.number("per-day", 1, 1_000, d.perDay()), f.number("per-run", 1, 100_000, d.perRun()),
						f.duration("interval", Duration.ofSeconds(1), Duration.ofDays(7), d.interval()), outside);
			}).orElse(d);
		}

		private Optional<OutsideSender> outside(YamlFields fields) {
			for (String key : List.of("key", "name", "endpoint", "user", "from")) {
				fields.require(key, "outside");
			}
			Optional<Scalar> key = fields.key("key");
			key.ifPresent(scalar -> {
				Integer first = serverPlaces.putIfAbsent(scalar.value(), scalar.start());
				if (first != null) {
					faults.at(scalar.start(), FaultKind.SERVER_DUPLICATE, scalar.value(), faults.line(first));
				}
			});
			Optional<DomainName> name = fields.text("name").flatMap(this::serverName);
			List<InetAddress> addresses = fields.texts("addresses").stream().flatMap(scalar -> address(scalar).stream()).distinct().toList();
			Optional<Endpoint> endpoint = fields.text("endpoint").flatMap(this::endpoint);
			endpoint.ifPresent(e -> {
				if (e.protocol() != Protocol.SUBMISSION) {
					faults.at(fields.place("endpoint"), FaultKind.PROTOCOL_UNKNOWN, e.protocol().token(), Protocol.SUBMISSION.token());
				}
				fields.node("endpoint").ifPresent(node -> contradictions(node, e));
			});
			Optional<String> user = fields.text("user").map(Scalar::value).map(String::strip);
			Optional<EmailAddress> from = fields.text("from").flatMap(scalar -> {
				Optional<EmailAddress> address = new Addresses().parse(scalar.value());
				if (address.isEmpty()) {
					faults.at(scalar.start(), FaultKind.MAILBOX_ADDRESS, scalar.value());
				}
				return address;
			});
			return key.isPresent() && name.isPresent() && endpoint.isPresent() && user.isPresent() && from.isPresent()
					? Optional.of(new OutsideSender(key.get().value(), name.get(), addresses, endpoint.get(), user.get(), from.get())) : Optional.empty();
		}

		private void timeout(YamlFields policy, String key, Duration timeout, Policy all) {
			if (timeout.compareTo(all.probeTimeout()) > 0) {
				faults.at(policy.place(policy.has("probe-timeout") ? "probe-timeout" : key), FaultKind.POLICY_TIMEOUTS, "probe-timeout", key);
			}
		}
	}

	static void format(YamlFields root, String expected, FaultList faults) {
		if (!root.has("format")) {
			faults.at(root.start(), FaultKind.FORMAT_MISSING, expected);
			return;
		}
		root.text("format").map(Scalar::value).filter(found -> !found.strip().equals(expected))
				.ifPresent(found -> faults.at(root.place("format"), FaultKind.FORMAT_UNKNOWN, found, expected));
	}

	static Optional<Protocol> protocol(String text, int place, FaultList faults) {
		Optional<Protocol> protocol = Protocol.of(text);
		if (protocol.isEmpty()) {
			faults.at(place, FaultKind.PROTOCOL_UNKNOWN, text, words(Arrays.stream(Protocol.values()).map(Protocol::token).toList()));
		}
		return protocol;
	}

	/// For people, and bounded: a fault of one line lists no thousand keys.
	static String words(List<String> words) {
		final int most = 8;
		String some = words.stream().limit(most).collect(Collectors.joining(", "));
		return words.size() > most ? some + ", …" : words.isEmpty() ? "–" : some;
	}
}
