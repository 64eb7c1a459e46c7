package hikkoshi.dns.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A policy file (RFC 8461, 3.2).
///
/// @param problem what a sender cannot read; empty when all is well
/// @param mode `enforce`, `testing` or `none`
/// @param mx patterns of hosts that mail may be delivered to
/// @param maxAge seconds that senders keep it
public record StsPolicy(String problem, String mode, List<String> mx, long maxAge) {
	private static final long LONGEST = 31_557_600;
	private static final int MAX_MX = 200;
	private static final int MAX_LINE = 300;

	public StsPolicy {
		mx = List.copyOf(mx);
	}

	public static StsPolicy parse(String text) {
		String version = "";
		String mode = "";
		String age = "";
		List<String> mx = new ArrayList<>();
		for (String line : text.split("\r?\n")) {
			int colon = line.indexOf(':');
			if (line.isBlank()) {
				continue;
			}
			if (colon <= 0 || line.length() > MAX_LINE) {
				return bad(line);
			}
			String key = line.substring(0, colon).strip();
			String value = line.substring(colon + 1).strip();
			switch (key) {
				case "version" -> version = version.isEmpty() ? value : version;
				case "mode" -> mode = mode.isEmpty() ? value : mode;
				case "max_age" -> age = age.isEmpty() ? value : age;
				case "mx" -> {
					if (!value.matches("(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?") || mx.size() == MAX_MX) {
						return bad(line);
					}
					mx.add(value.toLowerCase(Locale.ROOT));
				}
				default -> {
					// senders ignore what they do not know
				}
			}
		}
		if (!version.equals("STSv1")) {
			return bad("version: " + version);
		}
		if (!List.of("enforce", "testing", "none").contains(mode)) {
			return bad("mode: " + mode);
		}
		if (!age.matches("[0-9]{1,10}") || Long.parseLong(age) > LONGEST) {
			return bad("max_age: " + age);
		}
		return mx.isEmpty() && !mode.equals("none") ? bad("mx: ") : new StsPolicy("", mode, mx, Long.parseLong(age));
	}

	private static StsPolicy bad(String what) {
		return new StsPolicy(what.length() > MAX_LINE ? what.substring(0, MAX_LINE) : what, "", List.of(), 0);
	}

	/// Whether a host may take the mail: a `*` stands for exactly one label (RFC 8461, 4.1).
	///
	/// @param host with or without a final dot
	public boolean allows(String host) {
		String name = bare(host.toLowerCase(Locale.ROOT));
		return mx.stream().map(StsPolicy::bare).anyMatch(pattern -> pattern.startsWith("*.")
				? name.indexOf('.') > 0 && name.substring(name.indexOf('.')).equals(pattern.substring(1)) : pattern.equals(name));
	}

	private static String bare(String name) {
		return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
	}
}
