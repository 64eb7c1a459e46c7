package hikkoshi.core.format.roster;

import java.util.Arrays;

/// Keeps a spreadsheet from taking a cell for a formula (CWE-1236): a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return
/// gets an apostrophe in front, and so does one that begins with apostrophes before such a character. That way the guard can be taken off again,
/// whatever the cell holds.
final class Guard {
	private static final String DANGEROUS = "=+-@\t\r";

	private Guard() {}

	static String close(String cell) {
		return isDangerous(cell) ? "'" + cell : cell;
	}

	static String open(String cell) {
		return cell.startsWith("'") && isDangerous(cell) ? cell.substring(1) : cell;
	}

	/// @param cell is wiped when a copy is returned
	static char[] open(char[] cell) {
		if (cell.length == 0 || cell[0] != '\'' || !isDangerous(cell)) {
			return cell;
		}
		char[] rest = Arrays.copyOfRange(cell, 1, cell.length);
		Arrays.fill(cell, '\0');
		return rest;
	}

	static boolean isDangerous(String cell) {
		if (cell.isEmpty() || cell.charAt(0) != '\'' && DANGEROUS.indexOf(cell.charAt(0)) < 0) {
			return false;
		}
		return isDangerous(cell.toCharArray());
	}

	static boolean isDangerous(char[] cell) {
		int i = 0;
		while (i < cell.length && cell[i] == '\'') {
			i++;
		}
		return i < cell.length && DANGEROUS.indexOf(cell[i]) >= 0;
	}
}
