package hikkoshi.dns.audit;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Under which domain a certification authority recognizes itself in CAA (RFC 8659, 4.2), by the organization in its certificates. What each authority
/// publishes about itself (certification practice statement, section 4.2.1), as gathered in the Common CA Database; November 2026.
final class Authorities {
	/// @param organization as in the issuer's name, lower case; a part of it is enough
	private record Authority(String organization, List<String> domains) {}

	private static final List<Authority> KNOWN = List.of(
			of("let's encrypt", "letsencrypt.org"), of("internet security research group", "letsencrypt.org"), of("google trust services", "pki.goog"),
			of("digicert", "digicert.com digicert.ne.jp cybertrust.ne.jp thawte.com geotrust.com rapidssl.com symantec.com volusion.com stratossl.com intermediatecertificate.com 1digicert.com amazon.com amazontrust.com awstrust.com amazonaws.com"),
			of("sectigo", "sectigo.com comodo.com comodoca.com usertrust.com trust-provider.com entrust.net affirmtrust.com"),
			of("comodo", "sectigo.com comodo.com comodoca.com usertrust.com trust-provider.com"), of("zerossl", "sectigo.com comodo.com comodoca.com usertrust.com trust-provider.com zerossl.com"),
			of("globalsign", "globalsign.com"), of("amazon", "amazon.com amazontrust.com awstrust.com amazonaws.com"), of("entrust", "entrust.net affirmtrust.com sectigo.com"),
			of("godaddy", "godaddy.com starfieldtech.com"), of("starfield", "starfieldtech.com godaddy.com"), of("ssl corp", "ssl.com"), of("ssl.com", "ssl.com"),
			of("buypass", "buypass.com buypass.no"), of("actalis", "actalis.it"), of("asseco", "certum.pl certum.eu"), of("unizeto", "certum.pl certum.eu"),
			of("swisssign", "swisssign.com swisssign.net swissign.com"), of("secom trust", "secomtrust.net"), of("cybertrust japan", "cybertrust.ne.jp jcsinc.co.jp"),
			of("japan registry services", "jprs.jp"), of("hellenic academic", "harica.gr"), of("d-trust", "d-trust.net dtrust.de d-trust.de"),
			of("deutsche telekom", "telesec.de"), of("t-systems", "telesec.de"), of("identrust", "identrust.com"), of("microsoft", "microsoft.com"), of("quovadis", "quovadisglobal.com digicert.com"),
			of("certigna", "certigna.fr"), of("dhimyotis", "certigna.fr"), of("certainly", "certainly.com"), of("gandi", "sectigo.com comodo.com comodoca.com usertrust.com trust-provider.com"),
			of("trustasia", "trustasia.com digicert.com"), of("network solutions", "netsolssl.com sectigo.com"), of("verein zur foerderung eines deutschen forschungsnetzes", "pki.dfn.de dfn.de"));

	private Authorities() {}

	private static Authority of(String organization, String domains) {
		return new Authority(organization, Arrays.asList(domains.split(" ")));
	}

	/// The domains of whoever signed a certificate; empty for one that nobody knows, as a company's own authority.
	///
	/// @param issuer distinguished name (RFC 4514)
	static Set<String> domains(String issuer) {
		String name = issuer.toLowerCase(Locale.ROOT).replace('’', '\'');
		return KNOWN.stream().filter(authority -> name.contains(authority.organization())).flatMap(authority -> authority.domains().stream())
				.collect(Collectors.toCollection(LinkedHashSet::new));
	}
}
