package hikkoshi.architecture.tests;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.tngtech.archunit.core.domain.JavaClass;

class ArchitectureTest {
	/// Packages of core, earlier ones first: later ones may use earlier ones. `text` and `format` are its outside: words and files.
	private static final List<String> CORE_ORDER =
			List.of("model", "command", "preset", "evidence", "secret", "probe", "arrival", "canary", "compare", "discover", "plan", "ledger", "gate", "watch", "merge", "text", "lookup", "format", "overview",
					"document", "sheet", "chart", "report");
	private static final Set<String> LEAVES = Set.of("hikkoshi.dns", "hikkoshi.mail", "hikkoshi.store", "hikkoshi.rehearsal", "hikkoshi.vault", "hikkoshi.print");
	private static final List<String> TOPICS = List.of("hikkoshi.ui.checklist", "hikkoshi.ui.dns", "hikkoshi.ui.inventory", "hikkoshi.ui.mailbox");
	private static final List<String> PROTOCOLS = List.of("org.xbill", "jakarta.mail", "javax.mail", "org.eclipse.angus", "java.sql", "javax.sql", "org.sqlite", "org.openpdf");
	private static final List<String> BUNDLES = House.BUNDLES;

	@TempDir
	static Path scratch;

	private static House house;

	@BeforeAll
	static void read() throws IOException {
		house = House.read(scratch);
	}

	private static List<JavaClass> core(String part) {
		return house.bundle("hikkoshi.core").stream().filter(type -> type.getPackageName().startsWith("hikkoshi.core." + part)).toList();
	}

	@Test
	void everyBundleOfTheRepositoryIsLookedAt() {
		assertThat(House.inRepository()).containsExactlyElementsOf(BUNDLES);
	}

	@ParameterizedTest
	@FieldSource("BUNDLES")
	void aRuleOverNothingProvesNothing(String bundle) {
		assertThat(house.bundle(bundle).stream().filter(type -> !type.getSimpleName().equals("package-info"))).as("classes of " + bundle).isNotEmpty();
		assertThat(house.bundle(bundle)).allSatisfy(type -> assertThat(type.getName()).startsWith(bundle + "."));
	}

	@Test
	void coreKnowsOnlyJava() {
		List<JavaClass> pure = house.bundle("hikkoshi.core").stream().filter(type -> !type.getPackageName().startsWith("hikkoshi.core.format")).toList();
		assertThat(pure).hasSizeGreaterThan(50);
		assertThat(Rules.foreign(pure, "hikkoshi.core", List.of("java", "javax.xml.stream", "org.jspecify.annotations"))).isEmpty();
		assertThat(Rules.uses(pure, List.of("java.sql", "javax.sql", "java.awt"))).isEmpty();
	}

	@Test
	void formatAlsoKnowsTheFormatsAndNothingElse() {
		assertThat(Rules.foreign(core("format"), "hikkoshi.core",
				List.of("java", "org.jspecify.annotations", "org.snakeyaml.engine", "org.apache.commons.csv", "com.fasterxml.jackson.core"))).isEmpty();
	}

	@Test
	void corePackagesUseEarlierOnesOnly() {
		assertThat(Rules.outOfOrder(List.copyOf(house.bundle("hikkoshi.core")), "hikkoshi.core", CORE_ORDER)).isEmpty();
	}

	@ParameterizedTest
	@FieldSource("BUNDLES")
	void noPackageGoesRoundInCircles(String bundle) {
		slices().matching(bundle + ".(**)").should().beFreeOfCycles().allowEmptyShould(true).check(house.bundle(bundle));
	}

	@Test
	void gatesTouchNeitherNetworkNorFiles() {
		List<JavaClass> gate = core("gate");
		assertThat(gate).isNotEmpty();
		assertThat(Rules.uses(gate, List.of("java.nio", "javax.net", "java.io"))).isEmpty();
		assertThat(Rules.uses(gate, List.of("java.net"))).allMatch(use -> use.contains("java.net.InetAddress"));
	}

	@Test
	void coreIsToldTheTime() {
		assertThat(Rules.clocks(List.copyOf(house.bundle("hikkoshi.core")))).isEmpty();
	}

	@Test
	void bundlesUseOnlyWhatLiesBelowThem() {
		Map<String, Set<String>> allowed = new HashMap<>();
		LEAVES.forEach(leaf -> allowed.put(leaf, Set.of("hikkoshi.core")));
		allowed.put("hikkoshi.workspace", Set.of("hikkoshi.core"));
		allowed.put("hikkoshi.ui", Set.of("hikkoshi.core", "hikkoshi.workspace"));
		TOPICS.forEach(topic -> allowed.put(topic, Set.of("hikkoshi.core", "hikkoshi.workspace", "hikkoshi.ui")));
		allowed.put("hikkoshi.cli", Set.of("hikkoshi.core", "hikkoshi.workspace"));
		Set<String> below = new TreeSet<>(TOPICS);
		below.addAll(Set.of("hikkoshi.core", "hikkoshi.workspace", "hikkoshi.ui", "hikkoshi.cli"));
		allowed.put("hikkoshi.app", below);
		assertThat(Rules.trespasses(house, allowed)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"hikkoshi.app", "hikkoshi.cli", "hikkoshi.ui", "hikkoshi.ui.checklist", "hikkoshi.ui.dns", "hikkoshi.ui.inventory",
		"hikkoshi.ui.mailbox", "hikkoshi.workspace", "hikkoshi.core"})
	void facesSeeNoProtocol(String bundle) {
		assertThat(Rules.uses(List.copyOf(house.bundle(bundle)), PROTOCOLS)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"hikkoshi.core", "hikkoshi.dns", "hikkoshi.mail", "hikkoshi.store", "hikkoshi.rehearsal"})
	void coreAndLeavesKnowNoEclipse(String bundle) {
		assertThat(Rules.uses(List.copyOf(house.bundle(bundle)), List.of("org.eclipse.core", "org.eclipse.ui", "org.eclipse.swt", "org.eclipse.jface",
				"org.eclipse.equinox", "org.osgi.framework"))).isEmpty();
	}

	/// The one leaf whose outside world is Eclipse's: its secure storage, and nothing else of it.
	@Test
	void theVaultKnowsSecureStorageOnly() {
		assertThat(Rules.uses(List.copyOf(house.bundle("hikkoshi.vault")), List.of("org.eclipse.core.resources", "org.eclipse.core.internal",
				"org.eclipse.equinox.internal", "org.osgi.framework"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"hikkoshi.cli", "hikkoshi.vault", "hikkoshi.workspace"})
	void headlessMeansWithoutAScreen(String bundle) {
		assertThat(Rules.uses(List.copyOf(house.bundle(bundle)), List.of("org.eclipse.ui", "org.eclipse.swt", "org.eclipse.jface"))).isEmpty();
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(Rules.notNullMarked(house.all())).isEmpty();
	}

	@Test
	void onlyTheCommandLinePrints() {
		List<JavaClass> quiet = new ArrayList<>();
		house.bundles().forEach((bundle, classes) -> {
			if (!bundle.equals("hikkoshi.cli")) {
				quiet.addAll(classes);
			}
		});
		assertThat(Rules.prints(quiet)).isEmpty();
	}

	@Test
	void nothingHasAnActivator() {
		Collection<String> activators = Rules.activators(house.all());
		assertThat(activators).isEmpty();
	}
}
