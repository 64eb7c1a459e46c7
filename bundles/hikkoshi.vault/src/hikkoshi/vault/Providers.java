package hikkoshi.vault;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtension;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;

/// Which password providers this face has, as secure storage itself chooses among them: by priority, those out that say they do not work here.
final class Providers {
	private static final String POINT = "org.eclipse.equinox.security.secureStorage";

	private Providers() {}

	private record Candidate(String id, int priority, IConfigurationElement element) {}

	private static List<Candidate> candidates() {
		IExtensionRegistry registry = RegistryFactory.getRegistry();
		if (registry == null || registry.getExtensionPoint(POINT) == null) {
			return List.of();
		}
		return Arrays.stream(registry.getExtensionPoint(POINT).getExtensions())
				.filter(extension -> extension.getUniqueIdentifier() != null && extension.getConfigurationElements().length > 0)
				.map(Providers::candidate).sorted(Comparator.comparingInt(Candidate::priority).reversed()).toList();
	}

	private static Candidate candidate(IExtension extension) {
		IConfigurationElement provider = extension.getConfigurationElements()[0];
		String priority = Optional.ofNullable(provider.getAttribute("priority")).filter(text -> text.matches("[0-9]{1,2}")).orElse("0");
		return new Candidate(extension.getUniqueIdentifier().toLowerCase(Locale.ROOT), Integer.parseInt(priority), provider);
	}

	/// The one that encrypts what is kept from now on. Blocks: a keyring may be unlocked for it.
	static Optional<String> inForce() {
		return candidates().stream().filter(Providers::works).map(Candidate::id).findFirst();
	}

	static boolean isThere(String id) {
		return candidates().stream().anyMatch(candidate -> candidate.id.equals(id));
	}

	/// `IValidatingPasswordProvider` is not for us by name; what it says is.
	private static boolean works(Candidate candidate) {
		try {
			Object provider = candidate.element.createExecutableExtension("class");
			return !(provider.getClass().getMethod("isValid").invoke(provider) instanceof Boolean valid) || valid;
		} catch (NoSuchMethodException e) {
			return true;
		} catch (CoreException | IllegalAccessException | InvocationTargetException | LinkageError e) {
			return false;
		}
	}
}
