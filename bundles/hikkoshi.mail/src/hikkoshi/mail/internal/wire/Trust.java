package hikkoshi.mail.internal.wire;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.CertificatePin;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Server;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;

import org.jspecify.annotations.Nullable;

/// Whom a run believes: the platform's authorities and the migration's own anchors, and the judgement of each chain that a server shows.
///
/// Java's own trust manager must accept a chain *and* the name (endpoint identification, RFC 9525); what it refuses is then examined, so
/// that self-signed, untrusted, expired, not yet valid and misnamed stay apart and the evidence holds the chain even when it was refused.
/// A server with pins is judged by them alone.
///
/// Sessions are never resumed (engines are made without a peer, so there is no key to find one by): a resumed session would show the chain
/// of an earlier handshake, and an OLD and a NEW server of the same name must never answer for each other. What makes a second handshake
/// cheap instead is that a chain once proven for a name is remembered for the run; its dates are looked at each time.
///
/// One per run, safe for several threads.
public final class Trust {
	/// How long before its end a certificate deserves a warning.
	public static final Duration SOON = Duration.ofDays(14);
	/// The certificate ends within [#SOON]. (subject, not after)
	public static final String ENDS_SOON = "tls.ends-soon";
	private static final String[] VERSIONS = { "TLSv1.3", "TLSv1.2" };

	private final SSLContext tls;
	private final X509ExtendedTrustManager java;
	private final Set<TrustAnchor> anchors;
	private final Map<SSLEngine, Inspection> underWay = new ConcurrentHashMap<>();
	private final Set<Proven> proven = ConcurrentHashMap.newKeySet();
	private final Map<X509Certificate, Tree> described = new ConcurrentHashMap<>();

	private record Key() {}

	private record Proven(DomainName name, String authentication, List<X509Certificate> chain) {}

	private Trust(List<X509Certificate> extra) throws IOException {
		try {
			Set<X509Certificate> all = new LinkedHashSet<>(List.of(manager(null).getAcceptedIssuers()));
			all.addAll(extra);
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			for (X509Certificate authority : all) {
				store.setCertificateEntry("anchor" + store.size(), authority);
			}
			anchors = all.stream().map(authority -> new TrustAnchor(authority, null)).collect(Collectors.toUnmodifiableSet());
			java = manager(store);
			tls = SSLContext.getInstance("TLS");
			tls.init(null, new TrustManager[] { new Gate() }, null);
			tls.getClientSessionContext().setSessionCacheSize(1);
		} catch (GeneralSecurityException e) {
			throw new IOException("this Java has no TLS client: " + e.getMessage(), e);
		}
	}

	/// The one of this run.
	static Trust of(ProbeContext context) throws IOException, InterruptedException {
		return context.memo().once(new Key(), Trust.class, () -> new Trust(context.anchors()));
	}

