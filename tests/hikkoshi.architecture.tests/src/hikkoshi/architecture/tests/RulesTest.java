package hikkoshi.architecture.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import hikkoshi.architecture.tests.planted.Sinner;

/// A rule that cannot be broken is none: each finds what was planted.
class RulesTest {
	@TempDir
	Path scratch;

	private List<JavaClass> planted;

	@BeforeEach
	void read() throws IOException {
		Path file = scratch.resolve("hikkoshi/architecture/tests/planted/Sinner.class");
		Files.createDirectories(file.getParent());
		try (InputStream in = Sinner.class.getResourceAsStream("Sinner.class")) {
			Files.copy(in, file);
		}
		planted = List.copyOf(new ClassFileImporter().importPath(scratch));
		assertThat(planted).hasSize(1);
	}

	@Test
	void classFilesOfThisJavaAreRead() {
		assertThat(planted.getFirst().getMethods()).extracting(method -> method.getName()).contains("sin", "start", "stop");
	}

	@Test
	void printing() {
		assertThat(Rules.prints(planted)).hasSize(2).anyMatch(words -> words.contains("System.out")).anyMatch(words -> words.contains("printStackTrace"));
	}

	@Test
	void readingTheClock() {
		assertThat(Rules.clocks(planted)).hasSize(3).anyMatch(words -> words.contains("Instant.now")).anyMatch(words -> words.contains("currentTimeMillis"))
				.anyMatch(words -> words.contains("systemUTC"));
	}

	@Test
	void havingAnActivator() {
		assertThat(Rules.activators(planted)).containsExactly(Sinner.class.getName());
	}

	@Test
	void notBeingNullMarked() {
		assertThat(Rules.notNullMarked(planted)).containsExactly("hikkoshi.architecture.tests.planted");
	}

	@Test
	void usingWhatOneMustNot() {
		assertThat(Rules.foreign(planted, "hikkoshi.architecture", List.of("java"))).isNotEmpty().allMatch(words -> words.contains("org.osgi.framework"));
		assertThat(Rules.uses(planted, List.of("java.util"))).isNotEmpty().allMatch(words -> words.contains("java.util."));
		assertThat(Rules.uses(planted, List.of("java.ut"))).isEmpty();
	}

	@Test
	void beingOutOfOrder() {
		assertThat(Rules.outOfOrder(planted, "hikkoshi.architecture", List.of("model"))).isNotEmpty();
		assertThat(Rules.outOfOrder(planted, "hikkoshi.architecture.tests", List.of("planted"))).isEmpty();
	}
}
