package hikkoshi.dns.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Answers from the records of one zone as an authoritative server must (RFC 1034, 4.3.2; wildcards and empty non-terminals RFC 4592;
/// DNAME RFC 6672). dnsjava's `Zone` takes any wildcard above a name, also one that an existing name in between hides. Immutable.
final class PlannedZone {
	private final Name origin;
	private final Map<Name, Map<Integer, List<Record>>> nodes = new HashMap<>();
	/// Every name that exists, with those that only have names below them.
	private final Set<Name> existing = new HashSet<>();

	/// What the zone says to a question.
	sealed interface Found {
		/// @param records of the type asked for, at least one
		record Records(List<Record> records) implements Found {}

		record Alias(Name target) implements Found {}

		/// The name belongs to a zone below.
		record Delegated() implements Found {}

		record NoData() implements Found {}

		record NoName() implements Found {}
	}

	/// @throws IOException when a record is not within the zone, or there is not exactly one SOA
	PlannedZone(Name origin, List<Record> records) throws IOException {
		this.origin = origin;
		long starts = records.stream().filter(record -> record.getType() == Type.SOA && record.getName().equals(origin)).count();
		if (starts != 1 || records.stream().anyMatch(record -> record.getType() == Type.SOA && !record.getName().equals(origin))) {
			throw new IOException(origin + " must have one SOA record, at its own name");
		}
		for (Record record : records) {
			nodes.computeIfAbsent(record.getName(), _ -> new HashMap<>()).computeIfAbsent(record.getType(), _ -> new ArrayList<>()).add(record);
			Name name = record.getName();
			while (existing.add(name) && !name.equals(origin)) {
				name = new Name(name, 1);
			}
		}
	}

	/// @param name within the zone
	Found find(Name name, int type) {
		int depth = name.labels() - origin.labels();
		for (int cut = depth; cut >= 0; cut--) {
			Name ancestor = new Name(name, cut);
			Map<Integer, List<Record>> node = nodes.getOrDefault(ancestor, Map.of());
			if (cut < depth && node.containsKey(Type.NS) && (cut > 0 || type != Type.DS)) {
				return new Found.Delegated();
			}
			if (cut > 0 && node.containsKey(Type.DNAME)) {
				return renamed(name, (DNAMERecord) node.get(Type.DNAME).getFirst());
			}
		}
		if (existing.contains(name)) {
			return at(name, name, type);
		}
		Name closest = new Name(name, 1);
		while (!existing.contains(closest)) {
			closest = new Name(closest, 1);
		}
		Name wildcard = wildcard(closest);
		return wildcard != null && existing.contains(wildcard) ? at(wildcard, name, type) : new Found.NoName();
	}

	/// @param owner the name asked for, which a record of a wildcard takes
	private Found at(Name node, Name owner, int type) {
		Map<Integer, List<Record>> sets = nodes.getOrDefault(node, Map.of());
		List<Record> records = type == Type.ANY ? sets.values().stream().flatMap(List::stream).toList() : sets.getOrDefault(type, List.of());
		if (!records.isEmpty()) {
			return new Found.Records(node.equals(owner) ? List.copyOf(records)
					: records.stream().map(record -> record.withName(owner)).toList());
		}
		List<Record> alias = sets.getOrDefault(Type.CNAME, List.of());
		return alias.isEmpty() ? new Found.NoData() : new Found.Alias(((CNAMERecord) alias.getFirst()).getTarget());
	}

	private static Found renamed(Name name, DNAMERecord dname) {
		try {
			return new Found.Alias(name.fromDNAME(dname));
		} catch (NameTooLongException e) {
			return new Found.NoName();
		}
	}

	private static @Nullable Name wildcard(Name closest) {
		try {
			return Name.concatenate(Name.fromConstantString("*"), closest);
		} catch (NameTooLongException e) {
			return null;
		}
	}
}
