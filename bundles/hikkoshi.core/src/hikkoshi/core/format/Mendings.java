package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Side;

/// How the faults of a migration's files are mended: for a fault, the obvious ways, as edits of texts. Reads each text once, however many
/// faults it has. Pure; for one thread. A fault that the texts no longer have, and one that only a person can mend, has no mending.
public final class Mendings {
	private final Map<String, String> texts;
	private final Locale locale;
	private final Map<String, Lines> lines = new HashMap<>();
	private final Map<String, Optional<YamlDocument>> documents = new HashMap<>();
	private @Nullable RosterMendings roster;

	/// @param texts file name ([MigrationProject#MIGRATION_FILE] …) to its text, without a byte order mark; a file that is missing is absent
	/// @param locale of the comments in files that are made from a template
	public Mendings(Map<String, String> texts, Locale locale) {
		this.texts = Map.copyOf(texts);
		this.locale = locale;
	}

	/// Whether a fault of that kind may have a mending at all; costs nothing.
	public static boolean isMendable(FaultKind kind) {
		return switch (kind) {
			case FILE_MISSING, ROSTER_MISSING, CHECKLIST_MISSING, YAML_TAB, YAML_EMPTY, YAML_DUPLICATE_KEY, YAML_UNKNOWN_KEY_NEAR, YAML_PASSWORD,
					YAML_NOT_TEXT, YAML_NOT_NUMBER, YAML_NOT_LIST, FORMAT_MISSING, DURATION_BAD, ADDRESS_DUPLICATE, ENDPOINT_BAD, PROTOCOL_UNKNOWN,
					SECURITY_UNKNOWN, SIDE_UNKNOWN, ENDPOINT_DUPLICATE, ENDPOINT_SECURITY, ENDPOINT_PROTOCOL, DOMAIN_BAD, DOMAIN_DUPLICATE,
					DOMAIN_SERVER_UNKNOWN, DOMAIN_SERVER_SIDE, WAVE_UNKNOWN, WAVE_DUPLICATE, CUTOVER_BAD, NAME_SERVER_BAD, POLICY_TIMEOUTS,
					CSV_NO_HEADER, CSV_QUOTE_IN_TEXT, CSV_CELLS, CSV_MISSING_COLUMN, CSV_DUPLICATE_COLUMN, CSV_PASSWORD_COLUMN,
					CSV_UNKNOWN_COLUMN_NEAR, MAILBOX_NO_ADDRESS, MAILBOX_ADDRESS, MAILBOX_DUPLICATE, MAILBOX_DUPLICATE_CASE, MAILBOX_DOMAIN,
					MAILBOX_WAVE, ROSTER_KIND, GATE_STEP_UNKNOWN, GATE_NOT_SERVED -> true;
			// the others are a person's to decide
			default -> false;
		};
	}

	/// The obvious ways, best first; mostly one or none. Where there are several, a person must choose.
	public List<Mending> of(Fault fault) {
		Optional<FaultKind> kind = FaultKind.of(fault).filter(Mendings::isMendable);
		return kind.map(known -> mendings(known, fault).filter(Mending::isSome).toList()).orElse(List.of());
	}

	private Stream<Mending> mendings(FaultKind kind, Fault fault) {
		if (!texts.containsKey(fault.file())) {
			return template(kind, fault.file()).stream();
		}
		if (fault.file().equals(MigrationProject.MAILBOXES_FILE)) {
			return roster(kind, fault);
		}
		if (kind == FaultKind.YAML_TAB) {
			return tabs(fault.file()).stream();
		}
		if (kind == FaultKind.YAML_EMPTY) {
			return template(kind, fault.file()).stream();
		}
		return document(fault.file()).map(yaml -> yaml(kind, fault, yaml)).orElse(Stream.empty());
	}

