package hikkoshi.core.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.secret.Secret;

/// Passwords from a table (RFC 4180; comma, semicolon or tab; UTF-8, UTF-16 with a mark, CP932), read once and kept nowhere else: what is read
/// is wiped as soon as the cells are out of it, and every cell on [#close]. No message of it quotes a cell.
///
/// The header says what a column holds; without one, two columns are `address,password` and three `server,user,password`.
public final class PasswordSheet implements AutoCloseable {
	/// Larger files are not read.
	public static final long MOST_BYTES = 50_000_000;
	private static final int MOST_ROWS = 500_000;

	/// What a column may hold.
	public enum Column {
		ADDRESS("address", "email", "emailaddress", "mail", "mailaddress", "mailbox", "メールアドレス", "アドレス"),
		USER("user", "username", "login", "account", "userid", "ユーザー", "ユーザー名", "アカウント"),
		OLD_USER("olduser", "user1", "oldlogin"),
		NEW_USER("newuser", "user2", "newlogin"),
		/// Key or name of a server, or a side.
		SERVER("server", "side", "host", "サーバー", "側"),
		PASSWORD("password", "pass", "passwd", "pw", "pwd", "secret", "token", "パスワード"),
		OLD_PASSWORD("oldpassword", "passwordold", "oldpass", "oldpw", "password1", "pass1", "旧パスワード"),
		NEW_PASSWORD("newpassword", "passwordnew", "newpass", "newpw", "password2", "pass2", "新パスワード");

		private final Set<String> headings;

		Column(String... headings) {
			this.headings = Set.of(headings);
		}

		boolean isSecret() {
			return this == PASSWORD || this == OLD_PASSWORD || this == NEW_PASSWORD;
		}

		static Optional<Column> of(String heading) {
			String bare = heading.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
			return Arrays.stream(values()).filter(column -> column.headings.contains(bare)).findFirst();
		}
	}

	/// A line of the file.
	///
	/// @param line from 1
	/// @param cells by the place of [Column]; secrets only in those that hold secrets
	public static final class Row implements AutoCloseable {
		private final int line;
		private final String[] words = new String[Column.values().length];
		private final Secret[] secrets = new Secret[Column.values().length];

		Row(int line) {
			this.line = line;
			Arrays.fill(words, "");
		}

		public int line() {
			return line;
		}

		/// Empty when the file does not say.
		public String text(Column column) {
			return words[column.ordinal()];
		}

		/// The row's own; who keeps it copies it.
		public Optional<Secret> secret(Column column) {
			return Optional.ofNullable(secrets[column.ordinal()]);
		}

		@Override
		public void close() {
			for (Secret secret : secrets) {
				if (secret != null) {
					secret.close();
				}
			}
		}
	}

	/// Why a file as a whole is of no use.
	public enum Problem {
		/// No column holds passwords, or none says whose.
		COLUMNS,
		ENCODING,
		TOO_LARGE,
		EMPTY
	}

	/// @param rows those that have as many cells as the first
	/// @param broken lines with too few or too many cells, or with a quotation mark that is never closed
	/// @param problem what is wrong with the file as a whole
	private record Read(List<Row> rows, List<Integer> broken, Optional<Problem> problem, Set<Column> columns) {}

	private final Read read;

	private PasswordSheet(Read read) {
		this.read = read;
	}

	public List<Row> rows() {
		return read.rows;
	}

	public List<Integer> broken() {
		return read.broken;
	}

	public Optional<Problem> problem() {
		return read.problem;
	}

	public Set<Column> columns() {
		return read.columns;
	}

	@Override
	public void close() {
		read.rows.forEach(Row::close);
	}

	/// @throws IOException when the file cannot be read; the message holds no content
	public static PasswordSheet read(Path file) throws IOException {
		if (Files.size(file) > MOST_BYTES) {
			return problem(Problem.TOO_LARGE);
		}
		byte[] bytes = Files.readAllBytes(file);
		try {
			return read(bytes);
		} finally {
			Arrays.fill(bytes, (byte) 0);
		}
	}

	static PasswordSheet read(byte[] bytes) {
		Optional<CharBuffer> decoded = decode(bytes);
		if (decoded.isEmpty()) {
			return problem(Problem.ENCODING);
		}
		char[] text = decoded.get().array();
		try {
			return new PasswordSheet(new Reader(text, decoded.get().limit()).read());
		} finally {
			Arrays.fill(text, '\0');
		}
	}

	private static PasswordSheet problem(Problem problem) {
		return new PasswordSheet(new Read(List.of(), List.of(), Optional.of(problem), Set.of()));
	}

