package hikkoshi.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

import hikkoshi.core.canary.CanaryPost;
import hikkoshi.core.document.DocumentPrinter;
import hikkoshi.core.evidence.EvidenceStore;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.RehearsalStage;
import hikkoshi.core.report.NewsPost;
import hikkoshi.core.secret.Secrets;

/// The services as OSGi has them. The component runtime is started on the first question, not at launch: a command that needs no service
/// should not pay for it.
final class OsgiServices implements Services {
	private static final String COMPONENT_RUNTIME = "org.apache.felix.scr";

	private final BundleContext context;

	OsgiServices(BundleContext context) {
		this.context = context;
	}

	@Override
	public List<ProbeSet> probeSets() {
		List<ProbeSet> sets = all(ProbeSet.class);
		if (sets.isEmpty()) {
			throw missing(ProbeSet.class);
		}
		return sets;
	}

	@Override
	public EvidenceStore evidenceStore() {
		return one(EvidenceStore.class);
	}

	@Override
	public DnsLookup dnsLookup() {
		return one(DnsLookup.class);
	}

	@Override
	public Zones zones() {
		return one(Zones.class);
	}

	@Override
	public DocumentPrinter documentPrinter() {
		return one(DocumentPrinter.class);
	}

	@Override
	public RehearsalStage rehearsalStage() {
		return one(RehearsalStage.class);
	}

	@Override
	public CanaryPost canaryPost() {
		return one(CanaryPost.class);
	}

	@Override
	public NewsPost newsPost() {
		return one(NewsPost.class);
	}

	@Override
	public List<Secrets> vaults() {
		return all(Secrets.class);
	}

	private <S> S one(Class<S> type) {
		return all(type).stream().findFirst().orElseThrow(() -> missing(type));
	}

	private static IllegalStateException missing(Class<?> type) {
		return new IllegalStateException("the installation is incomplete: no bundle offers " + type.getName());
	}

	/// In the order of their bundles' names, so that two runs say the same.
	private <S> List<S> all(Class<S> type) {
		startComponentRuntime();
		try {
			Collection<ServiceReference<S>> found = context.getServiceReferences(type, null);
			List<ServiceReference<S>> references = new ArrayList<>(found);
			references.sort(Comparator.comparing(r -> Optional.ofNullable(r.getBundle()).map(Bundle::getSymbolicName).orElse("")));
			return references.stream().map(context::getService).toList();
		} catch (InvalidSyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	private void startComponentRuntime() {
		List<Bundle> bundles = Arrays.asList(context.getBundles());
		bundles.stream().filter(b -> COMPONENT_RUNTIME.equals(b.getSymbolicName())).findFirst().ifPresent(b -> {
			try {
				if (b.getState() != Bundle.ACTIVE) {
					b.start(Bundle.START_TRANSIENT);
				}
			} catch (BundleException e) {
				throw new IllegalStateException("the component runtime does not start: " + e.getMessage(), e);
			}
		});
	}
}
