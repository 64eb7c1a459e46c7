package hikkoshi.mail.internal.discover;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.probe.Fan;
import hikkoshi.core.discover.Reach;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.http.HttpReply;
import hikkoshi.mail.internal.http.HttpRequest;
import hikkoshi.mail.internal.wire.Doors;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;
import hikkoshi.mail.internal.wire.Words;

/// Fetches documents as a suspicious client: connects only to addresses that our own DNS gave, proves the name by TLS, follows at most
/// [#MOST_REDIRECTS] redirects, to https only and never from the public network into a private one, and takes no more than a wire does.
/// One per probe; safe for several threads.
final class Web {
	/// The server sends us to where we do not go. (URL)
	static final String BAD_REDIRECT = "discover.web.bad-redirect";
	/// (URL)
	static final String TOO_MANY_REDIRECTS = "discover.web.too-many-redirects";
	/// DNS knows no address of the host. (host)
	static final String NO_ADDRESS = "discover.web.no-address";
	static final int MOST_REDIRECTS = 3;
	private static final int MOST_ADDRESSES = 4;

	private final ProbeContext context;
	private final Reach reach;
	private final long deadline;

	Web(ProbeContext context) throws IOException, InterruptedException {
		this.context = context;
		reach = Reach.of(context);
		deadline = System.nanoTime() + context.policy().probeTimeout().toNanos();
	}

	/// What came back.
	///
	/// @param url where it came from in the end
	/// @param proven whether TLS has proven every server on the way
	sealed interface Fetched {
		String url();

		record Answer(String url, boolean proven, HttpReply reply) implements Fetched {}

		/// No answer: a reason id that says why, and the server's words if there are any.
		record None(String url, boolean proven, String why, String words) implements Fetched {}
	}

	/// One address of a document.
	record Place(boolean tls, DomainName host, int port, String path) {
		String url() {
			int usual = tls ? 443 : 80;
			return (tls ? "https://" : "http://") + host + (port == usual ? "" : ":" + port) + path;
		}
	}

	Place https(DomainName host, String path) {
		return new Place(true, host, reach.options().httpsPort(), path);
	}

	Place http(DomainName host, String path) {
		return new Place(false, host, reach.options().httpPort(), path);
	}

	Reach reach() {
		return reach;
	}

	/// Asks, and follows where it is sent.
	Fetched fetch(Place first, HttpRequest request) throws IOException, InterruptedException {
		Place place = first;
		boolean proven = true;
		boolean inside = false;
		for (int hop = 0;; hop++) {
			proven &= place.tls();
			List<InetAddress> addresses = reach.addresses(place.host());
			if (hop == 0) {
				inside = addresses.stream().allMatch(Web::isPrivate);
			} else if (!inside && addresses.stream().anyMatch(Web::isPrivate)) {
				return new Fetched.None(place.url(), proven, BAD_REDIRECT, "");
			}
			if (addresses.isEmpty()) {
				return new Fetched.None(place.url(), proven, NO_ADDRESS, "");
			}
			Fetched fetched = fetch(place, addresses, request, proven);
			if (!(fetched instanceof Fetched.Answer(String url, boolean _, HttpReply reply)) || !reply.isRedirect()) {
				return fetched;
			}
			Optional<Place> next = target(place, reply.header("location"));
			if (next.isEmpty()) {
				return new Fetched.None(url, proven, BAD_REDIRECT, Words.clean(reply.header("location")));
			}
			if (hop == MOST_REDIRECTS) {
				return new Fetched.None(url, proven, TOO_MANY_REDIRECTS, "");
			}
			place = next.get();
		}
	}

	private Fetched fetch(Place place, List<InetAddress> addresses, HttpRequest request, boolean proven) throws IOException, InterruptedException {
		Fetched last = new Fetched.None(place.url(), proven, NO_ADDRESS, "");
		for (InetAddress address : addresses.stream().limit(MOST_ADDRESSES).toList()) {
			last = fetch(place, address, request, proven);
			if (last instanceof Fetched.Answer || last instanceof Fetched.None none && !isAbsence(none.why())) {
				return last;
			}
		}
		return last;
	}

