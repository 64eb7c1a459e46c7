package hikkoshi.dns.transport;

import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whom TLS believes. The connection goes to an address, so the name is proven here and not by what was connected to.
final class Trust {
	private static final int DNS_NAME = 2;
	private static final int IP_ADDRESS = 7;
	private final List<X509Certificate> anchors;
	private @Nullable X509TrustManager authorities;

	/// @param anchors authorities besides the platform's
	Trust(List<X509Certificate> anchors) {
		this.anchors = List.copyOf(anchors);
	}

	/// A context that believes whoever proves a name or address, or anybody for an empty one.
	SSLContext proving(String name) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] {name.isEmpty() ? new Anybody() : new Proving(authorities(), name)}, null);
			return context;
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	private synchronized X509TrustManager authorities() throws GeneralSecurityException {
		X509TrustManager known = authorities;
		if (known == null) {
			known = load();
			authorities = known;
		}
		return known;
	}

	private X509TrustManager load() throws GeneralSecurityException {
		X509TrustManager platform = manager(null);
		if (anchors.isEmpty()) {
			return platform;
		}
		try {
			KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
			all.load(null, null);
			List<X509Certificate> issuers = new ArrayList<>(Arrays.asList(platform.getAcceptedIssuers()));
			issuers.addAll(anchors);
			for (int i = 0; i < issuers.size(); i++) {
				all.setCertificateEntry("anchor-" + i, issuers.get(i));
			}
			return manager(all);
		} catch (java.io.IOException e) {
			throw new GeneralSecurityException(e);
		}
	}

	private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		for (TrustManager each : factory.getTrustManagers()) {
			if (each instanceof X509TrustManager x509) {
				return x509;
			}
		}
		throw new GeneralSecurityException("the platform trusts nobody");
	}

	/// Whether a certificate is for a name or address (RFC 6125: only subjectAltName counts, `*` stands for one whole first label).
	static boolean isFor(X509Certificate certificate, String name) throws CertificateException {
		byte[] address = address(name);
		var names = certificate.getSubjectAlternativeNames();
		if (names == null) {
			return false;
		}
		for (List<?> each : names) {
			boolean fits = switch ((Integer) each.get(0)) {
				case DNS_NAME -> address == null && covers(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
				case IP_ADDRESS -> address != null && Arrays.equals(address, address(String.valueOf(each.get(1))));
				default -> false;
			};
			if (fits) {
				return true;
			}
		}
		return false;
	}

	private static boolean covers(String pattern, String name) {
		int dot = name.indexOf('.');
		return pattern.equals(name) || pattern.startsWith("*.") && pattern.indexOf('.', 2) > 0 && dot > 0 && pattern.substring(1).equals(name.substring(dot));
	}

	private static byte @Nullable [] address(String text) {
		try {
			return InetAddress.ofLiteral(text).getAddress();
		} catch (IllegalArgumentException e) {
			return null;
		}
	}

	/// A certificate that proves something else.
	static final class WrongNameException extends CertificateException {
		private static final long serialVersionUID = 1L;

		WrongNameException(String name) {
			super("the certificate is not for " + name);
		}
	}

	private abstract static class ServersOnly extends X509ExtendedTrustManager {
		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
			checkServerTrusted(chain, type);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
			checkServerTrusted(chain, type);
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
			throw new CertificateException("no clients here");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
			checkClientTrusted(chain, type);
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
			checkClientTrusted(chain, type);
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}
	}

	private static final class Proving extends ServersOnly {
		private final X509TrustManager authorities;
		private final String name;

		Proving(X509TrustManager authorities, String name) {
			this.authorities = authorities;
			this.name = name;
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
			authorities.checkServerTrusted(chain, type);
			if (!isFor(chain[0], name)) {
				throw new WrongNameException(name);
			}
		}
	}

	/// The opportunistic profile (RFC 7858, 4.1): the answer says that nothing is proven.
	private static final class Anybody extends ServersOnly {
		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
			// whoever it is
		}
	}
}
