package hikkoshi.core.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.gate.Checklist;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Server;

/// Reads the files of a migration project together. What is wrong with them is a fault, never an exception: IOException is trouble with the
/// disk. Bounded in memory by the limits of the files. Safe for several threads; nothing is kept between calls.
public final class MigrationFiles {
	private static final int MAX_PEM = 1_000_000;
	private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
	private static final String END = "-----END CERTIFICATE-----";

	private MigrationFiles() {}

	/// @throws IOException when the folder cannot be read
	public static MigrationProject load(Path folder) throws IOException {
		return load(folder, Map.of());
	}

	/// With the texts of unsaved editors in place of what is on the disk.
	///
	/// @param unsaved file name ([MigrationProject#MIGRATION_FILE] …) to text
	/// @throws IOException when the folder cannot be read
	public static MigrationProject load(Path folder, Map<String, String> unsaved) throws IOException {
		if (!Files.isDirectory(folder)) {
			throw new NoSuchFileException(folder.toString());
		}
		return new Reading(folder, unsaved).project();
	}

	private static final class Reading {
		private final Path folder;
		private final Map<String, String> unsaved;
		private final List<Fault> faults = new ArrayList<>();

		Reading(Path folder, Map<String, String> unsaved) {
			this.folder = folder;
			this.unsaved = Map.copyOf(unsaved);
		}

		MigrationProject project() throws IOException {
			Optional<Parsed<MigrationYaml>> yaml = text(MigrationProject.MIGRATION_FILE, YamlDocument.MAX_LENGTH, FaultKind.FILE_MISSING)
					.map(text -> MigrationYaml.parse(text, MigrationProject.MIGRATION_FILE));
			Optional<Parsed<Roster>> roster = text(MigrationProject.MAILBOXES_FILE, Roster.MAX_BYTES, FaultKind.ROSTER_MISSING).map(Roster::parse);
			Policy policy = yaml.flatMap(Parsed::value).map(value -> value.migration().policy()).orElse(Policy.DEFAULT);
			Optional<Parsed<ChecklistYaml>> checklist = text(MigrationProject.CHECKLIST_FILE, YamlDocument.MAX_LENGTH, FaultKind.CHECKLIST_MISSING)
					.map(text -> ChecklistYaml.parse(text, policy));
			yaml.ifPresent(parsed -> faults.addAll(parsed.faults()));
			roster.ifPresent(parsed -> faults.addAll(parsed.faults()));
			checklist.ifPresent(parsed -> faults.addAll(parsed.faults()));

			Optional<MigrationYaml> said = yaml.flatMap(Parsed::value);
			List<X509Certificate> anchors = said.isPresent() ? anchors(said.get()) : List.of();
			Optional<Migration> migration = Optional.empty();
			if (said.isPresent()) {
				FaultList inYaml = new FaultList(MigrationProject.MIGRATION_FILE, Lines.of(said.get().document().text()));
				FaultList inRoster = FaultList.ofFile(MigrationProject.MAILBOXES_FILE);
				Migration joined = new RosterJoin(said.get(), roster.flatMap(Parsed::value).orElse(new Roster(List.of())), inYaml, inRoster).join();
				faults.addAll(inYaml.list());
				faults.addAll(inRoster.list());
				checklist.flatMap(Parsed::value).ifPresent(value -> faults.addAll(notServed(value, joined)));
				migration = Optional.of(joined);
			}
			faults.sort(Comparator.<Fault>comparingInt(fault -> rank(fault.file())).thenComparing(Fault::file).thenComparingInt(Fault::line)
					.thenComparingInt(Fault::column));
			boolean unsound = hasErrors(MigrationProject.MIGRATION_FILE) || hasErrors(MigrationProject.MAILBOXES_FILE);
			Optional<Checklist> list = checklist.flatMap(Parsed::sound).map(ChecklistYaml::checklist);
			return new MigrationProject(folder, unsound ? Optional.empty() : migration, list, anchors, faults);
		}

		private static int rank(String file) {
			return switch (file) {
				case MigrationProject.MIGRATION_FILE -> 0;
				case MigrationProject.MAILBOXES_FILE -> 1;
				case MigrationProject.CHECKLIST_FILE -> 2;
				default -> 3;
			};
		}

		private boolean hasErrors(String file) {
			return faults.stream().anyMatch(fault -> fault.file().equals(file) && fault.severity() == Fault.Severity.ERROR);
		}

