package hikkoshi.core.format.roster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.FileKeys;
import hikkoshi.core.format.PrivateFile;
import hikkoshi.core.format.Roster;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;

/// Writes a roster in a form that other tools read: UTF-8, with the line breaks that each of them expects. What it writes of [ExportFormat#CSV] and
/// [ExportFormat#EXCHANGE] is an import of the same roster that changes nothing. Used once, by one thread; blocks as its stream and the place of
/// the passwords do.
public final class RosterExport {
	/// What Exchange Online takes in one batch.
	public static final int EXCHANGE_ROWS = 50_000;
	public static final int EXCHANGE_BYTES = 10_000_000;
	private static final int MOST_REMARKS = 20;

	private final Migration migration;
	private final Roster roster;
	private final ExportFormat format;
	private final boolean guards;
	private final Optional<Secrets> secrets;
	private final List<Reason> remarks = new ArrayList<>();
	private int rows;
	private int recipients;
	private int unknown;
	private int unfit;

	/// What was written.
	///
	/// @param rows mailboxes and, in our own form, other addresses
	/// @param remarks what a person should know about it: rows left out, limits of the reader, guarded cells
	public record Written(int rows, List<Reason> remarks) {
		public Written {
			remarks = List.copyOf(remarks);
		}
	}

	/// Without passwords.
	///
	/// @param roster as `mailboxes.csv` says it
	/// @param guards whether cells that a spreadsheet would take for a formula get an apostrophe in front; imapsync's form, which is no
	///        spreadsheet's, never has it
	public RosterExport(Migration migration, Roster roster, ExportFormat format, boolean guards) {
		this(migration, roster, format, guards, Optional.empty());
	}

	private RosterExport(Migration migration, Roster roster, ExportFormat format, boolean guards, Optional<Secrets> secrets) {
		this.migration = migration;
		this.roster = roster;
		this.format = format;
		this.guards = guards;
		this.secrets = secrets;
	}

	/// With passwords in clear text: only for a file that nobody else may read.
	public RosterExport withPasswords(Secrets from) {
		return new RosterExport(migration, roster, format, guards, Optional.of(from));
	}

	/// Writes a new file; with passwords, one that only its owner may read. One that exists is never touched; one that did not become whole is
	/// taken away again.
	///
	/// @throws java.nio.file.FileAlreadyExistsException when the file is there already
	/// @throws IOException when it cannot be written, or the passwords cannot be had
	/// @throws InterruptedException when the thread is interrupted
	public Written write(Path file) throws IOException, InterruptedException {
		boolean isWhole = false;
		boolean isOurs = false;
		try (OutputStream out = new PrivateFile(file).create(secrets.isPresent())) {
			isOurs = true;
			Written written = write(out);
			isWhole = true;
			return written;
		} finally {
			if (isOurs && !isWhole) {
				Files.deleteIfExists(file);
			}
		}
	}

