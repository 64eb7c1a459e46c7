package hikkoshi.workspace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.text.Phrases;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.ProbeJob;
import hikkoshi.workspace.ProbeSets;

/// What the service registry makes of the bundle.
class ServicesTest {
	private final BundleContext context = context();

	/// The own bundle has no context before it is started, and nobody else starts it.
	private static BundleContext context() {
		Bundle own = FrameworkUtil.getBundle(ServicesTest.class);
		try {
			own.start(Bundle.START_TRANSIENT);
		} catch (BundleException e) {
			throw new AssertionError(e);
		}
		return own.getBundleContext();
	}

	@Test
	void migrationsAndProbeSetsArePublished() {
		assertThat(context.getServiceReference(Migrations.class)).isNotNull();
		assertThat(context.getServiceReference(ProbeSets.class)).isNotNull();
	}

	@Test
	void probeSetsComeAndGo() {
		ProbeSets sets = context.getService(context.getServiceReference(ProbeSets.class));
		int before = sets.leaves().size();
		var registration = context.registerService(ProbeSet.class, new EmptySet(), null);
		assertThat(sets.leaves()).hasSize(before + 1);
		registration.unregister();
		assertThat(sets.leaves()).hasSize(before);
	}

	@Test
	void everyTextIsThereInBothLanguages() {
		ResourceBundle english = Phrases.bundle(ProbeJob.class, Locale.ENGLISH);
		ResourceBundle japanese = Phrases.bundle(ProbeJob.class, Locale.JAPANESE);
		assertThat(new TreeSet<>(japanese.keySet())).isEqualTo(new TreeSet<>(english.keySet())).isNotEmpty();
		List<String> untranslated = new ArrayList<>(english.keySet());
		untranslated.removeIf(key -> !english.getString(key).equals(japanese.getString(key)));
		assertThat(untranslated).isEmpty();
	}

	@Test
	void nothingOfTheScreenIsNeeded() {
		String required = FrameworkUtil.getBundle(ProbeJob.class).getHeaders().get("Require-Bundle");
		assertThat(Arrays.stream(required.split(",")).map(String::strip)).noneMatch(name -> name.contains("swt") || name.contains("jface")
				|| name.contains("org.eclipse.ui"));
	}

	private static final class EmptySet implements ProbeSet {
		@Override
		public List<Probe<?>> probes() {
			return List.of();
		}

		@Override
		public ResourceBundle texts(Locale locale) {
			return Phrases.bundle(ProbeJob.class, locale);
		}
	}
}