		private Optional<String> text(String name, int limit, FaultKind missing) throws IOException {
			if (unsaved.containsKey(name)) {
				String text = unsaved.get(name);
				return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
			}
			FaultList found = FaultList.ofFile(name);
			Path file = folder.resolve(name);
			if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
				found.whole(missing, name);
			} else if (!Files.isRegularFile(file)) {
				found.whole(FaultKind.FILE_NOT_REGULAR, name);
			} else if (!Files.isReadable(file)) {
				found.whole(FaultKind.FILE_UNREADABLE, name);
			} else {
				Optional<byte[]> bytes = bytes(file, limit);
				if (bytes.isEmpty()) {
					found.whole(FaultKind.FILE_TOO_LARGE, name, limit / 1_000_000);
				} else {
					Parsed<TextFile> decoded = TextFile.decode(bytes.get(), name);
					faults.addAll(decoded.faults());
					return decoded.value().map(TextFile::text);
				}
			}
			faults.addAll(found.list());
			return Optional.empty();
		}

		/// Empty when there are more than the limit; no more than that is read.
		private static Optional<byte[]> bytes(Path file, int limit) throws IOException {
			if (Files.size(file) > limit) {
				return Optional.empty();
			}
			try (InputStream in = Files.newInputStream(file)) {
				return Optional.of(in.readNBytes(limit + 1)).filter(bytes -> bytes.length <= limit);
			}
		}

		private List<X509Certificate> anchors(MigrationYaml said) throws IOException {
			FaultList found = new FaultList(MigrationProject.MIGRATION_FILE, Lines.of(said.document().text()));
			List<X509Certificate> anchors = new ArrayList<>();
			for (String path : said.migration().trust()) {
				int place = said.trustPlaces().getOrDefault(path, 0);
				Path file = folder.resolve(path);
				if (!Files.exists(file)) {
					found.at(place, FaultKind.TRUST_MISSING, path);
				} else if (!file.toRealPath().startsWith(folder.toRealPath())) {
					// a link leads out
					found.at(place, FaultKind.TRUST_OUTSIDE, path);
				} else if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
					found.at(place, FaultKind.TRUST_UNREADABLE, path);
				} else {
					Optional<byte[]> bytes = bytes(file, MAX_PEM);
					if (bytes.isEmpty()) {
						found.at(place, FaultKind.TRUST_TOO_LARGE, path, MAX_PEM / 1_000_000);
					} else {
						anchors.addAll(certificates(bytes.get(), path, place, found));
					}
				}
			}
			faults.addAll(found.list());
			return anchors;
		}

		private static List<X509Certificate> certificates(byte[] bytes, String path, int place, FaultList found) {
			String text = new String(bytes, StandardCharsets.ISO_8859_1);
			if (text.contains("PRIVATE KEY-----")) {
				found.at(place, FaultKind.TRUST_PRIVATE_KEY, path);
			}
			List<X509Certificate> certificates = new ArrayList<>();
			int begin = text.indexOf(BEGIN);
			if (begin < 0) {
				found.at(place, FaultKind.TRUST_EMPTY, path);
			}
			// block by block: what openssl writes between them is not for the factory
			while (begin >= 0) {
				int end = text.indexOf(END, begin);
				try {
					String block = text.substring(begin, end < 0 ? text.length() : end + END.length());
					Certificate certificate = CertificateFactory.getInstance("X.509")
							.generateCertificate(new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1)));
					certificates.add((X509Certificate) certificate);
				} catch (CertificateException e) {
					found.at(place, FaultKind.TRUST_UNREADABLE, path);
					return List.of();
				}
				begin = text.indexOf(BEGIN, begin + BEGIN.length());
			}
			return certificates;
		}

		/// A gate that wants a protocol which a server does not list can never open.
		private static List<Fault> notServed(ChecklistYaml checklist, Migration migration) {
			FaultList found = new FaultList(MigrationProject.CHECKLIST_FILE, Lines.of(checklist.document().text()));
			checklist.protocolPlaces().forEach((Protocol protocol, Integer place) -> migration.servers().stream()
					.filter(server -> server.endpoints().stream().noneMatch(endpoint -> endpoint.protocol() == protocol))
					.map(Server::key).findFirst().ifPresent(key -> found.at(place, FaultKind.GATE_NOT_SERVED, protocol.token(), key)));
			return found.list();
		}
	}
}
