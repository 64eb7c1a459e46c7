package hikkoshi.core.discover;

/// Reason ids of proposals: where a line comes from, and what speaks against it. The arguments stand in the comment, in order.
public final class DiscoveryReasons {
	/// (SRV name)
	public static final String FROM_SRV = "discover.from.srv";
	/// (URL)
	public static final String FROM_AUTOCONFIG = "discover.from.autoconfig";
	/// (URL)
	public static final String FROM_AUTODISCOVER = "discover.from.autodiscover";
	/// (domain, preference)
	public static final String FROM_MX = "discover.from.mx";
	/// Asked for by a person. (name)
	public static final String FROM_NAME = "discover.from.name";
	/// A usual name below the domain. (name)
	public static final String FROM_GUESS = "discover.from.guess";
	/// (certificate's name, host asked)
	public static final String FROM_CERTIFICATE = "discover.from.certificate";
	/// An address record. (host)
	public static final String FROM_ADDRESS = "discover.from.address";
	/// Answered there. (addresses)
	public static final String FROM_PORT = "discover.from.port";

	/// Nothing that carries mail was found, and everything was asked. (name)
	public static final String NOTHING = "discover.nothing";
	/// Nothing was found, and not everything could be asked. (name)
	public static final String NOTHING_KNOWN = "discover.nothing-known";
	/// The name's time ran out. (name)
	public static final String CUT_SHORT = "discover.cut-short";
	/// The name does not exist. (name)
	public static final String NO_SUCH_NAME = "discover.no-such-name";
	/// Takes no mail by its own word (RFC 7505). (name)
	public static final String NULL_MX = "discover.null-mx";
	/// A question to DNS without an answer. (name of the record, status)
	public static final String DNS_UNKNOWN = "discover.dns-unknown";
	/// (domain, MX host, where that leads)
	public static final String MX_ALIAS = "discover.mx-alias";
	/// Mail is received elsewhere than it is read. (MX host, server)
	public static final String MX_ELSEWHERE = "discover.mx-elsewhere";
	/// Two sources name different servers. (protocol, one host, its source, other host, its source)
	public static final String SOURCES_DIFFER = "discover.sources-differ";
	/// (host, source)
	public static final String ANNOUNCED_WITHOUT_ADDRESS = "discover.announced-without-address";
	/// (host, protocol, port, source)
	public static final String ANNOUNCED_CLOSED = "discover.announced-closed";
	/// (host, protocol, port, source)
	public static final String ANNOUNCED_SILENT = "discover.announced-silent";
	/// (host, port, announced, found)
	public static final String ANNOUNCED_OTHERWISE = "discover.announced-otherwise";
	/// (host, reason…)
	public static final String ANNOUNCED_UNPROVEN = "discover.announced-unproven";
	/// SRV says "not offered" and somebody answers. (SRV name, endpoint)
	public static final String DENIED_BUT_OPEN = "discover.denied-but-open";
	/// (URL)
	public static final String DOCUMENT_UNPROVEN = "discover.document-unproven";
	/// Autodiscover wants a login first. (URL, schemes)
	public static final String DOCUMENT_LOGIN = "discover.document-login";
	/// None of its names is proven; this one is in the certificate. (certificate's name, host asked)
	public static final String NAME_OF_CERTIFICATE = "discover.name-of-certificate";
	/// (name)
	public static final String NAME_UNPROVEN = "discover.name-unproven";
	/// (address, host)
	public static final String ADDRESS_DEAD = "discover.address-dead";
	/// (address, host)
	public static final String ADDRESS_SILENT = "discover.address-silent";
	/// (endpoint, addresses without)
	public static final String NOT_EVERYWHERE = "discover.not-everywhere";
	/// (endpoint, what the addresses offer)
	public static final String SECURITY_DIFFERS = "discover.security-differs";
	/// Protocol in clear, left out since there is a protected way. (endpoint)
	public static final String CLEARTEXT_LEFT_OUT = "discover.cleartext-left-out";
	/// No IMAP or POP3. (name)
	public static final String NO_MAILBOXES = "discover.no-mailboxes";
	/// No submission. (name)
	public static final String NO_SUBMISSION = "discover.no-submission";
	/// ManageSieve answers. (name, port)
	public static final String SIEVE = "discover.sieve";
	/// Something that is not understood. (address, port, first words)
	public static final String STRANGER = "discover.stranger";

	/// Whose machines these are. (provider, logins, page, day)
	public static final String PROVIDER = "discover.provider";
	/// Its addresses are shared and change. (provider)
	public static final String PROVIDER_SHARED = "discover.provider-shared";
	/// A limit that it publishes; the kind follows. (provider, number, page, day)
	static final String PROVIDER_LIMIT = "discover.provider-limit.";

	private DiscoveryReasons() {}
}
