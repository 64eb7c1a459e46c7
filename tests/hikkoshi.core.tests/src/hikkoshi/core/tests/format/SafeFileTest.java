package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.SafeFile;

class SafeFileTest {
	@TempDir
	Path folder;

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void writesNewAndOldFilesAndLeavesNothingBeside() throws IOException {
		Path file = folder.resolve("migration.yaml");
		SafeFile.write(file, bytes("one"));
		SafeFile.write(file, bytes("two"));
		assertThat(file).hasContent("two");
		try (Stream<Path> all = Files.list(folder)) {
			assertThat(all).containsExactly(file);
		}
	}

	@Test
	void keepsPermissionsAndLinks() throws IOException {
		Path file = folder.resolve("shared.csv");
		Files.writeString(file, "one");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
		Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);
		SafeFile.write(link, bytes("two"));
		assertThat(link).isSymbolicLink();
		assertThat(file).hasContent("two");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-rw-r--");
	}

	@Test
	void aNewFileHasThePermissionsOfNewFiles() throws IOException {
		Path usual = Files.createFile(folder.resolve("usual"));
		Path file = folder.resolve("new");
		SafeFile.write(file, bytes("x"));
		assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(usual));
	}

	@Test
	void aFailureLeavesTheOldContent() throws IOException {
		Path file = Files.createDirectory(folder.resolve("taken"));
		Files.writeString(file.resolve("inside"), "x");
		assertThatThrownBy(() -> SafeFile.write(file, bytes("two"))).isInstanceOf(IOException.class);
		assertThat(file.resolve("inside")).hasContent("x");
		try (Stream<Path> all = Files.list(folder)) {
			assertThat(all).containsExactly(file);
		}
	}

	@Test
	void aReaderSeesAllOfTheOldOrAllOfTheNew() throws Exception {
		Path file = folder.resolve("f");
		String one = "1".repeat(300_000);
		String two = "2".repeat(300_000);
		SafeFile.write(file, bytes(one));
		AtomicBoolean end = new AtomicBoolean();
		Thread writer = Thread.ofVirtual().start(() -> {
			try {
				for (int i = 0; !end.get(); i++) {
					SafeFile.write(file, bytes(i % 2 == 0 ? two : one));
				}
			} catch (IOException e) {
				end.set(true);
			}
		});
		for (int i = 0; i < 200; i++) {
			assertThat(Files.readString(file)).isIn(one, two);
		}
		assertThat(end).isFalse();
		end.set(true);
		writer.join();
	}
}
