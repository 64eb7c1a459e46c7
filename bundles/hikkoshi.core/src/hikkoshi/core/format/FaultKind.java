package hikkoshi.core.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.Fault.Severity;

/// Every way in which a file of a migration can be wrong: the reason's id and how bad it is. `texts.properties` beside it holds, for each,
/// the sentence and its remedy. The arguments are named in the comments.
public enum FaultKind {
	/// file
	FILE_MISSING("fault.file.missing", Severity.ERROR),
	ROSTER_MISSING("fault.file.missing-mailboxes", Severity.WARNING),
	CHECKLIST_MISSING("fault.file.missing-checklist", Severity.WARNING),
	/// file, limit in MB
	FILE_TOO_LARGE("fault.file.too-large", Severity.ERROR),
	/// file
	FILE_NOT_REGULAR("fault.file.not-regular", Severity.ERROR),
	/// file, the system's words
	FILE_UNREADABLE("fault.file.unreadable", Severity.ERROR),
	FILE_ENCODING("fault.file.encoding", Severity.ERROR),
	FILE_CP932("fault.file.cp932", Severity.WARNING),
	/// how many faults are shown
	MORE_ERRORS("fault.more-errors", Severity.ERROR),
	MORE_WARNINGS("fault.more-warnings", Severity.WARNING),

	/// The planned zone: the sign
	ZONE_UNCLOSED("fault.zone.unclosed", Severity.ERROR),
	ZONE_PARENTHESIS("fault.zone.parenthesis", Severity.ERROR),
	/// the directive
	ZONE_DIRECTIVE("fault.zone.directive", Severity.ERROR),
	ZONE_INCLUDE("fault.zone.include", Severity.ERROR),
	ZONE_NO_OWNER("fault.zone.no-owner", Severity.ERROR),
	ZONE_NO_TYPE("fault.zone.no-type", Severity.ERROR),
	/// type, how its data is written
	ZONE_NO_DATA("fault.zone.no-data", Severity.ERROR),
	/// type, the reader's words, how its data is written
	ZONE_DATA("fault.zone.data", Severity.ERROR),
	/// owner, the zone
	ZONE_OUTSIDE("fault.zone.outside", Severity.ERROR),
	/// line of the first
	ZONE_SECOND_SOA("fault.zone.second-soa", Severity.ERROR),
	/// owner, line of the CNAME
	ZONE_BESIDE_CNAME("fault.zone.beside-cname", Severity.ERROR),
	/// line of the first
	ZONE_TWICE("fault.zone.twice", Severity.WARNING),
	/// code point
	ZONE_CHARACTER("fault.zone.character", Severity.WARNING),

	/// the reader's words
	YAML_SYNTAX("fault.yaml.syntax", Severity.ERROR),
	YAML_TAB("fault.yaml.tab", Severity.ERROR),
	YAML_UNCLOSED_QUOTE("fault.yaml.unclosed-quote", Severity.ERROR),
	YAML_UNCLOSED_BRACKET("fault.yaml.unclosed-bracket", Severity.ERROR),
	YAML_COLON("fault.yaml.colon", Severity.ERROR),
	YAML_INDENT("fault.yaml.indent", Severity.ERROR),
	/// code point, e.g. U+0007
	YAML_CHARACTER("fault.yaml.character", Severity.ERROR),
	/// name of the alias
	YAML_ALIAS("fault.yaml.alias", Severity.ERROR),
	/// the tag
	YAML_TAG("fault.yaml.tag", Severity.ERROR),
	/// limit
	YAML_DEPTH("fault.yaml.depth", Severity.ERROR),
	/// limit
	YAML_SIZE("fault.yaml.size", Severity.ERROR),
	YAML_DOCUMENTS("fault.yaml.documents", Severity.ERROR),
	YAML_EMPTY("fault.yaml.empty", Severity.ERROR),
	YAML_KEY("fault.yaml.key", Severity.ERROR),
	/// key, line of the first
	YAML_DUPLICATE_KEY("fault.yaml.duplicate-key", Severity.ERROR),
	/// key, keys that are known there
	YAML_UNKNOWN_KEY("fault.yaml.unknown-key", Severity.ERROR),
	/// key, the key that was probably meant
	YAML_UNKNOWN_KEY_NEAR("fault.yaml.unknown-key-near", Severity.ERROR),
	/// key
	YAML_PASSWORD("fault.yaml.password", Severity.ERROR),
	/// key, where it is missing
	YAML_MISSING_KEY("fault.yaml.missing-key", Severity.ERROR),
	/// key
	YAML_NOT_TEXT("fault.yaml.not-text", Severity.ERROR),
	YAML_NOT_NUMBER("fault.yaml.not-number", Severity.ERROR),
	YAML_NOT_LIST("fault.yaml.not-list", Severity.ERROR),
	YAML_NOT_MAPPING("fault.yaml.not-mapping", Severity.ERROR),
	YAML_NO_VALUE("fault.yaml.no-value", Severity.ERROR),
	/// key, least, greatest
	YAML_NUMBER_RANGE("fault.yaml.number-range", Severity.ERROR),

