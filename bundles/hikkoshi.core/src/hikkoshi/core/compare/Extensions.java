package hikkoshi.core.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.model.Protocol;

/// What is known of extensions: which have a consequence in words when they are missing, which are part of others, and which say nothing.
///
/// The names are those of IANA's registries (IMAP capabilities, SMTP service extensions, POP3 capabilities, SASL mechanisms) and what is widely seen
/// besides them. The key of a feature is its protocol and name in lower case with `-` for `=` (`imap.status-size`), that of its family
/// (`imap.thread` for `THREAD=REFS`), or for a mechanism `auth.` and its name or family.
public final class Extensions {
	private static final Map<String, Set<String>> KNOWN = Map.of(
			"imap", words("""
					imap4rev1 imap4rev2 acl annotate-experiment-1 binary catenate children compress condstore context convert create-special-use enable esearch
					esort filters i18nlevel id idle imapsieve inprogress jmapaccess language list-extended list-metadata list-myrights list-status literal+
					literal- login-referrals mailbox-referrals messagelimit metadata metadata-server move multiappend multisearch namespace notify objectid
					partial preview qresync quota quotaset replace rights sasl-ir savedate savelimit search searchres snippet sort special-use status-deleted
					status-size thread uidonly uidplus unauthenticate unselect url-partial urlauth utf8 within x-gm-ext-1 xlist"""),
			"pop3", words("top uidl user resp-codes auth-resp-code pipelining utf8 lang"),
			"smtp", words("""
					size 8bitmime pipelining dsn enhancedstatuscodes chunking binarymime smtputf8 requiretls deliverby futurerelease mt-priority limits etrn
					vrfy expn no-soliciting burl checkpoint rrvs conneg conperm mtrk atrn xclient xforward submitter"""),
			"auth", words("plain login cram-md5 digest-md5 scram oauth external gssapi ntlm anonymous other"));
	/// What says nothing about what a server can do within TLS, or is judged by its value alone.
	private static final Set<String> SILENT = Set.of("STARTTLS", "STLS", "HELP", "IMAP4", "LOGINDISABLED", "IMPLEMENTATION", "EXPIRE", "LOGIN-DELAY", "APPENDLIMIT");
	/// RFC 9051, appendix E: part of the protocol itself.
	private static final Set<String> IN_REV2 = Set.of("NAMESPACE", "UNSELECT", "UIDPLUS", "ESEARCH", "SEARCHRES", "ENABLE", "IDLE", "SASL-IR", "LIST-EXTENDED",
			"LIST-STATUS", "MOVE", "LITERAL-", "BINARY", "SPECIAL-USE", "STATUS=SIZE", "STATUS=DELETED", "CHILDREN");
	private static final Map<String, List<String>> PART_OF = Map.of("CONDSTORE", List.of("QRESYNC"), "LITERAL-", List.of("LITERAL+"),
			"CHILDREN", List.of("LIST-EXTENDED"), "XLIST", List.of("SPECIAL-USE"), "PREVIEW=FUZZY", List.of("PREVIEW"), "SNIPPET=FUZZY", List.of("PREVIEW"));

	private Extensions() {}

	private static Set<String> words(String list) {
		return Set.of(list.strip().split("\\s+"));
	}

	/// Every key that has a sentence, e.g. `imap.uidplus`.
	public static List<String> keys() {
		return KNOWN.entrySet().stream().flatMap(family -> family.getValue().stream().map(name -> family.getKey() + "." + name)).sorted().toList();
	}

	/// The key of a feature's sentence; empty when nothing is known of it.
	static Optional<String> key(Protocol protocol, String feature) {
		if (feature.startsWith(Offer.AUTH)) {
			return Optional.of("auth." + mechanism(feature.substring(Offer.AUTH.length())));
		}
		String family = switch (protocol) {
			case IMAP -> "imap";
			case POP3 -> "pop3";
			case SUBMISSION, SMTP -> "smtp";
		};
		String name = feature.toLowerCase(Locale.ROOT).replace('=', '-');
		int equals = feature.indexOf('=');
		String start = equals < 0 ? name : name.substring(0, equals);
		return List.of(name, start).stream().filter(KNOWN.get(family)::contains).findFirst().map(known -> family + "." + known);
	}

	private static String mechanism(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (lower.startsWith("scram-")) {
			return "scram";
		}
		if (Set.of("xoauth2", "oauthbearer", "xoauth").contains(lower)) {
			return "oauth";
		}
		return KNOWN.get("auth").contains(lower) ? lower : "other";
	}

	static boolean silent(String feature) {
		return SILENT.contains(feature);
	}

	/// Whether an offer holds a feature, be it as part of another one.
	static boolean within(Offer offer, String feature) {
		return offer.has(feature) || offer.has("IMAP4REV2") && IN_REV2.contains(feature)
				|| PART_OF.getOrDefault(feature, List.of()).stream().anyMatch(offer::has);
	}
}