	private Stream<Mending> yaml(FaultKind kind, Fault fault, YamlDocument yaml) {
		YamlMendings plain = new YamlMendings(yaml, fault.file());
		if (kind == FaultKind.FORMAT_MISSING) {
			return plain.formatLine(arg(fault, 0)).stream();
		}
		Optional<Integer> offset = offset(fault);
		if (offset.isEmpty()) {
			return Stream.empty();
		}
		int place = offset.get();
		return switch (kind) {
			case YAML_UNKNOWN_KEY_NEAR -> plain.rename(place, arg(fault, 1)).stream();
			case YAML_PASSWORD -> plain.removePassword(place).stream();
			case YAML_DUPLICATE_KEY -> plain.duplicateKey(place).stream();
			case YAML_NOT_TEXT -> plain.quote(place).stream();
			case YAML_NOT_NUMBER -> plain.unquote(place).stream();
			case YAML_NOT_LIST -> plain.list(place).stream();
			case DURATION_BAD -> plain.duration(place).stream();
			case ADDRESS_DUPLICATE, ENDPOINT_DUPLICATE, DOMAIN_DUPLICATE, WAVE_DUPLICATE -> plain.duplicateItem(place, arg(fault, 0)).stream();
			case SIDE_UNKNOWN -> plain.word(place, Arrays.stream(Side.values()).map(Side::token)).stream();
			case DOMAIN_BAD -> plain.domain(place).stream();
			case CUTOVER_BAD -> plain.moment(place).stream();
			case NAME_SERVER_BAD -> plain.nameServer(place).stream();
			case GATE_STEP_UNKNOWN -> plain.word(place, steps().stream()).stream();
			case GATE_NOT_SERVED -> Stream.concat(document(MigrationProject.MIGRATION_FILE)
					.flatMap(migration -> new InventoryMendings(migration).addEndpoint(arg(fault, 0), arg(fault, 1))).stream(),
					plain.gateWithout(place, arg(fault, 0)).stream());
			case PROTOCOL_UNKNOWN -> new InventoryMendings(yaml, fault.file()).endpointWord(place, true).stream();
			case SECURITY_UNKNOWN -> new InventoryMendings(yaml).endpointWord(place, false).stream();
			case ENDPOINT_BAD -> new InventoryMendings(yaml).endpoint(place).stream();
			case ENDPOINT_SECURITY -> new InventoryMendings(yaml).security(place, arg(fault, 1)).stream();
			case ENDPOINT_PROTOCOL -> new InventoryMendings(yaml).protocol(place, arg(fault, 1)).stream();
			case DOMAIN_SERVER_UNKNOWN, DOMAIN_SERVER_SIDE -> new InventoryMendings(yaml).domainServer(place, arg(fault, 0)).stream();
			case WAVE_UNKNOWN -> new InventoryMendings(yaml).wave(place, arg(fault, 0)).stream();
			case POLICY_TIMEOUTS -> new InventoryMendings(yaml).timeout(arg(fault, 0)).stream();
			default -> Stream.empty();
		};
	}

	private Stream<Mending> roster(FaultKind kind, Fault fault) {
		RosterMendings read = roster == null ? new RosterMendings(texts.getOrDefault(fault.file(), "")) : roster;
		roster = read;
		return switch (kind) {
			case CSV_NO_HEADER -> read.header().stream();
			case CSV_MISSING_COLUMN -> read.addressColumn().stream();
			case CSV_QUOTE_IN_TEXT -> read.quote(fault).stream();
			case CSV_CELLS -> read.cells(fault).stream();
			case CSV_DUPLICATE_COLUMN -> read.duplicateColumn(fault).stream();
			case CSV_PASSWORD_COLUMN -> read.removePasswords(fault).stream();
			case CSV_UNKNOWN_COLUMN_NEAR -> read.rename(fault, arg(fault, 1)).stream();
			case MAILBOX_NO_ADDRESS -> read.emptyRow(fault).stream();
			case MAILBOX_ADDRESS -> read.address(fault).stream();
			case MAILBOX_DUPLICATE, MAILBOX_DUPLICATE_CASE -> read.duplicateRow(fault, arg(fault, 0), number(arg(fault, 1))).stream();
			case MAILBOX_WAVE -> read.replace(fault, "wave", arg(fault, 1)).stream();
			case ROSTER_KIND -> read.word(fault, Stream.concat(Stream.of(Recipient.MAILBOX_TOKEN),
					Arrays.stream(Recipient.Kind.values()).map(Recipient.Kind::token))).stream();
			case MAILBOX_DOMAIN -> document(MigrationProject.MIGRATION_FILE).map(yaml -> domain(fault, read, new InventoryMendings(yaml))).orElse(Stream.empty());
			default -> Stream.empty();
		};
	}

	private static Stream<Mending> domain(Fault fault, RosterMendings roster, InventoryMendings inventory) {
		String domain = arg(fault, 0);
		Optional<Mending> near = inventory.near(domain).flatMap(name -> roster.domain(fault, domain, name));
		return Stream.concat(near.stream(), inventory.addDomain(domain, roster.value(fault, "wave")).stream());
	}

	/// The step keys of the checklist.
	private Set<String> steps() {
		return ChecklistYaml.parse(texts.getOrDefault(MigrationProject.CHECKLIST_FILE, ""), Policy.DEFAULT).value()
				.map(list -> list.stepPlaces().keySet()).orElse(Set.of());
	}

