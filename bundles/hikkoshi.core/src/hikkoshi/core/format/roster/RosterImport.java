package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.RosterMerge;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;

/// The plan of an import: what each row of a [Sheet] would do to `mailboxes.csv`, and which domains `migration.yaml` would get. A value that can
/// be shown, and narrowed down row by row; nothing is written until [ProjectTexts#write].
///
/// Addresses are matched without regard to case; the roster's spelling stays. A cell about which the file is silent stays as it is. What the
/// file does not list is reported ([#vanished]), never removed. An import of what has been imported changes nothing.
///
/// For a wizard: read the sheet, plan with [ImportSettings#DEFAULT], show [Sheet#format] with its reasons, [#rows], [#missingDomains] and
/// [#blockers]; plan anew when a person corrects the format or chooses domains (50,000 rows take a fraction of a second, but not on the UI
/// thread); call the `select` methods when rows are ticked; show [#summary]; then [#edits] go to the open documents, or through
/// [ProjectTexts#write] to the disk; last, keep [#passwords] if the person wants it, and close the sheet.
///
/// Immutable and safe for several threads.
public final class RosterImport {
	private final Plan plan;
	private final Sheet sheet;
	private final BitSet selected;

	/// A domain of the file that `migration.yaml` does not list.
	///
	/// @param rows how many rows belong to it
	/// @param wave in which it would be added
	/// @param isAdded whether the settings add it
	/// @param faults why it cannot be added as things are: the servers must be named
	public record MissingDomain(DomainName name, int rows, String wave, boolean isAdded, List<Fault> faults) {
		public MissingDomain {
			faults = List.copyOf(faults);
		}
	}

	/// An address of the roster that the file does not list, although it lists others of its domain.
	///
	/// @param line in `mailboxes.csv`
	public record Vanished(EmailAddress address, int line) {}

	/// A password of the file for an account of the migration. The secret is the sheet's: copy what is to live longer.
	public record FoundPassword(EmailAddress address, Side side, CredentialId credential, Secret secret) {}

	/// The changes of both files.
	///
	/// @param mailboxes edits of the text of `mailboxes.csv`
	/// @param mailboxesText that text after them
	/// @param migration edits of the text of `migration.yaml`
	/// @param migrationText that text after them
	public record Edits(List<TextEdit> mailboxes, String mailboxesText, List<TextEdit> migration, String migrationText) {
		public Edits {
			mailboxes = List.copyOf(mailboxes);
			migration = List.copyOf(migration);
		}

		public boolean isEmpty() {
			return mailboxes.isEmpty() && migration.isEmpty();
		}
	}

	private RosterImport(Plan plan, Sheet sheet, BitSet selected) {
		this.plan = plan;
		this.sheet = sheet;
		this.selected = selected;
	}

	/// All rows that change something are selected.
	///
	/// @throws InterruptedException when the thread is interrupted
	public static RosterImport plan(ProjectTexts texts, Sheet sheet, ImportSettings settings) throws InterruptedException {
		Plan plan = new Planning(texts, sheet, settings).plan();
		return new RosterImport(plan, sheet, all(plan.rows()));
	}

	private static BitSet all(List<ImportRow> rows) {
		BitSet all = new BitSet(rows.size());
		for (ImportRow row : rows) {
			all.set(row.index(), row.isEffective());
		}
		return all;
	}

	/// One for each row of the file, in its order.
	public List<ImportRow> rows() {
		return plan.rows();
	}

	/// What must be mended in the project's own files before anything can be imported; every row is refused then.
	public List<Fault> blockers() {
		return plan.blockers();
	}

	/// Domains that `migration.yaml` lacks, in the order of the file, those that are added included.
	public List<MissingDomain> missingDomains() {
		return plan.missing();
	}

	/// Addresses of the roster that the file no longer lists. They stay in `mailboxes.csv`.
	public List<Vanished> vanished() {
		return plan.vanished();
	}

	/// Whether a row is taken; false for one that changes nothing.
	public boolean isSelected(int index) {
		return selected.get(index);
	}

	public RosterImport selectAll() {
		return new RosterImport(plan, sheet, all(plan.rows()));
	}

	public RosterImport selectNone() {
		return new RosterImport(plan, sheet, new BitSet());
	}

