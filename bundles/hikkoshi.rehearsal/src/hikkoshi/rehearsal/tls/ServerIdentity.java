package hikkoshi.rehearsal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// What a TLS server shows (its chain, leaf first) and the private key that proves it. Immutable; the key never appears in `toString`.
public record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {

	/// In-memory key stores want a password; it guards nothing, because the store is never written.
	private static final char[] NOT_A_SECRET = { 'x' };

	public ServerIdentity {
		chain = List.copyOf(chain);
		if (chain.isEmpty()) {
			throw new IllegalArgumentException("an identity needs a certificate");
		}
	}

	public X509Certificate certificate() {
		return chain.getFirst();
	}

	/// A context for the server's end of TLS. It asks no certificate of the client.
	public SSLContext serverContext() {
		try {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			store.setKeyEntry("server", key, NOT_A_SECRET, chain.toArray(Certificate[]::new));
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(store, NOT_A_SECRET);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), null, null);
			return context;
		} catch (GeneralSecurityException | IOException e) {
			throw new IllegalStateException("this Java cannot serve TLS with an EC key", e);
		}
	}

	@Override
	public String toString() {
		return "ServerIdentity[" + certificate().getSubjectX500Principal() + "]";
	}
}