	private static Optional<CharBuffer> decode(byte[] bytes) {
		boolean big = bytes.length >= 2 && bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff;
		boolean little = bytes.length >= 2 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe;
		if (big || little) {
			return decode(bytes, 2, big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
		}
		int mark = bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf ? 3 : 0;
		return decode(bytes, mark, StandardCharsets.UTF_8).or(() -> decode(bytes, mark, Charset.forName("windows-31j")));
	}

	private static Optional<CharBuffer> decode(byte[] bytes, int from, Charset charset) {
		CharBuffer out = CharBuffer.allocate(bytes.length - from + 1);
		var decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
		try {
			var result = decoder.decode(ByteBuffer.wrap(bytes, from, bytes.length - from), out, true);
			if (result.isError()) {
				result.throwException();
			}
			return Optional.of(out.flip());
		} catch (CharacterCodingException e) {
			Arrays.fill(out.array(), '\0');
			return Optional.empty();
		}
	}

	/// Where a cell lies; quoted ones hold doubled quotation marks.
	private record Span(int from, int to, boolean quoted) {}

	private static final class Reader {
		private final char[] text;
		private final int length;
		private int at;
		private int line = 1;
		private int begins = 1;
		private boolean unclosed;

		Reader(char[] text, int length) {
			this.text = text;
			this.length = length;
		}

		Read read() {
			char delimiter = delimiter();
			List<Span> first = row(delimiter);
			if (first.isEmpty()) {
				return new Read(List.of(), List.of(), Optional.of(Problem.EMPTY), Set.of());
			}
			int firstLine = begins;
			List<Optional<Column>> columns = header(first);
			boolean headed = !columns.isEmpty();
			if (!headed) {
				columns = switch (first.size()) {
					case 2 -> List.of(Optional.of(Column.ADDRESS), Optional.of(Column.PASSWORD));
					case 3 -> List.of(Optional.of(Column.SERVER), Optional.of(Column.USER), Optional.of(Column.PASSWORD));
					default -> List.of();
				};
			}
			Set<Column> known = Set.copyOf(columns.stream().flatMap(Optional::stream).distinct().toList());
			boolean who = known.contains(Column.ADDRESS) || known.contains(Column.USER) || known.contains(Column.OLD_USER) || known.contains(Column.NEW_USER);
			if (!who || known.stream().noneMatch(Column::isSecret)) {
				return new Read(List.of(), List.of(), Optional.of(Problem.COLUMNS), known);
			}
			List<Row> rows = new ArrayList<>();
			List<Integer> broken = new ArrayList<>();
			if (!headed) {
				take(first, firstLine, columns, rows, broken);
			}
			while (at < length && rows.size() + broken.size() < MOST_ROWS) {
				List<Span> cells = row(delimiter);
				if (!cells.isEmpty()) {
					take(cells, begins, columns, rows, broken);
				}
			}
			return new Read(List.copyOf(rows), List.copyOf(broken), Optional.empty(), known);
		}

		private void take(List<Span> cells, int begins, List<Optional<Column>> columns, List<Row> rows, List<Integer> broken) {
			if (unclosed || cells.size() != columns.size()) {
				unclosed = false;
				broken.add(begins);
				return;
			}
			Row row = new Row(begins);
			for (int i = 0; i < cells.size(); i++) {
				Span cell = cells.get(i);
				columns.get(i).ifPresent(column -> {
					char[] value = value(cell);
					if (!column.isSecret()) {
						row.words[column.ordinal()] = new String(value).strip();
					} else if (value.length > 0) {
						row.secrets[column.ordinal()] = Secret.of(value);
					}
					Arrays.fill(value, '\0');
				});
			}
			rows.add(row);
		}

		/// A password may well be the word `secret`: only together with a heading that says whose it is, a line is a header.
		///
		/// @return empty when the first line is data already
		private List<Optional<Column>> header(List<Span> first) {
			List<Optional<Column>> columns = new ArrayList<>();
			for (Span cell : first) {
				char[] value = value(cell);
				Optional<Column> column = value.length > 40 ? Optional.empty() : Column.of(new String(value).strip());
				Arrays.fill(value, '\0');
				columns.add(column);
			}
			boolean who = columns.stream().flatMap(Optional::stream).anyMatch(column -> !column.isSecret());
			return who ? columns : List.of();
		}

		private char[] value(Span cell) {
			char[] value = new char[cell.to - cell.from];
			int size = 0;
			for (int i = cell.from; i < cell.to; i++) {
				value[size++] = text[i];
				if (cell.quoted && text[i] == '"') {
					i++;
				}
			}
			char[] exact = Arrays.copyOf(value, size);
			Arrays.fill(value, '\0');
			return exact;
		}

		/// The cells of the next line that holds any; empty at the end.
		private List<Span> row(char delimiter) {
			while (at < length && (text[at] == '\n' || text[at] == '\r')) {
				newLine();
			}
			begins = line;
			List<Span> cells = new ArrayList<>();
			while (at < length) {
				cells.add(cell(delimiter));
				if (at < length && text[at] == delimiter) {
					at++;
					if (at == length || text[at] == '\n' || text[at] == '\r') {
						cells.add(new Span(at, at, false));
					}
				}
				if (at >= length || text[at] == '\n' || text[at] == '\r') {
					newLine();
					break;
				}
			}
			return cells;
		}

		private void newLine() {
			if (at < length) {
				at += text[at] == '\r' && at + 1 < length && text[at + 1] == '\n' ? 2 : 1;
			}
			line++;
		}

		private Span cell(char delimiter) {
			if (text[at] != '"') {
				int from = at;
				while (at < length && text[at] != delimiter && text[at] != '\n' && text[at] != '\r') {
					at++;
				}
				return new Span(from, at, false);
			}
			int from = ++at;
			while (at < length && !(text[at] == '"' && (at + 1 == length || text[at + 1] != '"'))) {
				if (text[at] == '\n') {
					line++;
				}
				at += text[at] == '"' ? 2 : 1;
			}
			int to = Math.min(at, length);
			// a mark that is never closed, or text behind one, would make a wrong password look right
			unclosed |= at >= length;
			at = Math.min(at + 1, length);
			while (at < length && text[at] != delimiter && text[at] != '\n' && text[at] != '\r') {
				unclosed |= text[at] != ' ';
				at++;
			}
			return new Span(from, to, true);
		}

		private char delimiter() {
			int[] counts = new int[3];
			String delimiters = ",;\t";
			boolean quoted = false;
			for (int i = 0; i < length && (quoted || text[i] != '\n' && text[i] != '\r'); i++) {
				quoted ^= text[i] == '"';
				int which = quoted ? -1 : delimiters.indexOf(text[i]);
				if (which >= 0) {
					counts[which]++;
				}
			}
			int best = counts[1] > counts[0] ? 1 : 0;
			return delimiters.charAt(counts[2] > counts[best] ? 2 : best);
		}
	}
}
