package hikkoshi.core.format;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import hikkoshi.core.format.YamlNode.Entry;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.format.YamlNode.Sequence;
import hikkoshi.core.gate.Checklist;
import hikkoshi.core.gate.GateSpec;
import hikkoshi.core.gate.Phase;
import hikkoshi.core.gate.Step;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.ProbeSet;

/// What `cutover.checklist` says. Reading never fails for what the text holds: that gives faults.
public final class ChecklistYaml {
	private static final Duration LONGEST = Duration.ofDays(3650);
	private static final Pattern CHECK = Pattern.compile("[a-z0-9][a-z0-9.-]*\\*?");
	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private final Checklist checklist;
	private final YamlDocument document;
	private final Map<String, Integer> stepPlaces;
	private final Map<Protocol, Integer> protocolPlaces;

	private ChecklistYaml(Checklist checklist, YamlDocument document, Map<String, Integer> stepPlaces, Map<Protocol, Integer> protocolPlaces) {
		this.checklist = checklist;
		this.document = document;
		this.stepPlaces = Map.copyOf(stepPlaces);
		this.protocolPlaces = Map.copyOf(protocolPlaces);
	}

	/// Without what has faults.
	public Checklist checklist() {
		return checklist;
	}

	/// For edits ([YamlEdit]).
	public YamlDocument document() {
		return document;
	}

	/// Offset in the text of the key of each step, so that an editor can go there.
	public Map<String, Integer> stepPlaces() {
		return stepPlaces;
	}

	/// Offset of the first gate `accounts` that wants a protocol.
	Map<Protocol, Integer> protocolPlaces() {
		return protocolPlaces;
	}

	/// As [#parse(String, Policy)] with the policy of a migration that sets none.
	public static Parsed<ChecklistYaml> parse(String text) {
		return parse(text, Policy.DEFAULT);
	}

	/// @param text of a file or of an unsaved editor, without a byte order mark
	/// @param policy gives the maximum age and the TTL where a gate names none
	/// @return a value unless the text is no YAML mapping
	public static Parsed<ChecklistYaml> parse(String text, Policy policy) {
		String file = MigrationProject.CHECKLIST_FILE;
		Parsed<YamlDocument> parsed = YamlDocument.parse(text, file);
		if (parsed.value().isEmpty()) {
			return new Parsed<>(Optional.empty(), parsed.faults());
		}
		YamlDocument document = parsed.value().get();
		FaultList faults = new FaultList(file, Lines.of(text));
		faults.addAll(parsed.faults());
		Optional<YamlNode> root = document.root().filter(node -> !node.isNull());
		if (root.isEmpty()) {
			faults.whole(FaultKind.YAML_EMPTY);
			return new Parsed<>(Optional.empty(), faults.list());
		}
		Optional<ChecklistYaml> value = YamlFields.of(root.get(), file, FileKeys.CHECKLIST, faults)
				.map(fields -> new Reader(document, fields, policy, faults).read());
		return new Parsed<>(value, faults.list());
	}

	/// One reading of one text.
	private static final class Reader {
		private final YamlDocument document;
		private final YamlFields root;
		private final Policy policy;
		private final FaultList faults;
		private final Map<String, Integer> phasePlaces = new HashMap<>();
		private final Map<String, Integer> stepPlaces = new HashMap<>();
		private final Map<Protocol, Integer> protocolPlaces = new HashMap<>();
		/// References from gates, judged when all steps are known.
		private final List<Reference> references = new ArrayList<>();

		private record Reference(Scalar to, int from) {}

		Reader(YamlDocument document, YamlFields root, Policy policy, FaultList faults) {
			this.document = document;
			this.root = root;
			this.policy = policy;
			this.faults = faults;
		}

		ChecklistYaml read() {
			MigrationYaml.format(root, FileKeys.CHECKLIST_FORMAT, faults);
			root.require("phases", MigrationProject.CHECKLIST_FILE);
			List<Phase> phases = new ArrayList<>();
			for (YamlNode node : root.list("phases")) {
				YamlFields.of(node, "phases", FileKeys.PHASE, faults).flatMap(this::phase).ifPresent(phases::add);
			}
			if (root.has("phases") && stepPlaces.isEmpty() && root.node("phases").filter(node -> !(node instanceof Sequence)).isEmpty()) {
				faults.at(root.place("phases"), FaultKind.STEPS_NONE);
			}
			for (Reference reference : references) {
				Integer place = stepPlaces.get(reference.to.value());
				if (place == null) {
					faults.at(reference.to.start(), FaultKind.GATE_STEP_UNKNOWN, reference.to.value());
				} else if (place >= reference.from) {
					faults.at(reference.to.start(), FaultKind.GATE_STEP_LATER, reference.to.value());
				}
			}
			return new ChecklistYaml(new Checklist(phases), document, stepPlaces, protocolPlaces);
		}

