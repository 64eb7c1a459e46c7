package hikkoshi.store.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.sqlite.SQLiteDataSource;

import com.fasterxml.jackson.core.JsonFactory;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.model.Target;
import hikkoshi.store.SqliteEvidenceStore;

/// A process that appends: prints each number when the log says that it is safe. What is printed must be in the log, whatever happens to the process.
public final class Appender {
	private Appender() {}

	/// @param args folder, name of the targets, how many batches, observations in a batch
	public static void main(String[] args) throws IOException {
		Target.Id target = new Target.Id("domain:" + args[1]);
		int batches = Integer.parseInt(args[2]);
		int size = Integer.parseInt(args[3]);
		try (EvidenceLog log = new SqliteEvidenceStore().open(Path.of(args[0]))) {
			for (int i = 0; i < batches; i++) {
				List<Evidence> batch = new ArrayList<>();
				for (int n = i * size; n < (i + 1) * size; n++) {
					batch.add(n % 5 == 0 ? Samples.fail(target, n) : Samples.pass(target, n));
				}
				log.appendAll(batch);
				System.out.println((i + 1) * size);
			}
		}
	}

	/// Another Java with the same classes, started from a class path or from within OSGi.
	static Process start(Path project, String name, int batches, int size) throws IOException {
		Set<String> classPath = new LinkedHashSet<>();
		for (Class<?> type : List.of(Appender.class, SqliteEvidenceStore.class, Evidence.class, JsonFactory.class, SQLiteDataSource.class)) {
			Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
			// a bundle run from its project folder
			for (Path classes : List.of(place, place.resolve("target/classes"), place.resolve("bin"))) {
				if (Files.exists(classes)) {
					classPath.add(classes.toString());
				}
			}
		}
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
				"-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp", String.join(System.getProperty("path.separator"), classPath), Appender.class.getName(),
				project.toString(), name, String.valueOf(batches), String.valueOf(size)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}
}
