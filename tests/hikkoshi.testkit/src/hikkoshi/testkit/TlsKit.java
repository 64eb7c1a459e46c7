package hikkoshi.testkit;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

import javax.net.ssl.SSLContext;

import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;

/// Server contexts for one name: a good certificate and every kind of bad one. TLS stacks look at the real clock, so this does too.
public final class TlsKit {

	private final String name;
	private final Instant now = Instant.now();
	private final ThrowAwayCa ca = ThrowAwayCa.create("Test authority", now);

	public TlsKit(String name) {
		this.name = name;
	}

	public String name() {
		return name;
	}

	public ThrowAwayCa ca() {
		return ca;
	}

	/// What a client should trust.
	public X509Certificate anchor() {
		return ca.certificate();
	}

	public SSLContext good() {
		return ca.issue(List.of(name), Validity.around(now)).serverContext();
	}

	public SSLContext wrongName() {
		return ca.issue(List.of("another.invalid"), Validity.around(now)).serverContext();
	}

	public SSLContext expired() {
		return ca.issue(List.of(name), Validity.expired(now)).serverContext();
	}

	public SSLContext notYetValid() {
		return ca.issue(List.of(name), Validity.notYet(now)).serverContext();
	}

	public SSLContext selfSigned() {
		return ThrowAwayCa.selfSigned(List.of(name), Validity.around(now)).serverContext();
	}

	/// Right in everything, but by an authority that nobody was told of.
	public SSLContext unknownAuthority() {
		return ThrowAwayCa.create("Unknown authority", now).issue(List.of(name), Validity.around(now)).serverContext();
	}
}