	/// Selects those rows, and no others, for which the test holds; rows that change nothing are never selected.
	public RosterImport select(Predicate<ImportRow> test) {
		BitSet chosen = new BitSet(plan.rows().size());
		for (ImportRow row : plan.rows()) {
			chosen.set(row.index(), row.isEffective() && test.test(row));
		}
		return new RosterImport(plan, sheet, chosen);
	}

	/// Selects rows by their indexes, and no others.
	public RosterImport select(Set<Integer> indexes) {
		return select(row -> indexes.contains(row.index()));
	}

	/// Selects or leaves out one row more.
	public RosterImport select(int index, boolean isSelected) {
		BitSet chosen = (BitSet) selected.clone();
		chosen.set(index, isSelected && plan.rows().get(index).isEffective());
		return new RosterImport(plan, sheet, chosen);
	}

	public ImportSummary summary() {
		int[] counts = new int[ImportRow.Outcome.values().length];
		int deselected = 0;
		BitSet usable = new BitSet();
		for (ImportRow row : plan.rows()) {
			if (row.isEffective() && !selected.get(row.index())) {
				deselected++;
				continue;
			}
			counts[row.outcome().ordinal()]++;
			if (row.outcome() != ImportRow.Outcome.REFUSED) {
				usable.set(row.line());
			}
		}
		int added = addedDomains().size();
		int passwords = (int) sheet.passwordLines().filter(usable::get).count();
		return new ImportSummary(counts[ImportRow.Outcome.ADDED.ordinal()], counts[ImportRow.Outcome.CHANGED.ordinal()],
				counts[ImportRow.Outcome.SAME.ordinal()], counts[ImportRow.Outcome.REFUSED.ordinal()], deselected, plan.vanished().size(), added,
				plan.missing().size() - added, passwords, sheet.hashes());
	}

	/// Domains that the settings add and that still have something to do: a selected row, or a line of their own.
	private List<Domain> addedDomains() {
		if (plan.added().isEmpty()) {
			return List.of();
		}
		Set<DomainName> inhabited = new LinkedHashSet<>();
		sheet.domains().forEach(domain -> inhabited.add(domain.name()));
		for (ImportRow row : plan.rows()) {
			EmailAddress address = row.address();
			if (selected.get(row.index()) && address != null) {
				inhabited.add(address.domain());
			}
		}
		return plan.added().stream().filter(domain -> inhabited.contains(domain.name())).toList();
	}

	/// The changes of the selected rows. Costs time; keep what it returns.
	public Edits edits() {
		String before = plan.texts().mailboxes().text();
		RosterMerge merge = new RosterMerge(before);
		for (ImportRow row : plan.rows()) {
			if (!selected.get(row.index())) {
				continue;
			}
			if (row.outcome() == ImportRow.Outcome.CHANGED) {
				row.cells().forEach(change -> merge.set(row.rosterLine(), change.column(), change.after()));
			} else {
				merge.add(row.texts());
			}
		}
		List<TextEdit> mailboxes = merge.edits();
		String yaml = plan.texts().migration().text();
		List<Domain> domains = addedDomains();
		Optional<String> changed = domains.isEmpty() ? Optional.empty() : plan.yaml().flatMap(document -> DomainsEdit.add(document, domains));
		List<TextEdit> migration = changed.map(text -> TextEdit.difference(yaml, text)).orElse(List.of());
		return new Edits(mailboxes, TextEdit.apply(before, mailboxes), migration, changed.orElse(yaml));
	}

	/// Passwords of the file for the accounts of rows that are selected or say nothing new. Empty for accounts that log in otherwise than with a
	/// password of their own.
	public List<FoundPassword> passwords() {
		Map<Integer, ImportRow> usable = new HashMap<>();
		plan.rows().stream().filter(row -> row.outcome() == ImportRow.Outcome.SAME || selected.get(row.index()))
				.forEach(row -> usable.putIfAbsent(row.line(), row));
		List<FoundPassword> passwords = new ArrayList<>();
		for (Sheet.Password password : sheet.passwords()) {
			ImportRow row = usable.get(password.line());
			if (row != null) {
				plan.credential(row, password.address(), password.side())
						.ifPresent(id -> passwords.add(new FoundPassword(password.address(), password.side(), id, password.secret())));
			}
		}
		return passwords;
	}

	/// The file that is imported.
	public Sheet sheet() {
		return sheet;
	}

	/// The texts that the plan was made for.
	public ProjectTexts texts() {
		return plan.texts();
	}

	@Override
	public String toString() {
		return "RosterImport[" + summary() + "]";
	}
}