	/// the format that is expected
	FORMAT_MISSING("fault.format.missing", Severity.WARNING),
	/// found, expected
	FORMAT_UNKNOWN("fault.format.unknown", Severity.ERROR),
	/// the key
	KEY_BAD("fault.key.bad", Severity.ERROR),
	/// text
	DURATION_BAD("fault.duration.bad", Severity.ERROR),
	/// text, least, greatest
	DURATION_RANGE("fault.duration.range", Severity.ERROR),

	/// side
	SERVERS_NONE("fault.servers.none", Severity.ERROR),
	/// key, line of the first
	SERVER_DUPLICATE("fault.server.duplicate", Severity.ERROR),
	/// name
	SERVER_NAME_BAD("fault.server.name", Severity.ERROR),
	/// name
	SERVER_NAME_ADDRESS("fault.server.name-is-address", Severity.ERROR),
	/// key of the server
	SERVER_NO_ADDRESS("fault.server.no-address", Severity.ERROR),
	SERVER_NO_ENDPOINT("fault.server.no-endpoint", Severity.ERROR),
	/// address with port, key of the old server, key of the new one
	SERVER_SAME_PLACE("fault.server.same-place", Severity.WARNING),
	/// text
	ADDRESS_BAD("fault.address.bad", Severity.ERROR),
	ADDRESS_IS_NAME("fault.address.name", Severity.ERROR),
	ADDRESS_UNUSABLE("fault.address.unusable", Severity.ERROR),
	ADDRESS_DUPLICATE("fault.address.duplicate", Severity.WARNING),
	/// text
	ENDPOINT_BAD("fault.endpoint.bad", Severity.ERROR),
	PORT_BAD("fault.port.bad", Severity.ERROR),
	/// text, words that are known
	PROTOCOL_UNKNOWN("fault.protocol.unknown", Severity.ERROR),
	SECURITY_UNKNOWN("fault.security.unknown", Severity.ERROR),
	SIDE_UNKNOWN("fault.side.unknown", Severity.ERROR),
	/// port
	ENDPOINT_DUPLICATE("fault.endpoint.duplicate", Severity.ERROR),
	/// endpoint, the security that is usual on its port
	ENDPOINT_SECURITY("fault.endpoint.security", Severity.WARNING),
	/// endpoint, the protocol that is usual on its port
	ENDPOINT_PROTOCOL("fault.endpoint.protocol", Severity.WARNING),
	/// endpoint
	ENDPOINT_CLEAR("fault.endpoint.clear", Severity.WARNING),
	/// text, words that are known
	AUTH_METHOD("fault.auth.method", Severity.ERROR),
	AUTH_FORM("fault.auth.form", Severity.ERROR),
	/// key, what it does not go with
	AUTH_KEY("fault.auth.key", Severity.ERROR),
	/// text
	AUTH_USER("fault.auth.user", Severity.ERROR),
	AUTH_SEPARATOR("fault.auth.separator", Severity.ERROR),
	/// user, separator
	AUTH_SEPARATOR_IN_USER("fault.auth.separator-in-user", Severity.ERROR),
	/// text
	AUTH_TOKEN_ENDPOINT("fault.auth.token-endpoint", Severity.ERROR),
	/// text
	PIN_BAD("fault.pin.bad", Severity.ERROR),