	private Optional<Mending> template(FaultKind kind, String file) {
		String text = texts.getOrDefault(file, "");
		Optional<String> template = switch (file) {
			case MigrationProject.MIGRATION_FILE -> Optional.of(MigrationTemplate.text(locale, "Migration", List.of(),
					new MigrationTemplate.Host("mail.old.example", List.of()), new MigrationTemplate.Host("mail.new.example", List.of())));
			case MigrationProject.MAILBOXES_FILE -> Optional.of(MigrationTemplate.mailboxes());
			case MigrationProject.CHECKLIST_FILE -> Optional.of(ChecklistTemplate.text(locale));
			default -> Optional.empty();
		};
		boolean isGone = switch (kind) {
			case FILE_MISSING, ROSTER_MISSING, CHECKLIST_MISSING -> !texts.containsKey(file);
			default -> texts.containsKey(file);
		};
		return isGone ? template.map(made -> Mending.plain(file,
				List.of(TextEdit.insert(text.length(), (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + made)), "template", file)) : Optional.empty();
	}

	private Optional<Mending> tabs(String file) {
		String text = texts.getOrDefault(file, "");
		List<TextEdit> edits = YamlMendings.tabs(text);
		return YamlDocument.parse(TextEdit.apply(text, edits), file).value().isPresent()
				? Optional.of(Mending.plain(file, edits, "tabs")) : Optional.empty();
	}

	private Optional<YamlDocument> document(String file) {
		return documents.computeIfAbsent(file, name -> Optional.ofNullable(texts.get(name)).flatMap(text -> YamlDocument.parse(text, name).value()));
	}

	/// Empty when the text has become shorter than the fault knows it.
	private Optional<Integer> offset(Fault fault) {
		String text = texts.getOrDefault(fault.file(), "");
		Lines of = lines.computeIfAbsent(fault.file(), _ -> Lines.of(text));
		if (fault.line() < 1 || fault.column() < 1 || fault.line() > of.line(text.length())) {
			return Optional.empty();
		}
		return Optional.of(of.start(fault.line()) + fault.column() - 1).filter(offset -> offset <= text.length());
	}

	private static String arg(Fault fault, int index) {
		return index < fault.reason().args().size() ? fault.reason().args().get(index) : "";
	}

	private static int number(String text) {
		return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
	}

	/// Several mendings done at once.
	///
	/// @param edits by file
	/// @param done the mendings that these are; the others were done by one of them already, or meet it and are left for the next time
	public record Batch(Map<String, List<TextEdit>> edits, List<Mending> done) {
		public Batch {
			done = List.copyOf(done);
		}
	}

	/// The edits of several mendings as those of one.
	public static Batch together(List<Mending> mendings) {
		Map<String, List<TextEdit>> all = new LinkedHashMap<>();
		Map<String, Spans> taken = new HashMap<>();
		List<Mending> done = new ArrayList<>();
		for (Mending mending : mendings) {
			boolean isFree = mending.edits().entrySet().stream()
					.allMatch(of -> taken.computeIfAbsent(of.getKey(), _ -> new Spans()).isFree(of.getValue()));
			if (isFree) {
				done.add(mending);
				mending.edits().forEach((file, edits) -> {
					taken.computeIfAbsent(file, _ -> new Spans()).take(edits);
					all.computeIfAbsent(file, _ -> new ArrayList<>()).addAll(edits);
				});
			}
		}
		all.values().forEach(edits -> edits.sort(Comparator.comparingInt(TextEdit::offset)));
		return new Batch(all, done);
	}

	/// Which parts of a text are taken by edits.
	private static final class Spans {
		private final TreeMap<Integer, Integer> ends = new TreeMap<>();
		private final Set<TextEdit> known = new HashSet<>();

		boolean isFree(List<TextEdit> edits) {
			return edits.stream().noneMatch(edit -> known.contains(edit) || meets(edit));
		}

		/// Insertions at one place are apart; they come one after the other.
		private boolean meets(TextEdit edit) {
			int end = edit.offset() + edit.length();
			Map.Entry<Integer, Integer> before = ends.floorEntry(edit.offset());
			Map.Entry<Integer, Integer> behind = ends.higherEntry(edit.offset());
			boolean within = before != null && before.getValue() > edit.offset();
			boolean same = edit.length() > 0 && before != null && before.getKey() == edit.offset() && before.getValue() >= edit.offset();
			return within || same || behind != null && behind.getKey() < end;
		}

		void take(List<TextEdit> edits) {
			for (TextEdit edit : edits) {
				ends.merge(edit.offset(), edit.offset() + edit.length(), Math::max);
				known.add(edit);
			}
		}
	}
}
