package hikkoshi.dns.tests.spf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import hikkoshi.dns.spf.SpfDns;

/// DNS written on paper: lines of `name TYPE value`; the value `TIMEOUT` is a server that does not answer. Counts what was asked.
final class PaperDns implements SpfDns {
	private final Map<String, List<String>> records = new HashMap<>();
	final List<String> asked = new ArrayList<>();

	PaperDns(String lines) {
		lines.lines().filter(line -> !line.isBlank()).forEach(this::add);
	}

	PaperDns add(String line) {
		String[] parts = line.strip().split(" ", 3);
		records.computeIfAbsent(key(parts[0], parts[1]), _ -> new ArrayList<>()).add(parts[2]);
		return this;
	}

	private static String key(String name, String type) {
		return name.toLowerCase(Locale.ROOT) + " " + type;
	}

	@Override
	public Answer ask(String name, Type type) {
		asked.add(name + " " + type);
		List<String> found = records.getOrDefault(key(name, type.name()), List.of());
		return found.contains("TIMEOUT") ? Answer.ERROR : Answer.of(found);
	}
}