	DOMAINS_NONE("fault.domains.none", Severity.WARNING),
	/// text
	DOMAIN_BAD("fault.domain.bad", Severity.ERROR),
	/// name, line of the first
	DOMAIN_DUPLICATE("fault.domain.duplicate", Severity.ERROR),
	/// key, side, keys of that side
	DOMAIN_SERVER_UNKNOWN("fault.domain.server-unknown", Severity.ERROR),
	/// key, side that it should be on
	DOMAIN_SERVER_SIDE("fault.domain.server-side", Severity.ERROR),
	/// domain, side, keys of that side
	DOMAIN_SERVER_WHICH("fault.domain.server-which", Severity.ERROR),
	/// text
	SELECTOR_BAD("fault.domain.selector", Severity.ERROR),
	/// selector
	SELECTOR_DUPLICATE("fault.domain.selector-duplicate", Severity.WARNING),
	/// domain
	DOMAIN_NO_MAILBOX("fault.domain.no-mailbox", Severity.WARNING),
	/// key, keys that are known
	WAVE_UNKNOWN("fault.wave.unknown", Severity.ERROR),
	/// key, line of the first
	WAVE_DUPLICATE("fault.wave.duplicate", Severity.ERROR),
	/// key
	WAVE_UNUSED("fault.wave.unused", Severity.WARNING),
	/// text
	CUTOVER_BAD("fault.cutover.bad", Severity.ERROR),
	/// text
	NAME_SERVER_BAD("fault.dns.place", Severity.ERROR),
	RESOLVER_BAD("fault.dns.resolver", Severity.ERROR),
	TRANSPORT_UNKNOWN("fault.dns.transport", Severity.ERROR),
	TRANSPORT_PART_BAD("fault.dns.transport-part", Severity.ERROR),
	TRANSPORT_PART_UNUSED("fault.dns.transport-unused", Severity.WARNING),
	/// text
	BLOCKLIST_BAD("fault.dns.blocklist", Severity.ERROR),
	/// text
	WATCH_BAD("fault.dns.watch", Severity.ERROR),
	ANCHOR_BAD("fault.dns.anchor", Severity.ERROR),
	/// the shorter time-out's key, the longer one's
	POLICY_TIMEOUTS("fault.policy.timeouts", Severity.WARNING),

	/// path
	TRUST_OUTSIDE("fault.trust.outside", Severity.ERROR),
	TRUST_MISSING("fault.trust.missing", Severity.ERROR),
	TRUST_UNREADABLE("fault.trust.unreadable", Severity.ERROR),
	TRUST_EMPTY("fault.trust.empty", Severity.ERROR),
	/// path, limit in MB
	TRUST_TOO_LARGE("fault.trust.too-large", Severity.ERROR),
	/// path
	TRUST_PRIVATE_KEY("fault.trust.private-key", Severity.ERROR),

	CSV_NO_HEADER("fault.csv.no-header", Severity.ERROR),
	CSV_QUOTE("fault.csv.quote", Severity.ERROR),
	/// line where text follows the closing quote
	CSV_AFTER_QUOTE("fault.csv.after-quote", Severity.ERROR),
	CSV_QUOTE_IN_TEXT("fault.csv.quote-in-text", Severity.WARNING),
	/// cells found, cells expected
	CSV_CELLS("fault.csv.cells", Severity.ERROR),
	/// limit
	CSV_ROWS("fault.csv.rows", Severity.ERROR),
	/// column
	CSV_MISSING_COLUMN("fault.csv.missing-column", Severity.ERROR),
	CSV_DUPLICATE_COLUMN("fault.csv.duplicate-column", Severity.ERROR),
	CSV_PASSWORD_COLUMN("fault.csv.password-column", Severity.ERROR),
	/// column, columns that are known
	CSV_UNKNOWN_COLUMN("fault.csv.unknown-column", Severity.WARNING),
	/// column, the column that was probably meant
	CSV_UNKNOWN_COLUMN_NEAR("fault.csv.unknown-column-near", Severity.WARNING),

	ROSTER_EMPTY("fault.mailboxes.none", Severity.WARNING),
	MAILBOX_NO_ADDRESS("fault.mailbox.no-address", Severity.ERROR),
	/// text
	MAILBOX_ADDRESS("fault.mailbox.address", Severity.ERROR),
	/// column
	MAILBOX_USER("fault.mailbox.user", Severity.ERROR),
	/// address, line of the first
	MAILBOX_DUPLICATE("fault.mailbox.duplicate", Severity.ERROR),
	MAILBOX_DUPLICATE_CASE("fault.mailbox.duplicate-case", Severity.WARNING),
	/// user, side, server, address of the first, line of the first
	ACCOUNT_DUPLICATE("fault.account.duplicate", Severity.ERROR),
	ACCOUNT_DUPLICATE_CASE("fault.account.duplicate-case", Severity.WARNING),
	/// word, words that are known
	ROSTER_KIND("fault.roster.kind", Severity.ERROR),
	/// address
	ROSTER_CATCH_ALL("fault.roster.catch-all", Severity.ERROR),
	/// address, kind
	ROSTER_NOT_CATCH_ALL("fault.roster.not-catch-all", Severity.ERROR),
	/// text
	ROSTER_GOES_TO("fault.roster.goes-to", Severity.ERROR),
	/// address
	ROSTER_MAILBOX_GOES_TO("fault.roster.mailbox-goes-to", Severity.WARNING),
	/// column, kind
	ROSTER_NO_LOGIN("fault.roster.no-login", Severity.WARNING),
	/// address that is not listed, address that leads there
	ROSTER_GOES_NOWHERE("fault.roster.goes-nowhere", Severity.WARNING),
	/// domain
	MAILBOX_DOMAIN("fault.mailbox.domain", Severity.ERROR),
	/// wave of the mailbox, wave of its domain, domain
	MAILBOX_WAVE("fault.mailbox.wave", Severity.ERROR),

