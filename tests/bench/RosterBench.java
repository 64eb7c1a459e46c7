import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.roster.ImportSettings;
import hikkoshi.core.format.roster.ProjectTexts;
import hikkoshi.core.format.roster.RosterImport;
import hikkoshi.core.format.roster.Sheet;
import hikkoshi.core.format.roster.SheetOptions;

/// Import and validation of a large file, to what Apache Commons CSV needs to only read it three times.
final class RosterBench {
	private static final int DOMAINS = 200;
	private static final double TARGET = 1.5;
	/// Rounds until both are compiled.
	private static final int WARM_UP = 10;

	private RosterBench() {}

	/// @param args name, lab (not needed), rows, rounds
	static void main(String[] args) throws Exception {
		int rows = args.length > 2 ? Integer.parseInt(args[2]) : 50_000;
		int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 25;
		byte[] file = file(rows);
		Path folder = Files.createTempDirectory("hikkoshi-bench");
		try {
			Files.writeString(folder.resolve(MigrationProject.MIGRATION_FILE), yaml());
			List<Double> floors = new ArrayList<>();
			List<Double> imports = new ArrayList<>();
			long floorCpu = 0;
			long importCpu = 0;
			// one by one, so that both meet the same load
			for (int round = -WARM_UP; round < rounds; round++) {
				long begun = cpu();
				double floor = millis(() -> readThreeTimes(file, rows));
				long between = cpu();
				double took = millis(() -> importAndValidate(file, rows, folder));
				if (round >= 0) {
					floors.add(floor);
					imports.add(took);
					floorCpu += between - begun;
					importCpu += cpu() - between;
				}
			}
			double floor = World.median(floors);
			double took = World.median(imports);
			System.out.printf("%,d rows, %.1f MB, medians of %d rounds: Commons CSV three times %.0f ms, import and validation %.0f ms, ratio %.2f%n", rows,
					file.length / 1e6, rounds, floor, took, took / floor);
			double ratio = (double) importCpu / floorCpu;
			System.out.printf("processor time of the whole process, which other load does not stretch: %.0f ms, %.0f ms, ratio %.2f%n",
					floorCpu / 1e6 / rounds, importCpu / 1e6 / rounds, ratio);
			World.verdict(ratio < TARGET, "import and validation under " + TARGET + " times the reading");
		} finally {
			Files.deleteIfExists(folder.resolve(MigrationProject.MAILBOXES_FILE));
			Files.deleteIfExists(folder.resolve(MigrationProject.MIGRATION_FILE));
			Files.deleteIfExists(folder);
		}
	}

	/// Of all threads, so that the collector's work counts for the one that makes it necessary.
	private static long cpu() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

	private interface Work {
		void run() throws Exception;
	}

	private static double millis(Work work) throws Exception {
		long begun = System.nanoTime();
		work.run();
		return (System.nanoTime() - begun) / 1e6;
	}

	private static void readThreeTimes(byte[] file, int rows) throws Exception {
		for (int time = 0; time < 3; time++) {
			int read = 0;
			try (CSVParser parser = CSVParser.parse(new StringReader(new String(file, StandardCharsets.UTF_8)), CSVFormat.RFC4180)) {
				for (CSVRecord row : parser) {
					read += row.size() > 0 ? 1 : 0;
				}
			}
			check(read == rows + 1);
		}
	}

	/// As `hikkoshi import` and then `hikkoshi validate` do it, but in one warm process and without waiting for the disk (fsync): encoding, dialect,
	/// rows, passwords, the plan against the project, both files' new texts, written; then all files read and whether they are sound together.
	private static void importAndValidate(byte[] file, int rows, Path folder) throws Exception {
		Path roster = folder.resolve(MigrationProject.MAILBOXES_FILE);
		Files.deleteIfExists(roster);
		ProjectTexts texts = ProjectTexts.read(folder).value().orElseThrow();
		try (Sheet sheet = Sheet.read("users.csv", file, SheetOptions.NONE)) {
			RosterImport plan = RosterImport.plan(texts, sheet, ImportSettings.DEFAULT);
			check(plan.summary().added() == rows);
			Files.write(roster, texts.mailboxes().encode(plan.edits().mailboxesText()));
		}
		check(MigrationFiles.load(folder).migration().orElseThrow().mailboxes().size() == rows);
	}

	private static void check(boolean holds) {
		if (!holds) {
			throw new IllegalStateException("the benchmark measures nothing");
		}
	}

	private static byte[] file(int rows) {
		StringBuilder text = new StringBuilder("EmailAddress,UserName,Password\r\n");
		for (int i = 0; i < rows; i++) {
			text.append("first.last").append(i).append("@d").append(i % DOMAINS).append(".example.org,login").append(i).append(",\"s3cret, ").append(i)
					.append("\"\r\n");
		}
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String yaml() {
		StringBuilder yaml = new StringBuilder("""
				format: hikkoshi/1
				name: Bench
				servers:
				  old:
				    - {key: old, name: mail.old.example, addresses: [192.0.2.1], endpoints: [imap/tls]}
				  new:
				    - {key: new, name: mail.new.example, addresses: [192.0.2.2], endpoints: [imap/tls]}
				domains:
				""");
		for (int i = 0; i < DOMAINS; i++) {
			yaml.append("  - d").append(i).append(".example.org\n");
		}
		return yaml.toString();
	}
}
