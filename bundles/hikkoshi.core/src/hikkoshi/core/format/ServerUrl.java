package hikkoshi.core.format;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;

/// A mail server as URLs, one for each endpoint, for the clipboard: `imaps://mail.example.org:993?ip=192.0.2.1&ip=2001:db8::1`. The schemes are
/// those of RFC 5092 (`imap`), RFC 2384 (`pop`) and their like; the name is what TLS must prove, `ip` where the server is, `security` is
/// written where the scheme does not say it.
///
/// A URL never carries a password, and no pin: a pasted text must not make us trust a certificate.
public record ServerUrl(DomainName name, List<InetAddress> addresses, List<Endpoint> endpoints) {
	/// Longer than that is no list of servers.
	public static final int MAX_TEXT = 50_000;
	private static final int MAX_LINES = 200;
	private static final int MAX_ADDRESSES = 64;

	private static final Pattern SHAPE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#\\s]*)(/[^?#\\s]*)?(?:\\?([^#\\s]*))?(#\\S*)?");
	private static final Pattern PLACE = Pattern.compile("(.*?)(?::([0-9]*))?");

	private enum Scheme {
		IMAP(Protocol.IMAP, Security.STARTTLS),
		IMAPS(Protocol.IMAP, Security.TLS),
		POP(Protocol.POP3, Security.STARTTLS),
		POPS(Protocol.POP3, Security.TLS),
		SUBMISSION(Protocol.SUBMISSION, Security.STARTTLS),
		SUBMISSIONS(Protocol.SUBMISSION, Security.TLS),
		SMTP(Protocol.SMTP, Security.STARTTLS);

		private final Protocol protocol;
		private final Security security;

		Scheme(Protocol protocol, Security security) {
			this.protocol = protocol;
			this.security = security;
		}

		static Optional<Scheme> of(String text) {
			for (Scheme scheme : values()) {
				if (scheme.name().equalsIgnoreCase(text) || text.equalsIgnoreCase("pop3") && scheme == POP
						|| text.equalsIgnoreCase("pop3s") && scheme == POPS) {
					return Optional.of(scheme);
				}
			}
			return Optional.empty();
		}

		static Scheme of(Endpoint endpoint) {
			for (Scheme scheme : values()) {
				if (scheme.protocol == endpoint.protocol() && scheme.security == endpoint.security()) {
					return scheme;
				}
			}
			return switch (endpoint.protocol()) {
				case IMAP -> IMAP;
				case POP3 -> POP;
				case SUBMISSION -> SUBMISSION;
				case SMTP -> SMTP;
			};
		}
	}

	/// What a pasted text is.
	public sealed interface Pasted {
		/// @param servers at least one, in the order of the text; lines with one name are one server
		record Servers(List<ServerUrl> servers) implements Pasted {
			public Servers {
				servers = List.copyOf(servers);
			}
		}

		/// @param reason `url.…`, for a person
		record Refused(Reason reason) implements Pasted {}
	}

	public ServerUrl {
		addresses = List.copyOf(addresses);
		endpoints = List.copyOf(endpoints);
	}

	public static ServerUrl of(Server server) {
		return new ServerUrl(server.name(), server.addresses(), server.endpoints());
	}

	/// One line for each endpoint, joined by line feeds; for a server without endpoints, empty.
	public String text() {
		return endpoints.stream().map(this::line).collect(Collectors.joining("\n"));
	}

	private String line(Endpoint endpoint) {
		Scheme scheme = Scheme.of(endpoint);
		StringBuilder url = new StringBuilder(scheme.name().toLowerCase(Locale.ROOT)).append("://").append(name.ascii()).append(':')
				.append(endpoint.port());
		char mark = '?';
		for (InetAddress address : addresses) {
			url.append(mark).append("ip=").append(IpText.of(address));
			mark = '&';
		}
		if (scheme.security != endpoint.security()) {
			url.append(mark).append("security=").append(endpoint.security().token());
		}
		return url.toString();
	}

	/// Reads what a person pastes; every line that is not blank must be such a URL. A user's name in it is left out, one with a password is
	/// refused.
	public static Pasted parse(String text) {
		if (text.length() > MAX_TEXT) {
			return refused("url.too-long", MAX_TEXT);
		}
		List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
		if (lines.isEmpty()) {
			return refused("url.nothing");
		}
		if (lines.size() > MAX_LINES) {
			return refused("url.too-many", MAX_LINES);
		}
		Map<DomainName, ServerUrl> servers = new LinkedHashMap<>();
		for (String line : lines) {
			Reason wrong = read(line, servers);
			if (wrong != null) {
				return new Pasted.Refused(wrong);
			}
		}
		return new Pasted.Servers(List.copyOf(servers.values()));
	}

