package hikkoshi.core.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which keys the files know, in the order in which they are written. The readers take their keys from here and nowhere else; so may
/// completion, and the test that holds the schemas in `docs/schema` against it. A place in a list is `[]`, e.g. `servers.old[].endpoints[]`.
public final class FileKeys {
	/// The version line of `migration.yaml`.
	public static final String MIGRATION_FORMAT = "hikkoshi/1";
	/// The version line of `cutover.checklist`.
	public static final String CHECKLIST_FORMAT = "hikkoshi-checklist/1";

	static final List<String> MIGRATION = List.of("format", "name", "servers", "domains", "waves", "dns", "trust", "policy");
	static final List<String> SIDES = List.of("old", "new");
	static final List<String> SERVER = List.of("key", "name", "addresses", "endpoints", "auth", "pins", "setup-name", "final-name");
	static final List<String> AUTH = List.of("method", "user", "form", "separator", "token-endpoint", "client-id", "scope");
	static final List<String> ENDPOINT = List.of("protocol", "port", "security");
	static final List<String> DOMAIN = List.of("name", "wave", "old", "new", "dkim");
	static final List<String> WAVE = List.of("key", "cutover");
	static final List<String> DNS = List.of("resolvers", "roots", "authoritative-port", "blocklists", "watch", "ttl-before", "trust-anchors");
	static final List<String> NAME_SERVER = List.of("label", "address", "port");
	static final List<String> RESOLVER = List.of("label", "address", "port", "transport", "name", "path");
	static final List<String> POLICY = List.of("evidence-max-age", "connections-per-server", "kept-connections", "logins-per-second", "lockout-after",
			"connect-timeout", "read-timeout", "probe-timeout", "ttl-target", "quiet", "canaries");
	static final List<String> CANARIES = List.of("needed", "per-day", "per-run", "interval", "outside");
	static final List<String> OUTSIDE = List.of("key", "name", "addresses", "endpoint", "user", "from");

	static final List<String> CHECKLIST = List.of("format", "phases");
	static final List<String> PHASE = List.of("key", "title", "steps");
	static final List<String> STEP = List.of("key", "title", "text", "owner", "gates", "rollback");
	static final List<String> GATE = List.of("accounts", "recipients", "steps", "dns-points-to", "ttl-drained", "propagated", "audit");
	static final List<String> ACCOUNTS = List.of("sides", "protocols", "max-age");
	static final List<String> RECIPIENTS = List.of("sides", "max-age");
	static final List<String> DNS_POINTS_TO = List.of("side", "max-age");
	static final List<String> TTL_DRAINED = List.of("ttl", "max-age");

	static final List<String> PROPAGATED = List.of("max-age");
	static final List<String> AUDIT = List.of("checks", "warnings", "max-age");

	/// The columns that a new `mailboxes.csv` has.
	public static final List<String> MAILBOX_COLUMNS = List.of("address", "old_user", "new_user", "wave", "note");
	/// All columns of `mailboxes.csv`: those, and those that only addresses without a mailbox of their own need.
	public static final List<String> COLUMNS = List.of("address", "old_user", "new_user", "wave", "note", "kind", "goes_to");

	private FileKeys() {}

	/// Place to keys, for `migration.yaml`.
	public static Map<String, List<String>> migration() {
		Map<String, List<String>> keys = new LinkedHashMap<>();
		keys.put("", MIGRATION);
		keys.put("servers", SIDES);
		for (String side : SIDES) {
			keys.put("servers." + side + "[]", SERVER);
			keys.put("servers." + side + "[].endpoints[]", ENDPOINT);
			keys.put("servers." + side + "[].auth", AUTH);
		}
		keys.put("domains[]", DOMAIN);
		keys.put("domains[].dkim", SIDES);
		keys.put("waves[]", WAVE);
		keys.put("dns", DNS);
		keys.put("dns.resolvers[]", RESOLVER);
		keys.put("dns.roots[]", NAME_SERVER);
		keys.put("policy", POLICY);
		keys.put("policy.canaries", CANARIES);
		keys.put("policy.canaries.outside[]", OUTSIDE);
		return keys;
	}

	/// Place to keys, for `cutover.checklist`.
	public static Map<String, List<String>> checklist() {
		Map<String, List<String>> keys = new LinkedHashMap<>();
		keys.put("", CHECKLIST);
		keys.put("phases[]", PHASE);
		keys.put("phases[].steps[]", STEP);
		keys.put("phases[].steps[].gates[]", GATE);
		keys.put("phases[].steps[].gates[].accounts", ACCOUNTS);
		keys.put("phases[].steps[].gates[].recipients", RECIPIENTS);
		keys.put("phases[].steps[].gates[].dns-points-to", DNS_POINTS_TO);
		keys.put("phases[].steps[].gates[].ttl-drained", TTL_DRAINED);
		keys.put("phases[].steps[].gates[].propagated", PROPAGATED);
		keys.put("phases[].steps[].gates[].audit", AUDIT);
		return keys;
	}
}
