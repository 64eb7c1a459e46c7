package hikkoshi.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.text.Phrases;

/// Passwords from a file outside the project that only its owner may read: lines of `server,user,password` (RFC 4180, UTF-8), `#` comments.
/// Messages name the line, never its content.
final class PasswordFile implements ReadOnlySecrets {
	private static final int CELLS = 3;
	private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
			PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

	private final Map<CredentialId, Secret> known;

	private PasswordFile(Map<CredentialId, Secret> known) {
		this.known = known;
	}

	/// @throws CommandFailure when others may read the file, or a line is not `server,user,password`
	static PasswordFile read(Path file, Phrases words) throws IOException, CommandFailure {
		refuseWhenOthersMayRead(file, words);
		CSVFormat format = CSVFormat.RFC4180.builder().setCommentMarker('#').setIgnoreEmptyLines(true).get();
		Map<CredentialId, Secret> known = new HashMap<>();
		long line = 0;
		try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8); CSVParser rows = CSVParser.parse(reader, format)) {
			for (CSVRecord row : rows) {
				line = rows.getCurrentLineNumber();
				if (row.size() != CELLS || row.get(0).isBlank() || row.get(1).isBlank() || row.get(2).isEmpty()) {
					throw new CommandFailure(ExitCode.INPUT, words.say("passwords.bad-line", file, line));
				}
				Secret previous = known.put(new CredentialId(row.get(0).strip(), row.get(1).strip()), Secret.of(row.get(2)));
				if (previous != null) {
					throw new CommandFailure(ExitCode.INPUT, words.say("passwords.twice", file, line, row.get(1).strip(), row.get(0).strip()));
				}
			}
		} catch (CharacterCodingException e) {
			throw new CommandFailure(ExitCode.INPUT, words.say("passwords.not-utf8", file));
		} catch (IOException | IllegalStateException | UncheckedIOException e) {
			// the parser's own message may quote the line, and with it a password
			throw new CommandFailure(ExitCode.INPUT, words.say("passwords.bad-line", file, line + 1));
		}
		return new PasswordFile(known);
	}

	private static void refuseWhenOthersMayRead(Path file, Phrases words) throws IOException, CommandFailure {
		try {
			PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class, new LinkOption[0]);
			if (view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains)) {
				throw new CommandFailure(ExitCode.INPUT, words.say("passwords.open", file));
			}
		} catch (NoSuchFileException e) {
			throw new CommandFailure(ExitCode.INPUT, words.say("passwords.no-file", file));
		}
		if (!Files.isReadable(file)) {
			throw new CommandFailure(ExitCode.INPUT, words.say("passwords.no-file", file));
		}
	}

	@Override
	public Optional<Secret> find(CredentialId id) {
		return Optional.ofNullable(known.get(id)).map(secret -> Secret.of(secret.reveal()));
	}
}