	/// @return what is wrong, null when the line is in the map
	private static @Nullable Reason read(String line, Map<DomainName, ServerUrl> servers) {
		Matcher url = SHAPE.matcher(line);
		if (!url.matches()) {
			return Reason.of("url.none", brief(line));
		}
		String authority = url.group(2);
		int at = authority.lastIndexOf('@');
		if (at >= 0 && decoded(authority.substring(0, at)).filter(user -> user.indexOf(':') < 0).isEmpty()) {
			// not even shown: it may be a password
			return Reason.of("url.password", url.group(1));
		}
		Optional<Scheme> scheme = Scheme.of(url.group(1));
		if (scheme.isEmpty()) {
			return Reason.of("url.scheme", brief(url.group(1)),
					String.join(", ", List.of(Scheme.values()).stream().map(one -> one.name().toLowerCase(Locale.ROOT)).toList()));
		}
		String host = authority.substring(at + 1);
		if (host.startsWith("[")) {
			return Reason.of("url.address", brief(host));
		}
		Matcher place = PLACE.matcher(host);
		Optional<String> written = place.matches() ? decoded(place.group(1)) : Optional.empty();
		Optional<DomainName> name = written.flatMap(Hosts::name);
		if (written.flatMap(Hosts::address).isPresent() || name.filter(Hosts::isNumeric).isPresent()) {
			return Reason.of("url.address", brief(host));
		}
		if (name.isEmpty()) {
			return Reason.of("url.name", brief(host));
		}
		Query query = new Query(scheme.get().security);
		Reason wrong = query.read(url.group(4));
		if (wrong != null) {
			return wrong;
		}
		@Nullable String digits = place.group(2);
		Optional<Integer> port = digits == null || digits.isEmpty() ? Optional.of(scheme.get().protocol.defaultPort(query.security))
				: Hosts.port(digits);
		if (port.isEmpty()) {
			return Reason.of("url.port", brief(host));
		}
		ServerUrl one = new ServerUrl(name.get(), List.copyOf(query.addresses), List.of(new Endpoint(scheme.get().protocol, port.get(), query.security)));
		return add(one, servers);
	}

	private static @Nullable Reason add(ServerUrl one, Map<DomainName, ServerUrl> servers) {
		ServerUrl before = servers.getOrDefault(one.name, new ServerUrl(one.name, List.of(), List.of()));
		Set<InetAddress> addresses = new LinkedHashSet<>(before.addresses);
		addresses.addAll(one.addresses);
		Set<Endpoint> endpoints = new LinkedHashSet<>(before.endpoints);
		endpoints.addAll(one.endpoints);
		if (addresses.size() > MAX_ADDRESSES) {
			return Reason.of("url.too-many-addresses", MAX_ADDRESSES);
		}
		if (endpoints.stream().map(Endpoint::port).distinct().count() < endpoints.size()) {
			return Reason.of("url.port-twice", one.endpoints.getFirst().port(), one.name);
		}
		servers.put(one.name, new ServerUrl(one.name, List.copyOf(addresses), List.copyOf(endpoints)));
		return null;
	}

	/// What stands behind the question mark.
	private static final class Query {
		final Set<InetAddress> addresses = new LinkedHashSet<>();
		Security security;

		Query(Security security) {
			this.security = security;
		}

		@Nullable
		Reason read(@Nullable String query) {
			if (query == null || query.isEmpty()) {
				return null;
			}
			for (String part : query.split("&", -1)) {
				int equals = part.indexOf('=');
				String key = equals < 0 ? part : part.substring(0, equals);
				String value = equals < 0 ? "" : decoded(part.substring(equals + 1)).orElse("");
				switch (key) {
					case "ip" -> {
						Optional<InetAddress> address = Hosts.address(value).filter(Hosts::isUsable);
						if (address.isEmpty()) {
							return Reason.of("url.ip", brief(value));
						}
						addresses.add(address.get());
					}
					case "security" -> {
						Optional<Security> said = Security.of(value);
						if (said.isEmpty()) {
							return Reason.of("url.security", brief(value));
						}
						security = said.get();
					}
					default -> {
						return Reason.of("url.parameter", brief(key));
					}
				}
			}
			return null;
		}
	}

	/// Percent-decoded UTF-8 (RFC 3986, 2.1); empty when it is none.
	private static Optional<String> decoded(String text) {
		if (text.indexOf('%') < 0) {
			return Optional.of(text);
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		ByteBuffer out = ByteBuffer.allocate(bytes.length);
		for (int i = 0; i < bytes.length; i++) {
			if (bytes[i] != '%') {
				out.put(bytes[i]);
				continue;
			}
			int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
			int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
			if (high < 0 || low < 0) {
				return Optional.empty();
			}
			out.put((byte) (high << 4 | low));
			i += 2;
		}
		try {
			return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString());
		} catch (CharacterCodingException e) {
			return Optional.empty();
		}
	}

	private static String brief(String text) {
		return text.length() > 80 ? text.substring(0, 80) + "…" : text;
	}

	private static Pasted refused(String id, Object... args) {
		return new Pasted.Refused(Reason.of(id, args));
	}
}
