package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.Roster;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.Secret;

/// A file of mailboxes, aliases or domains as somebody else wrote it, read. Says what it took the file for and why ([#format]), and what is
/// wrong with it; what becomes of it is planned by [RosterImport].
///
/// ```
/// try (Sheet sheet = Sheet.read("users.csv", bytes, SheetOptions.NONE)) {
///     RosterImport plan = RosterImport.plan(ProjectTexts.read(folder), sheet, ImportSettings.DEFAULT);
///     …
/// }
/// ```
/// Closing it wipes the passwords that were found, also those a plan has of it. Safe for several threads once it is read.
public final class Sheet implements AutoCloseable {
	/// Bytes of a file that is read at all.
	public static final int MAX_BYTES = Roster.MAX_BYTES;
	/// Rows that are read; further ones are a fault.
	public static final int MAX_ROWS = 250_000;

	private final String file;
	private final Optional<SheetFormat> format;
	private final List<SheetRow> rows;
	private final List<NamedDomain> domains;
	private final Passwords passwords;
	private final List<Fault> faults;
	private final int hashes;

	/// A password that stands in the file, kept apart from its row.
	///
	/// @param line of the row
	/// @param side where it lets one in
	public record Password(int line, EmailAddress address, Side side, Secret secret) {}

	/// A domain that the file lists by itself, e.g. a zone.
	///
	/// @param line where, 1-based
	public record NamedDomain(DomainName name, int line) {}

	private Sheet(String file, Optional<SheetFormat> format, Collector found) {
		this.file = file;
		this.format = format;
		this.rows = List.copyOf(found.rows());
		this.domains = List.copyOf(found.domains());
		this.passwords = found.passwords();
		this.faults = List.copyOf(found.faults());
		this.hashes = found.hashes();
	}

	/// Never fails for what the bytes hold. Bounded: [#MAX_BYTES], [#MAX_ROWS], and reading ends after 10,000 refused rows.
	///
	/// @param file its name, for the faults; `example.org.zone` also tells the origin of a zone file
	/// @param options what a person says about it
	/// @throws InterruptedException when the thread is interrupted
	public static Sheet read(String file, byte[] bytes, SheetOptions options) throws InterruptedException {
		Collector found = new Collector(file, options);
		if (bytes.length > MAX_BYTES) {
			found.whole(FaultKind.FILE_TOO_LARGE, file, MAX_BYTES / 1_000_000);
			return new Sheet(file, Optional.empty(), found);
		}
		Optional<SheetText> decoded = SheetText.decode(bytes, options, found);
		if (decoded.isEmpty()) {
			return new Sheet(file, Optional.empty(), found);
		}
		SheetText text = decoded.get();
		Optional<Detector.Shape> detected = Detector.detect(text.text(), options);
		if (detected.isEmpty()) {
			found.whole(text.text().isBlank() ? FaultKind.IMPORT_EMPTY : FaultKind.IMPORT_UNKNOWN);
			return new Sheet(file, Optional.empty(), found);
		}
		Detector.Shape shape = detected.get();
		found.begin(shape.dialect());
		DialectReader.read(text.text(), shape, found);
		if (found.rows().isEmpty() && found.domains().isEmpty() && found.faults().stream().noneMatch(fault -> fault.severity() == Fault.Severity.ERROR)) {
			found.whole(FaultKind.IMPORT_EMPTY);
		}
		List<Reason> reasons = new ArrayList<>(List.of(text.reason()));
		reasons.addAll(shape.reasons());
		found.origin().ifPresent(reasons::add);
		SheetFormat format = new SheetFormat(shape.dialect(), text.charset(), text.mark(), shape.delimiter(), shape.header(), reasons);
		return new Sheet(file, Optional.of(format), found);
	}

	/// Its name, as the faults have it.
	public String file() {
		return file;
	}

	/// Empty when nobody can say what it is, or when it is no text; [#faults] says so.
	public Optional<SheetFormat> format() {
		return format;
	}

	/// In the order of the file, with the refused ones.
	public List<SheetRow> rows() {
		return rows;
	}

	/// Those that the file lists by themselves, not those of the addresses.
	public List<NamedDomain> domains() {
		return domains;
	}

	/// Passwords in clear text.
	public List<Password> passwords() {
		return passwords.secrets();
	}

	/// Whether there are any, without making secrets of them.
	boolean hasPasswords() {
		return !passwords.isEmpty();
	}

	/// The line of each password.
	IntStream passwordLines() {
		return passwords.lines();
	}

	/// How many passwords were only there as hashes, and therefore not kept.
	public int hashes() {
		return hashes;
	}

	/// What is wrong with the file, those of its rows excepted.
	public List<Fault> faults() {
		return faults;
	}

	/// Wipes the passwords.
	@Override
	public void close() {
		passwords.close();
	}

	@Override
	public String toString() {
		return "Sheet[" + file + ", " + rows.size() + " rows]";
	}
}
