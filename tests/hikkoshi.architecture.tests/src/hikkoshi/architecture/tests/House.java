package hikkoshi.architecture.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/// Every class of every bundle of ours, read from its class file: within OSGi from the installed bundles, in the quick loop from its class folders.
final class House {
	/// Those that hold code. One that is missing here, or has no class, fails the tests.
	static final List<String> BUNDLES = List.of("hikkoshi.app", "hikkoshi.cli", "hikkoshi.core", "hikkoshi.dns", "hikkoshi.mail",
			"hikkoshi.print", "hikkoshi.rehearsal", "hikkoshi.store", "hikkoshi.ui", "hikkoshi.ui.checklist", "hikkoshi.ui.dns", "hikkoshi.ui.inventory",
			"hikkoshi.ui.mailbox", "hikkoshi.vault", "hikkoshi.workspace");

	private final Map<String, JavaClasses> classes = new TreeMap<>();

	private House() {}

	/// @param scratch an empty folder
	static House read(Path scratch) throws IOException {
		// what our classes name is enough; reading the whole platform takes minutes
		ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
		House house = new House();
		for (String name : BUNDLES) {
			Bundle self = FrameworkUtil.getBundle(House.class);
			Path folder = self == null ? quickFolder(name) : copy(self, name, scratch.resolve(name));
			house.classes.put(name, new ClassFileImporter().importPath(folder));
		}
		return house;
	}

	private static Path quickFolder(String bundle) {
		try {
			Path own = Path.of(House.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			return own.resolveSibling(bundle);
		} catch (URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	/// Class files as the bundle's class loader sees them, so that it does not matter whether the bundle is a jar or a project folder.
	private static Path copy(Bundle self, String name, Path folder) throws IOException {
		Bundle bundle = null;
		for (Bundle each : self.getBundleContext().getBundles()) {
			bundle = each.getSymbolicName().equals(name) ? each : bundle;
		}
		if (bundle == null) {
			throw new IllegalStateException(name + " is not installed in the test runtime");
		}
		BundleWiring wiring = bundle.adapt(BundleWiring.class);
		Collection<String> entries =
				wiring.listResources("/", "*.class", BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL);
		for (String entry : entries) {
			Path target = folder.resolve(entry);
			Files.createDirectories(target.getParent());
			try (InputStream in = wiring.getClassLoader().getResourceAsStream(entry)) {
				if (in != null) {
					Files.copy(in, target);
				}
			}
		}
		return folder;
	}

	/// The bundles there are in the repository, when the tests run within it.
	static List<String> inRepository() {
		Path bundles = Path.of("").toAbsolutePath().resolve("../../bundles").normalize();
		if (!Files.isDirectory(bundles)) {
			return BUNDLES;
		}
		try (var folders = Files.list(bundles)) {
			return folders.filter(folder -> Files.isDirectory(folder.resolve("src"))).map(folder -> folder.getFileName().toString()).sorted().toList();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	Map<String, JavaClasses> bundles() {
		return classes;
	}

	JavaClasses bundle(String name) {
		JavaClasses found = classes.get(name);
		if (found == null) {
			throw new IllegalArgumentException("no bundle " + name);
		}
		return found;
	}

	List<JavaClass> all() {
		return classes.values().stream().flatMap(JavaClasses::stream).toList();
	}

	/// Which of our bundles holds a class.
	Map<String, String> homes() {
		return classes.entrySet().stream().flatMap(bundle -> bundle.getValue().stream().map(type -> Map.entry(type.getName(), bundle.getKey())))
				.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one));
	}
}