	/// Whether another address of the host may do better.
	private static boolean isAbsence(String why) {
		return List.of(Reasons.REFUSED, Reasons.CONNECT_TIMEOUT, Reasons.UNREACHABLE, Reasons.RESET).contains(why);
	}

	private Fetched fetch(Place place, InetAddress address, HttpRequest request, boolean proven) throws IOException, InterruptedException {
		try (Reach.Place _ = reach.enter(address); Words words = new Words()) {
			Duration left = Duration.ofNanos(deadline - System.nanoTime());
			if (left.isNegative() || left.isZero()) {
				return new Fetched.None(place.url(), proven, Reasons.READ_TIMEOUT, "");
			}
			Journal journal = new Journal(words);
			try (Wire wire = new Wire(Doors.of(place.host(), address, place.port(), place.tls() ? Security.TLS : Security.NONE), within(left), journal)) {
				wire.connect();
				if (place.tls()) {
					wire.secure();
				}
				return new Fetched.Answer(place.url(), proven, request.ask(wire, journal, authority(place), place.path()));
			} catch (Stop stop) {
				return new Fetched.None(place.url(), proven, stop.reason().id(), Words.clean(String.join(" ", stop.reason().args())));
			} catch (IOException e) {
				if (Thread.interrupted()) {
					throw new InterruptedException();
				}
				return new Fetched.None(place.url(), proven, Reasons.UNEXPECTED, Words.clean(String.valueOf(e.getMessage())));
			}
		}
	}

	private static String authority(Place place) {
		return place.port() == (place.tls() ? 443 : 80) ? place.host().ascii() : place.host() + ":" + place.port();
	}

	/// All places of one probe share its time.
	private ProbeContext within(Duration left) {
		Policy p = context.policy();
		Policy shorter = new Policy(p.evidenceMaxAge(), p.connectionsPerServer(), p.loginsPerSecond(), p.lockoutAfter(), p.connectTimeout(), p.readTimeout(), left,
				p.ttlTarget(), p.quiet(), p.canaries());
		return new ProbeContext(context.clock(), context.secrets(), shorter, context.dns(), context.anchors(), context.memo());
	}

	/// Where a redirect leads, if that is a place to go to: https, a host by name, no user part.
	private Optional<Place> target(Place from, String location) {
		try {
			URI uri = new URI(from.url()).resolve(new URI(location.strip()));
			if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getRawUserInfo() != null) {
				return Optional.empty();
			}
			int port = uri.getPort() < 0 ? reach.options().httpsPort() : uri.getPort();
			String path = (uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath()) + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
			boolean plain = path.chars().allMatch(c -> c > ' ' && c < 0x7f) && path.length() < Wire.LINE / 2;
			// a number at the end is an address, whatever it looks like
			boolean named = uri.getHost().chars().noneMatch(c -> c == ':' || c == '[') && !uri.getHost().matches(".*(^|\\.)[0-9]+");
			return plain && named && port > 0 && port <= Endpoint.MAX_PORT ? Optional.of(new Place(true, DomainName.parse(uri.getHost()), port, path)) : Optional.empty();
		} catch (URISyntaxException | IllegalArgumentException e) {
			return Optional.empty();
		}
	}

	/// Not of the public network: RFC 1918, RFC 4193, RFC 6598, loopback, link-local and what is no host at all.
	static boolean isPrivate(InetAddress address) {
		byte[] b = address.getAddress();
		boolean shared = b.length == 4 && (b[0] & 0xff) == 100 && (b[1] & 0xc0) == 64;
		boolean unique = address instanceof Inet6Address && (b[0] & 0xfe) == 0xfc;
		return shared || unique || b[0] == 0 && b.length == 4 || address.isSiteLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
				|| address.isAnyLocalAddress() || address.isMulticastAddress();
	}

	/// The query part for an address of a domain that exists everywhere (RFC 5321, 4.5.1).
	static String postmaster(DomainName domain) {
		return "postmaster@" + domain;
	}

	/// Places asked at once, in the order of the list.
	List<Fetched> fetchAll(List<Place> places, HttpRequest request) throws IOException, InterruptedException {
		List<java.util.concurrent.Callable<Fetched>> questions = new ArrayList<>();
		places.forEach(place -> questions.add(() -> fetch(place, request)));
		return questions.isEmpty() ? List.of() : Fan.out(questions);
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}
}