	/// @throws IOException when the stream takes no more, or the passwords cannot be had
	/// @throws InterruptedException when the thread is interrupted; what is written then is not whole
	public Written write(OutputStream out) throws IOException, InterruptedException {
		ExportSink sink = switch (format) {
			case CSV, EXCHANGE -> new ExportSink(out, ',', true, guards);
			case IMAPSYNC -> new ExportSink(out, ';', false, false);
		};
		header(sink);
		for (Roster.Row row : roster.rows()) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			switch (format) {
				case CSV -> ours(row, sink);
				case EXCHANGE -> exchange(row, sink);
				case IMAPSYNC -> imapsync(row, sink);
			}
		}
		out.flush();
		remark(recipients > 0, "export.recipients", recipients);
		remark(unknown > 0, "export.no-password", unknown);
		remark(unfit > MOST_REMARKS, "export.unfit-more", unfit);
		remark(sink.guarded() > 0, format == ExportFormat.EXCHANGE ? "export.guarded-exchange" : "export.guarded", sink.guarded());
		remark(format == ExportFormat.EXCHANGE && (rows > EXCHANGE_ROWS || sink.bytes() > EXCHANGE_BYTES), "export.exchange-limits", rows);
		return new Written(rows, remarks);
	}

	private void remark(boolean holds, String id, int count) {
		if (holds) {
			remarks.add(new Reason(id, List.of(String.valueOf(count))));
		}
	}

	private void header(ExportSink sink) throws IOException {
		List<String> header = switch (format) {
			case CSV -> {
				List<String> columns = new ArrayList<>(FileKeys.COLUMNS);
				if (secrets.isPresent()) {
					columns.addAll(List.of("old_password", "new_password"));
				}
				yield columns;
			}
			case EXCHANGE -> List.of("EmailAddress", "UserName", "Password");
			case IMAPSYNC -> List.of("# host1", "user1", "password1", "host2", "user2", "password2", "options", "");
		};
		for (String heading : header) {
			sink.cell(heading);
		}
		sink.end(format == ExportFormat.IMAPSYNC ? "\n" : "\r\n");
	}

	private void ours(Roster.Row row, ExportSink sink) throws IOException {
		String address = row.address().toString();
		sink.cell(address);
		sink.cell(row.oldUser().equals(address) ? "" : row.oldUser());
		sink.cell(row.newUser().equals(address) ? "" : row.newUser());
		sink.cell(row.wave());
		sink.cell(row.note());
		Recipient.Kind kind = row.kind();
		sink.cell(kind == null ? "" : kind.token());
		sink.cell(String.join(" ", row.goesTo().stream().map(EmailAddress::toString).toList()));
		if (secrets.isPresent()) {
			sink.cell(password(row, Side.OLD));
			sink.cell(password(row, Side.NEW));
		}
		sink.end("\r\n");
		rows++;
	}

	private void exchange(Roster.Row row, ExportSink sink) throws IOException {
		if (!row.isMailbox()) {
			recipients++;
			return;
		}
		sink.cell(row.address().toString());
		sink.cell(migration.server(row.address(), Side.OLD).map(server -> login(server, row.oldUser())).orElse(row.oldUser()));
		sink.cell(password(row, Side.OLD));
		sink.end("\r\n");
		rows++;
	}

	/// A master's own login name stands beside the user's in one of its forms.
	private static String login(Server server, String user) {
		return server.authentication() instanceof Authentication.MasterUser(String master, Authentication.MasterUser.Form form)
				&& form instanceof Authentication.MasterUser.Form.Separator(String characters) ? user + characters + master : user;
	}

	private void imapsync(Roster.Row row, ExportSink sink) throws IOException {
		Optional<Server> old = migration.server(row.address(), Side.OLD);
		Optional<Server> fresh = migration.server(row.address(), Side.NEW);
		if (!row.isMailbox() || old.isEmpty() || fresh.isEmpty()) {
			recipients++;
			return;
		}
		List<char[]> cells = new ArrayList<>();
		StringBuilder options = new StringBuilder();
		for (Side side : Side.values()) {
			Server server = side == Side.OLD ? old.get() : fresh.get();
			cells.add(server.addresses().isEmpty() ? server.name().ascii().toCharArray() : IpText.of(server.addresses().getFirst()).toCharArray());
			cells.add(login(server, side == Side.OLD ? row.oldUser() : row.newUser()).toCharArray());
			cells.add(password(row, side));
			options(server, side == Side.OLD ? "1" : "2", options);
		}
		cells.add(options.toString().strip().toCharArray());
		if (!cells.stream().allMatch(cell -> ExportSink.fits(cell, ';'))) {
			cells.forEach(cell -> java.util.Arrays.fill(cell, '\0'));
			if (unfit++ < MOST_REMARKS) {
				remarks.add(new Reason("export.unfit", List.of(row.address().toString())));
			}
			return;
		}
		for (char[] cell : cells) {
			sink.cell(cell);
		}
		sink.cell("");
		sink.end("\n");
		rows++;
	}

	/// How the server's first IMAP endpoint is reached, in imapsync's words.
	private static void options(Server server, String number, StringBuilder options) {
		for (Endpoint endpoint : server.endpoints()) {
			if (endpoint.protocol() == Protocol.IMAP) {
				String security = switch (endpoint.security()) {
					case TLS -> "--ssl";
					case STARTTLS -> "--tls";
					case NONE -> "--notls";
				};
				options.append(security).append(number).append(' ');
				if (endpoint.port() != Protocol.IMAP.defaultPort(endpoint.security() == Security.TLS ? Security.TLS : Security.STARTTLS)) {
					options.append("--port").append(number).append(' ').append(endpoint.port()).append(' ');
				}
				break;
			}
		}
		if (server.authentication() instanceof Authentication.MasterUser(String master, Authentication.MasterUser.Form form)
				&& form instanceof Authentication.MasterUser.Form.AuthorizationId && !master.contains(" ")) {
			options.append("--authuser").append(number).append(' ').append(master).append(' ');
		}
	}

	/// Empty when none is asked for, or none is known.
	private char[] password(Roster.Row row, Side side) throws IOException {
		Optional<Server> server = migration.server(row.address(), side);
		if (secrets.isEmpty() || server.isEmpty() || !row.isMailbox() || server.get().authentication() instanceof Authentication.OAuth) {
			return new char[0];
		}
		String user = side == Side.OLD ? row.oldUser() : row.newUser();
		Optional<Secret> found = secrets.get().find(new CredentialId(server.get().key(), server.get().authentication().secretUser(user)));
		if (found.isEmpty()) {
			unknown++;
			return new char[0];
		}
		try (Secret secret = found.get()) {
			return secret.reveal();
		}
	}
}
