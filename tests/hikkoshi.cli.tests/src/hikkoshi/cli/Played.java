package hikkoshi.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.probe.RehearsalStage;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;

/// A rehearsal's world, and the commands as a person runs them in it.
final class Played implements AutoCloseable {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();
	private final RehearsalStage.Play play;
	private final Path project;
	private final Path passwords;

	private Played(RehearsalStage.Play play, Path project, Path passwords) {
		this.play = play;
		this.project = project;
		this.passwords = passwords;
	}

	static Played open(Path folder) throws IOException {
		Path project = folder.resolve("world");
		RehearsalStage.Play play = Leaves.real().rehearsalStage().open(project, Locale.ENGLISH);
		return new Played(play, project, passwords(folder, project, play));
	}

	private static Path passwords(Path folder, Path project, RehearsalStage.Play play) throws IOException {
		StringBuilder lines = new StringBuilder();
		for (String row : Files.readAllLines(project.resolve("mailboxes.csv")).stream().skip(1).toList()) {
			String[] cells = row.split(",", -1);
			for (CredentialId id : new CredentialId[] {new CredentialId("old", cells[1]), new CredentialId("new", cells[2])}) {
				try (Secret secret = play.secrets().find(id).orElseThrow()) {
					lines.append(id.server()).append(',').append(id.user()).append(",\"").append(new String(secret.reveal()).replace("\"", "\"\"")).append("\"\n");
				}
			}
		}
		Path file = Files.writeString(folder.resolve("passwords.csv"), lines);
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
	}

	RehearsalStage.Play play() {
		return play;
	}

	Path project() {
		return project;
	}

	int run(String command, String... args) {
		return run(Locale.ENGLISH, command, args);
	}

	/// With the project and the passwords of this world.
	int run(Locale locale, String command, String... args) {
		out.reset();
		err.reset();
		List<String> line = new ArrayList<>(List.of(command, "-p", project.toString(), "--passwords", passwords.toString()));
		line.addAll(List.of(args));
		Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false);
		return new Hikkoshi(terminal, Leaves.real(), locale, "1.2.3").run(line.toArray(String[]::new));
	}

	String out() {
		return out.toString(StandardCharsets.UTF_8);
	}

	String err() {
		return err.toString(StandardCharsets.UTF_8);
	}

	String said() {
		return out() + err();
	}

	@Override
	public void close() throws IOException {
		play.close();
	}
}