		private Optional<Phase> phase(YamlFields fields) {
			fields.require("key", "phases");
			fields.require("title", "phases");
			Optional<Scalar> key = fields.key("key");
			key.ifPresent(scalar -> once(scalar, phasePlaces, FaultKind.PHASE_DUPLICATE));
			String title = fields.has("title") ? fields.text("title").map(Scalar::value).orElse("") : "";
			List<Step> steps = new ArrayList<>();
			for (YamlNode node : fields.list("steps")) {
				YamlFields.of(node, "steps", FileKeys.STEP, faults).flatMap(this::step).ifPresent(steps::add);
			}
			return key.map(scalar -> new Phase(scalar.value(), title, steps));
		}

		private boolean once(Scalar key, Map<String, Integer> places, FaultKind duplicate) {
			Integer first = places.putIfAbsent(key.value(), key.start());
			if (first != null) {
				faults.at(key.start(), duplicate, key.value(), faults.line(first));
			}
			return first == null;
		}

		private Optional<Step> step(YamlFields fields) {
			fields.require("key", "steps");
			fields.require("title", "steps");
			Optional<Scalar> key = fields.key("key").filter(scalar -> once(scalar, stepPlaces, FaultKind.STEP_DUPLICATE));
			String title = fields.has("title") ? fields.text("title").map(Scalar::value).map(String::strip).orElse("") : "";
			List<GateSpec> gates = new ArrayList<>();
			for (YamlNode node : fields.list("gates")) {
				gate(node, fields.start()).ifPresent(gates::add);
			}
			String text = fields.words("text");
			String owner = fields.words("owner");
			String rollback = fields.words("rollback");
			return key.map(scalar -> new Step(scalar.value(), title, text, owner, gates, rollback));
		}

		private Optional<GateSpec> gate(YamlNode node, int step) {
			Optional<YamlFields> fields = YamlFields.of(node, "gates", FileKeys.GATE, faults);
			if (fields.isEmpty()) {
				return Optional.empty();
			}
			if (fields.get().all().size() != 1) {
				faults.at(node.start(), FaultKind.GATE_SHAPE, String.join(", ", FileKeys.GATE));
				return Optional.empty();
			}
			Entry entry = fields.get().all().getFirst();
			return switch (entry.key().value()) {
				case "accounts" -> fields(fields.get(), entry, FileKeys.ACCOUNTS).map(this::accounts);
				case "recipients" -> fields(fields.get(), entry, FileKeys.RECIPIENTS).map(this::recipients);
				case "steps" -> steps(fields.get(), entry, step);
				case "dns-points-to" -> fields(fields.get(), entry, FileKeys.DNS_POINTS_TO).flatMap(this::dnsPointsTo);
				case "ttl-drained" -> fields(fields.get(), entry, FileKeys.TTL_DRAINED).map(this::ttlDrained);
				case "propagated" -> fields(fields.get(), entry, FileKeys.PROPAGATED).map(this::maxAge).map(GateSpec.Propagated::new);
				case "audit" -> fields(fields.get(), entry, FileKeys.AUDIT).flatMap(this::audit);
				// an unknown key of a mapping, and a fault already
				default -> Optional.empty();
			};
		}

		private Optional<YamlFields> fields(YamlFields gate, Entry entry, List<String> keys) {
			String kind = entry.key().value();
			if (entry.value().isNull()) {
				faults.at(entry.key().start(), FaultKind.YAML_NO_VALUE, kind);
				return Optional.empty();
			}
			return gate.mapping(kind, keys);
		}

		private Set<Side> sides(YamlFields fields, Set<Side> usual) {
			if (!fields.has("sides")) {
				return usual;
			}
			if (fields.list("sides").isEmpty()) {
				faults.at(fields.place("sides"), FaultKind.GATE_EMPTY, "sides");
			}
			Set<Side> sides = EnumSet.noneOf(Side.class);
			for (Scalar text : fields.texts("sides")) {
				side(text).ifPresent(sides::add);
			}
			return sides;
		}

