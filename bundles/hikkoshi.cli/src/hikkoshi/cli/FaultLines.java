package hikkoshi.cli;

import java.util.Locale;

import hikkoshi.core.format.Fault;
import hikkoshi.core.text.Phrases;

/// Faults as lines that a person reads and an editor jumps to: `file:line:column: error: what. What to do.`
final class FaultLines {
	private FaultLines() {}

	static String line(Fault fault, Phrases words) {
		StringBuilder line = new StringBuilder(fault.file());
		if (fault.line() > 0) {
			line.append(':').append(fault.line());
			if (fault.column() > 0) {
				line.append(':').append(fault.column());
			}
		}
		line.append(": ").append(words.say("severity." + fault.severity().name().toLowerCase(Locale.ROOT))).append(": ");
		line.append(words.say(fault.reason()));
		words.remedy(fault.reason()).ifPresent(remedy -> line.append("\n    ").append(remedy));
		return line.toString();
	}
}
