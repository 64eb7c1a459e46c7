package hikkoshi.core.model;

import java.util.Locale;

/// A person's word that exactly this certificate is to be accepted from a server, whatever its name, issuer or dates.
///
/// @param sha256 the SHA-256 of the certificate's DER form, 64 lower-case hex digits
public record CertificatePin(String sha256) {
	/// @throws IllegalArgumentException when it is not 64 hex digits
	public CertificatePin {
		sha256 = sha256.replace(":", "").toLowerCase(Locale.ROOT);
		if (!sha256.matches("[0-9a-f]{64}")) {
			throw new IllegalArgumentException("a pin is 64 hex digits (SHA-256 of the certificate)");
		}
	}
}
