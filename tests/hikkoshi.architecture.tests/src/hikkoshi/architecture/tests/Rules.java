package hikkoshi.architecture.tests;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;

/// The rules as questions to class files. Each answers with what breaks it, in words; empty means kept.
final class Rules {
	private static final Set<String> CLOCKS = Set.of("java.lang.System.currentTimeMillis", "java.time.Instant.now", "java.time.LocalDate.now",
			"java.time.LocalDateTime.now", "java.time.ZonedDateTime.now", "java.time.OffsetDateTime.now", "java.time.Clock.systemUTC",
			"java.time.Clock.systemDefaultZone", "java.time.Clock.system");
	private static final List<String> ACTIVATORS = List.of("org.osgi.framework.BundleActivator", "org.eclipse.core.runtime.Plugin",
			"org.eclipse.ui.plugin.AbstractUIPlugin");

	private Rules() {}

	/// Classes outside our own and the allowed packages (and those below them).
	static Collection<String> foreign(Collection<JavaClass> classes, String own, List<String> allowed) {
		return dependencies(classes, target -> !isIn(target, own) && allowed.stream().noneMatch(prefix -> isIn(target, prefix)));
	}

	/// Uses of forbidden packages (and those below them).
	static Collection<String> uses(Collection<JavaClass> classes, List<String> forbidden) {
		return dependencies(classes, target -> forbidden.stream().anyMatch(prefix -> isIn(target, prefix)));
	}

	/// Uses of packages that come later in the order, or that the order does not name.
	///
	/// @param root e.g. `hikkoshi.core`
	/// @param order names of packages right below it, first ones first
	static Collection<String> outOfOrder(Collection<JavaClass> classes, String root, List<String> order) {
		Set<String> broken = new TreeSet<>();
		for (JavaClass type : classes) {
			int own = order.indexOf(part(type, root));
			if (own < 0) {
				broken.add(type.getName() + " is in a package that has no place in the order");
			}
			for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
				JavaClass target = dependency.getTargetClass().getBaseComponentType();
				if (isIn(target, root) && order.indexOf(part(target, root)) > own) {
					broken.add(dependency.getDescription());
				}
			}
		}
		return broken;
	}

	/// Bundles that use each other without leave.
	///
	/// @param allowed for each bundle the others it may use
	static Collection<String> trespasses(House house, Map<String, Set<String>> allowed) {
		Map<String, String> homes = house.homes();
		Set<String> broken = new TreeSet<>();
		house.bundles().forEach((bundle, classes) -> {
			for (JavaClass type : classes) {
				for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
					String other = homes.get(dependency.getTargetClass().getBaseComponentType().getName());
					if (other != null && !other.equals(bundle) && !allowed.getOrDefault(bundle, Set.of()).contains(other)) {
						broken.add(bundle + " -> " + other + ": " + dependency.getDescription());
					}
				}
			}
		});
		return broken;
	}

	/// Packages without `@NullMarked`.
	static Collection<String> notNullMarked(Collection<JavaClass> classes) {
		Map<String, Boolean> marked = new TreeMap<>();
		for (JavaClass type : classes) {
			boolean here = type.getSimpleName().equals("package-info") && type.isAnnotatedWith("org.jspecify.annotations.NullMarked");
			marked.merge(type.getPackageName(), here, Boolean::logicalOr);
		}
		marked.values().removeIf(yes -> yes);
		return marked.keySet();
	}

	/// Uses of the process's own streams, where a log or a return value belongs.
	static Collection<String> prints(Collection<JavaClass> classes) {
		Set<String> broken = new TreeSet<>();
		for (JavaClass type : classes) {
			type.getFieldAccessesFromSelf().stream()
					.filter(access -> access.getTargetOwner().getName().equals("java.lang.System") && Set.of("out", "err").contains(access.getName()))
					.forEach(access -> broken.add(access.getDescription()));
			type.getMethodCallsFromSelf().stream().filter(call -> call.getName().equals("printStackTrace") && call.getTarget().getRawParameterTypes().isEmpty())
					.forEach(call -> broken.add(call.getDescription()));
		}
		return broken;
	}

	static Collection<String> activators(Collection<JavaClass> classes) {
		Set<String> broken = new TreeSet<>();
		for (JavaClass type : classes) {
			if (ACTIVATORS.stream().anyMatch(activator -> type.getAllRawInterfaces().stream().anyMatch(each -> each.getName().equals(activator))
					|| type.getAllRawSuperclasses().stream().anyMatch(each -> each.getName().equals(activator)))) {
				broken.add(type.getName());
			}
		}
		return broken;
	}

	/// Readings of the wall clock, which must be an argument. The monotonic clock is not one.
	static Collection<String> clocks(Collection<JavaClass> classes) {
		Set<String> broken = new TreeSet<>();
		for (JavaClass type : classes) {
			type.getMethodCallsFromSelf().stream().filter(call -> CLOCKS.contains(call.getTargetOwner().getName() + "." + call.getName()))
					.filter(call -> !call.getName().equals("now") || call.getTarget().getRawParameterTypes().isEmpty())
					.forEach(call -> broken.add(call.getDescription()));
			type.getMethodReferencesFromSelf().stream().filter(call -> CLOCKS.contains(call.getTargetOwner().getName() + "." + call.getName()))
					.forEach(call -> broken.add(call.getDescription()));
		}
		return broken;
	}

	private static Collection<String> dependencies(Collection<JavaClass> classes, Predicate<JavaClass> forbidden) {
		Set<String> broken = new TreeSet<>();
		for (JavaClass type : classes) {
			for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
				JavaClass target = dependency.getTargetClass().getBaseComponentType();
				if (!target.isPrimitive() && forbidden.test(target)) {
					broken.add(dependency.getDescription());
				}
			}
		}
		return broken;
	}

	private static String part(JavaClass type, String root) {
		String below = type.getPackageName().substring(Math.min(type.getPackageName().length(), root.length() + 1));
		return below.split("\\.", 2)[0];
	}

	private static boolean isIn(JavaClass type, String prefix) {
		return type.getPackageName().equals(prefix) || type.getPackageName().startsWith(prefix + ".");
	}
}
