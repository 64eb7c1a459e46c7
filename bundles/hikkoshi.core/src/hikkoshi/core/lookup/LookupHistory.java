package hikkoshi.core.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.model.Transport;
import hikkoshi.core.probe.DnsOptions;

/// What was looked up lately, the latest first, each once. Lines of text for whoever keeps it; a line that cannot be read is left out.
///
/// @param entries at most [#MAX]
public record LookupHistory(List<LookupSpec> entries) {
	public static final int MAX = 50;
	public static final LookupHistory EMPTY = new LookupHistory(List.of());
	private static final int FIELDS = 10;

	public LookupHistory {
		entries = List.copyOf(entries.subList(0, Math.min(MAX, entries.size())));
	}

	public LookupHistory with(LookupSpec latest) {
		List<LookupSpec> next = new ArrayList<>(entries);
		next.remove(latest);
		next.addFirst(latest);
		return new LookupHistory(next);
	}

	public List<String> lines() {
		return entries.stream().map(LookupHistory::line).toList();
	}

	private static String line(LookupSpec spec) {
		Transport over = spec.over();
		DnsOptions options = spec.options();
		return String.join("\t", bare(spec.name()), String.join(" ", spec.types().stream().map(LookupHistory::bare).toList()), spec.servers().name(),
				bare(spec.typed()), over == null ? "" : over.token(), String.valueOf(options.recursionDesired()), String.valueOf(options.dnssecOk()),
				String.valueOf(options.checkingDisabled()), String.valueOf(options.ednsSize()), String.valueOf(options.get()));
	}

	private static String bare(String text) {
		return text.strip().replaceAll("\\p{Cntrl}", " ");
	}

	public static LookupHistory of(List<String> lines) {
		return new LookupHistory(lines.stream().map(LookupHistory::read).flatMap(Optional::stream).toList());
	}

	private static Optional<LookupSpec> read(String line) {
		String[] f = line.split("\t", -1);
		if (f.length != FIELDS) {
			return Optional.empty();
		}
		try {
			return Optional.of(new LookupSpec(f[0], List.of(f[1].split(" ")), LookupSpec.Servers.valueOf(f[2]), f[3], Transport.ofToken(f[4]).orElse(null),
					new DnsOptions(Boolean.parseBoolean(f[5]), Boolean.parseBoolean(f[6]), Boolean.parseBoolean(f[7]), Integer.parseInt(f[8]),
							Boolean.parseBoolean(f[9]))));
		} catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}
}