	IMPORT_UNKNOWN("fault.import.unknown", Severity.ERROR),
	IMPORT_EMPTY("fault.import.empty", Severity.ERROR),
	/// encoding
	IMPORT_ENCODING("fault.import.encoding", Severity.ERROR),
	IMPORT_LATIN("fault.import.latin", Severity.WARNING),
	/// cells found, cells wanted
	IMPORT_CELLS("fault.import.cells", Severity.ERROR),
	IMPORT_ADDRESS("fault.import.address", Severity.ERROR),
	IMPORT_NO_DOMAIN("fault.import.no-domain", Severity.ERROR),
	IMPORT_USER("fault.import.user", Severity.ERROR),
	/// kind of thing
	IMPORT_TYPE("fault.import.type", Severity.ERROR),
	IMPORT_SKIPPED("fault.import.skipped", Severity.ERROR),
	/// target
	IMPORT_TARGET("fault.import.target", Severity.WARNING),
	/// address, where copies go
	IMPORT_COPIES("fault.import.copies", Severity.WARNING),
	/// address, kind in the roster, line there, kind in the file
	IMPORT_KIND("fault.import.kind", Severity.ERROR),
	/// file that cannot be edited
	IMPORT_PROJECT("fault.import.project", Severity.ERROR),
	IMPORT_ZONE_SYNTAX("fault.import.zone-syntax", Severity.ERROR),
	IMPORT_ZONE_ORIGIN("fault.import.zone-origin", Severity.ERROR),
	IMPORT_ZONE_INCLUDE("fault.import.zone-include", Severity.WARNING),
	/// domain
	IMPORT_ZONE_NO_MX("fault.import.zone-no-mx", Severity.WARNING),

	STEPS_NONE("fault.steps.none", Severity.WARNING),
	/// key, line of the first
	PHASE_DUPLICATE("fault.phase.duplicate", Severity.ERROR),
	STEP_DUPLICATE("fault.step.duplicate", Severity.ERROR),
	/// kinds that are known
	GATE_SHAPE("fault.gate.shape", Severity.ERROR),
	/// key of the step
	GATE_STEP_UNKNOWN("fault.gate.step-unknown", Severity.ERROR),
	GATE_STEP_LATER("fault.gate.step-later", Severity.ERROR),
	/// key
	GATE_EMPTY("fault.gate.empty", Severity.ERROR),
	/// text
	GATE_CHECK_BAD("fault.gate.check", Severity.ERROR),
	/// text
	GATE_WARNINGS("fault.gate.warnings", Severity.ERROR),
	/// protocol
	GATE_NO_LOGIN("fault.gate.no-login", Severity.ERROR),
	/// protocol, key of the server
	GATE_NOT_SERVED("fault.gate.not-served", Severity.WARNING);

	private final String id;
	private final Severity severity;

	FaultKind(String id, Severity severity) {
		this.id = id;
		this.severity = severity;
	}

	/// The reason's id.
	public String id() {
		return id;
	}

	public Severity severity() {
		return severity;
	}

	/// The kind of a fault that this package found; for quick fixes.
	public static Optional<FaultKind> of(Fault fault) {
		return Arrays.stream(values()).filter(kind -> kind.id.equals(fault.reason().id())).findFirst();
	}

	/// A fault of this kind; the arguments are made short and harmless, since what a file holds is hostile.
	///
	/// @param line 1-based; 0 when it is about the file as a whole
	/// @param column 1-based; 0 when unknown
	public Fault fault(String file, int line, int column, Object... args) {
		return at(file, line, column, Arrays.stream(args).map(arg -> FaultList.plain(String.valueOf(arg))).toList());
	}

	Fault at(String file, int line, int column, List<String> args) {
		return new Fault(file, line, column, severity, new Reason(id, args));
	}
}