	private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
		factory.init(store);
		for (TrustManager manager : factory.getTrustManagers()) {
			if (manager instanceof X509ExtendedTrustManager extended) {
				return extended;
			}
		}
		throw new GeneralSecurityException("no X.509 trust manager");
	}

	/// A client engine for one connection, and what it will find.
	///
	/// @param observing whether a handshake may go on in spite of faults: only for connections over which nothing secret is ever sent
	Inspection inspect(Server server, Instant now, boolean observing) {
		SSLEngine engine = tls.createSSLEngine();
		engine.setUseClientMode(true);
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setProtocols(VERSIONS);
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		try {
			parameters.setServerNames(List.of(new SNIHostName(server.name().ascii())));
		} catch (IllegalArgumentException e) {
			// a name with an underscore cannot be asked for (RFC 6066, 3); the certificate must still prove it, and will not
			parameters.setServerNames(List.of());
		}
		engine.setSSLParameters(parameters);
		Inspection inspection = new Inspection(engine, server, now, observing);
		underWay.put(engine, inspection);
		return inspection;
	}

	void done(SSLEngine engine) {
		underWay.remove(engine);
	}

	/// One server's chain and what is wrong with it. Filled within the handshake, by the thread that does it.
	public final class Inspection {
		private final SSLEngine engine;
		private final Server server;
		private final Instant now;
		private final boolean observing;
		private final List<Reason> faults = new ArrayList<>();
		private List<X509Certificate> chain = List.of();
		private String version = "";
		private String cipher = "";

		private Inspection(SSLEngine engine, Server server, Instant now, boolean observing) {
			this.engine = engine;
			this.server = server;
			this.now = now;
			this.observing = observing;
		}

		SSLEngine engine() {
			return engine;
		}

		/// e.g. `TLSv1.3`; empty when the handshake ended before the server's certificate.
		public String version() {
			return version;
		}

		/// The most fundamental fault.
		public Optional<Reason> fault() {
			return faults.stream().findFirst();
		}

		/// What the server showed as its own, whatever it is worth; empty before.
		public Optional<X509Certificate> certificate() {
			return chain.stream().findFirst();
		}

		/// When the certificate ends, if that is soon and nobody pinned it.
		public Optional<Reason> endsSoon() {
			if (chain.isEmpty() || !server.pins().isEmpty()) {
				return Optional.empty();
			}
			Instant end = chain.getFirst().getNotAfter().toInstant();
			return end.isBefore(now.plus(SOON))
					? Optional.of(Reason.of(ENDS_SOON, Certificates.subject(chain.getFirst()), end))
					: Optional.empty();
		}

		List<Tree> facts() {
			List<Tree> facts = new ArrayList<>();
			facts.add(Tree.of("tls.name", server.name()));
			if (!version.isEmpty()) {
				facts.add(Tree.of("tls.cipher", cipher));
				String alpn = engine.getApplicationProtocol();
				facts.add(Tree.of("tls.alpn", alpn == null || alpn.isEmpty() ? "-" : Words.clean(alpn)));
			}
			if (!server.pins().isEmpty()) {
				facts.add(Tree.of("tls.pinned", server.pins().stream().map(CertificatePin::sha256).collect(Collectors.joining(" "))));
			}
			if (faults.size() > 1) {
				facts.add(Tree.of("tls.faults", faults.stream().map(Reason::id).collect(Collectors.joining(" "))));
			}
			if (!chain.isEmpty()) {
				facts.add(new Tree("tls.chain", String.valueOf(chain.size()),
						chain.stream().map(one -> described.computeIfAbsent(one, Certificates::describe)).toList()));
			}
			return facts;
		}

		private void judge(X509Certificate[] shown, String authentication) throws CertificateException {
			chain = List.of(shown);
			SSLSession session = engine.getHandshakeSession();
			version = session.getProtocol();
			cipher = session.getCipherSuite();
			X509Certificate leaf = chain.getFirst();
			if (!server.pins().isEmpty()) {
				String seen = Certificates.sha256(leaf);
				if (server.pins().stream().noneMatch(pin -> pin.sha256().equals(seen))) {
					faults.add(Reason.of(Reasons.TLS_PIN_MISMATCH, seen));
				}
			} else {
				Proven key = new Proven(server.name(), authentication, chain);
				// a chain may carry a certificate that is over and not needed (old cross-signatures): only proving anew can tell
				if (!proven.contains(key) || chain.stream().anyMatch(one -> dateFault(one, now).isPresent())) {
					prove(shown, authentication, leaf);
					if (faults.isEmpty()) {
						dateFault(leaf, now).ifPresent(faults::add);
					}
					if (faults.isEmpty()) {
						proven.add(key);
					}
				}
			}
			if (!faults.isEmpty() && !observing) {
				throw new CertificateException(faults.getFirst().id());
			}
		}

		private void prove(X509Certificate[] shown, String authentication, X509Certificate leaf) {
			boolean named = Certificates.names(leaf).stream().anyMatch(name -> Certificates.covers(name, server.name()));
			// a server may send more than is needed, and Java stumbles over it where a path without it exists: then that path is judged
			boolean accepted = accepts(shown, authentication)
					|| path(leaf, now).filter(path -> path.length > 0 && accepts(path, authentication)).isPresent();
			if (accepted && named) {
				return;
			}
			Optional<Reason> dated = dateFault(leaf, now);
			if (!accepted) {
				// asked at a time within the leaf's validity: whether anybody vouches for it is another question than whether it is over
				chainFault(leaf, dated.isPresent() ? leaf.getNotBefore().toInstant().plusSeconds(1) : now).ifPresent(faults::add);
			}
			dated.ifPresent(faults::add);
			if (!named) {
				String names = String.join(", ", Certificates.names(leaf));
				faults.add(Reason.of(Reasons.TLS_NAME_MISMATCH, server.name(), Words.clean(names.isEmpty() ? Certificates.subject(leaf) : names)));
			}
			if (faults.isEmpty()) {
				// e.g. an algorithm that Java has disabled, or a certificate not meant for servers
				faults.add(untrusted(leaf));
			}
		}

		private boolean accepts(X509Certificate[] certificates, String authentication) {
			try {
				java.checkServerTrusted(certificates, authentication, engine);
				return true;
			} catch (CertificateException e) {
				return false;
			}
		}

		private Optional<Reason> chainFault(X509Certificate leaf, Instant at) {
			if (path(leaf, at).isPresent()) {
				return Optional.empty();
			}
			if (Certificates.selfSigned(leaf)) {
				return Optional.of(Reason.of(Reasons.TLS_SELF_SIGNED, Certificates.subject(leaf)));
			}
			// an authority in between may be over while the leaf is not
			return chain.stream().skip(1).filter(one -> dateFault(one, at).isPresent() && path(leaf, middle(leaf, one)).isPresent()).findFirst()
					.flatMap(one -> dateFault(one, at)).or(() -> Optional.of(untrusted(leaf)));
		}

		private Instant middle(X509Certificate leaf, X509Certificate other) {
			Instant from = leaf.getNotBefore().after(other.getNotBefore()) ? leaf.getNotBefore().toInstant() : other.getNotBefore().toInstant();
			return from.plusSeconds(1);
		}

		/// From the leaf up to an anchor, without the anchor; empty when there is none at that time.
		private Optional<X509Certificate[]> path(X509Certificate leaf, Instant at) {
			try {
				X509CertSelector wanted = new X509CertSelector();
				wanted.setCertificate(leaf);
				PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, wanted);
				parameters.setRevocationEnabled(false);
				parameters.setDate(Date.from(at));
				parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(new HashSet<>(chain))));
				return Optional.of(CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath().getCertificates().toArray(X509Certificate[]::new));
			} catch (CertPathBuilderException e) {
				return Optional.empty();
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException("every Java has PKIX", e);
			}
		}
	}

	private static Reason untrusted(X509Certificate leaf) {
		return Reason.of(Reasons.TLS_UNTRUSTED, Certificates.subject(leaf), Certificates.issuer(leaf));
	}

	private static Optional<Reason> dateFault(X509Certificate certificate, Instant now) {
		Instant from = certificate.getNotBefore().toInstant();
		Instant to = certificate.getNotAfter().toInstant();
		if (now.isAfter(to)) {
			return Optional.of(Reason.of(Reasons.TLS_EXPIRED, Certificates.subject(certificate), to));
		}
		return now.isBefore(from) ? Optional.of(Reason.of(Reasons.TLS_NOT_YET_VALID, Certificates.subject(certificate), from)) : Optional.empty();
	}

	/// What TLS asks; it only passes the chain on to the connection's inspection. No inspection, no trust.
	private final class Gate extends X509ExtendedTrustManager {
		@Override
		public void checkServerTrusted(X509Certificate[] shown, String authentication, SSLEngine engine) throws CertificateException {
			Inspection inspection = underWay.get(engine);
			if (inspection == null) {
				throw new CertificateException("no such connection");
			}
			inspection.judge(shown, authentication);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] shown, String authentication, Socket socket) throws CertificateException {
			throw new CertificateException("engines only");
		}

		@Override
		public void checkServerTrusted(X509Certificate[] shown, String authentication) throws CertificateException {
			throw new CertificateException("engines only");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] shown, String authentication, SSLEngine engine) throws CertificateException {
			throw new CertificateException("clients are not judged");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] shown, String authentication, Socket socket) throws CertificateException {
			throw new CertificateException("clients are not judged");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] shown, String authentication) throws CertificateException {
			throw new CertificateException("clients are not judged");
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}
	}
}