		private GateSpec recipients(YamlFields fields) {
			return new GateSpec.Recipients(sides(fields, EnumSet.of(Side.NEW)), maxAge(fields));
		}

		private GateSpec accounts(YamlFields fields) {
			Set<Side> sides = sides(fields, EnumSet.allOf(Side.class));
			Set<Protocol> protocols = EnumSet.noneOf(Protocol.class);
			for (Scalar text : fields.texts("protocols")) {
				MigrationYaml.protocol(text.value(), text.start(), faults).ifPresent(protocol -> {
					if (protocol.hasLogin()) {
						protocols.add(protocol);
						protocolPlaces.merge(protocol, text.start(), Math::min);
					} else {
						faults.at(text.start(), FaultKind.GATE_NO_LOGIN, protocol.token());
					}
				});
			}
			if (fields.has("protocols") && fields.list("protocols").isEmpty()) {
				faults.at(fields.place("protocols"), FaultKind.GATE_EMPTY, "protocols");
			}
			if (!fields.has("protocols")) {
				Arrays.stream(Protocol.values()).filter(Protocol::hasLogin).forEach(protocol -> {
					protocols.add(protocol);
					protocolPlaces.merge(protocol, fields.start(), Math::min);
				});
			}
			return new GateSpec.Accounts(sides, protocols, maxAge(fields));
		}

		private Optional<Side> side(Scalar text) {
			for (Side side : Side.values()) {
				if (side.token().equals(text.value())) {
					return Optional.of(side);
				}
			}
			faults.at(text.start(), FaultKind.SIDE_UNKNOWN, text.value(), "old, new");
			return Optional.empty();
		}

		private Optional<GateSpec> steps(YamlFields gate, Entry entry, int step) {
			List<Scalar> keys = gate.texts("steps");
			if (entry.value().isNull() || entry.value() instanceof Sequence list && list.items().isEmpty()) {
				faults.at(entry.key().start(), FaultKind.GATE_EMPTY, "steps");
				return Optional.empty();
			}
			keys.forEach(key -> references.add(new Reference(key, step)));
			return Optional.of(new GateSpec.Steps(keys.stream().map(Scalar::value).toList()));
		}

		private Optional<GateSpec> dnsPointsTo(YamlFields fields) {
			fields.require("side", "dns-points-to");
			Duration maxAge = maxAge(fields);
			return fields.text("side").flatMap(this::side).map(side -> new GateSpec.DnsPointsTo(side, maxAge));
		}

		private GateSpec ttlDrained(YamlFields fields) {
			return new GateSpec.TtlDrained(fields.duration("ttl", SHORTEST, Duration.ofDays(7), policy.ttlTarget()), maxAge(fields));
		}

		/// Ids as the audit prints them, with or without `audit.` before them.
		private Optional<GateSpec> audit(YamlFields fields) {
			fields.require("checks", "audit");
			if (fields.has("checks") && fields.list("checks").isEmpty()) {
				faults.at(fields.place("checks"), FaultKind.GATE_EMPTY, "checks");
			}
			List<String> checks = new ArrayList<>();
			for (Scalar text : fields.texts("checks")) {
				String id = text.value().strip();
				if (CHECK.matcher(id).matches()) {
					checks.add(id.startsWith(ProbeSet.AUDIT) ? id : ProbeSet.AUDIT + id);
				} else {
					faults.at(text.start(), FaultKind.GATE_CHECK_BAD, id);
				}
			}
			boolean warnings = fields.text("warnings").flatMap(this::allowed).orElse(false);
			return checks.isEmpty() ? Optional.empty() : Optional.of(new GateSpec.Audit(checks, warnings, maxAge(fields)));
		}

		private Optional<Boolean> allowed(Scalar text) {
			if (!List.of("allow", "refuse").contains(text.value())) {
				faults.at(text.start(), FaultKind.GATE_WARNINGS, text.value());
			}
			return Optional.of(text.value().equals("allow"));
		}

		private Duration maxAge(YamlFields fields) {
			return fields.duration("max-age", SHORTEST, LONGEST, policy.evidenceMaxAge());
		}
	}
}
