package hikkoshi.cli;

import java.util.List;
import java.util.stream.Collectors;

import hikkoshi.core.compare.Comparison;
import hikkoshi.core.compare.Comparison.Row;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Account;
import hikkoshi.core.text.ComparisonWords;
import hikkoshi.core.text.Phrases;

/// A comparison as lines for a person: differences first, each warning with its consequence and what to do.
final class CompareLines {
	private final Terminal terminal;
	private final Phrases words;
	private final ComparisonWords shown;
	private final boolean all;

	/// @param all what is the same as well
	CompareLines(Terminal terminal, Phrases words, boolean all) {
		this.terminal = terminal;
		this.words = words;
		this.all = all;
		shown = new ComparisonWords(words);
	}

	/// @param accounts that were looked at behind their logins
	void print(Comparison comparison, List<Account> accounts) {
		String old = comparison.oldServer().key();
		String fresh = comparison.newServer().key();
		terminal.line(words.say("compare.heading", old, fresh));
		terminal.line(accounts.isEmpty() ? words.say("compare.no-account") : words.say("compare.accounts",
				accounts.stream().map(account -> words.say("compare.account", account.user(), account.server().key())).collect(Collectors.joining(", "))));
		List<Row> rows = comparison.rows().stream().filter(row -> all || row.differs()).toList();
		Columns columns = new Columns().row("", "", words.say("compare.feature"), old, fresh);
		rows.forEach(row -> columns.row(shown.outcome(row), shown.area(row), shown.feature(row), shown.cell(row.oldCell()), shown.cell(row.newCell())));
		List<String> lines = columns.lines();
		terminal.line(lines.getFirst());
		for (int i = 0; i < rows.size(); i++) {
			Row row = rows.get(i);
			terminal.line(lines.get(i + 1));
			if (row.outcome() != Outcome.PASS) {
				terminal.line("    " + shown.consequence(row));
				shown.remedy(row).ifPresent(remedy -> terminal.line("    → " + remedy));
			}
		}
		long same = comparison.rows().stream().filter(row -> !row.differs()).count();
		terminal.line(words.say("compare.summary", comparison.count(Outcome.WARN), comparison.count(Outcome.UNKNOWN), same));
	}
}
