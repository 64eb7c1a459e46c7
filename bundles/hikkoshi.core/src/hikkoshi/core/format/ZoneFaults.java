package hikkoshi.core.format;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.plan.Zones;

/// What is wrong with a planned zone, all of it, each with its line: a master file's reader stops at the first.
public final class ZoneFaults {
	private static final long MOST_BYTES = 10_000_000;

	private ZoneFaults() {}

	/// Those of every planned zone of a project. Blocks.
	///
	/// @throws IOException when one cannot be read at all
	public static List<Fault> in(MigrationProject project, Zones zones) throws IOException {
		List<Fault> faults = new ArrayList<>();
		for (Domain domain : project.migration().map(Migration::domains).orElse(List.of())) {
			ZoneFile file = ZoneFile.of(project.folder(), domain.name());
			String name = ZoneFile.FOLDER + "/" + file.path().getFileName();
			try {
				file.text(MOST_BYTES).ifPresent(text -> faults.addAll(of(name, domain.name(), ZoneDocument.parse(domain.name(), text), zones)));
			} catch (CharacterCodingException e) {
				faults.add(FaultKind.FILE_ENCODING.fault(name, 0, 0, name));
			}
		}
		return faults;
	}

	/// Linear in the records; asks nobody. An interrupt ends it with what was found.
	///
	/// @param file name within the project folder
	public static List<Fault> of(String file, DomainName zone, ZoneDocument document, Zones zones) {
		FaultList faults = new FaultList(file, document.lines());
		Map<String, ZoneEntry> aliases = new HashMap<>();
		document.records().stream().filter(entry -> entry.type().equals("CNAME")).forEach(entry -> aliases.putIfAbsent(entry.owner(), entry));
		Map<String, Integer> seen = new HashMap<>();
		@Nullable ZoneEntry start = null;
		for (ZoneEntry entry : document.entries()) {
			if (Thread.currentThread().isInterrupted()) {
				break;
			}
			if (entry.wrong().isPresent()) {
				ZoneEntry.Wrong wrong = entry.wrong().get();
				faults.at(wrong.at(), wrong.kind(), wrong.argument(), ZoneRecord.example(entry.type()));
				continue;
			}
			control(document.text(), entry, faults);
			if (entry.kind() == ZoneEntry.Kind.DIRECTIVE) {
				continue;
			}
			Optional<String> fault = faults.isFull() ? Optional.empty()
					: zones.fault(zone, new Zones.Text(entry.owner(), entry.ttl(), entry.type(), entry.data(), entry.origin()));
			ZoneEntry alias = aliases.get(entry.owner());
			if (fault.isPresent()) {
				faults.at(entry.places().type().from(), FaultKind.ZONE_DATA, entry.type(), fault.get(), ZoneRecord.example(entry.type()));
			} else if (!entry.owner().equals(document.apex()) && !entry.owner().endsWith("." + document.apex())) {
				faults.at(entry.offset(), FaultKind.ZONE_OUTSIDE, entry.owner(), document.apex());
			} else if (entry.type().equals("SOA") && start != null) {
				faults.at(entry.offset(), FaultKind.ZONE_SECOND_SOA, document.line(start));
			} else if (alias != null && alias != entry) {
				faults.at(entry.offset(), FaultKind.ZONE_BESIDE_CNAME, entry.owner(), document.line(alias));
			}
			start = entry.type().equals("SOA") && start == null ? entry : start;
			Integer first = seen.putIfAbsent(entry.owner() + " " + entry.type() + " " + entry.data() + " " + entry.origin(), document.line(entry));
			if (first != null) {
				faults.at(entry.offset(), FaultKind.ZONE_TWICE, first);
			}
		}
		return faults.list();
	}

	/// What a person does not see where it is: control characters, and those that turn the direction of writing round.
	private static void control(String text, ZoneEntry entry, FaultList faults) {
		for (int at = entry.offset(); at < entry.contentEnd(); at++) {
			char c = text.charAt(at);
			if (isHidden(c)) {
				faults.at(at, FaultKind.ZONE_CHARACTER, String.format("U+%04X", (int) c));
				return;
			}
		}
	}

	private static boolean isHidden(char c) {
		return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c >= 0x7f && c < 0xa0 || Character.getType(c) == Character.FORMAT;
	}

	/// A text with such characters made visible, e.g. `\u202e`; nothing else is changed.
	public static String visible(String text) {
		if (text.chars().noneMatch(c -> isHidden((char) c) || c == '\n' || c == '\r')) {
			return text;
		}
		StringBuilder shown = new StringBuilder();
		for (char c : text.toCharArray()) {
			if (isHidden(c) || c == '\n' || c == '\r') {
				shown.append(String.format("\\u%04x", (int) c));
			} else {
				shown.append(c);
			}
		}
		return shown.toString();
	}
}
