package hikkoshi.cli;

import java.util.List;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

import hikkoshi.core.canary.CanaryPost;
import hikkoshi.core.document.DocumentPrinter;
import hikkoshi.core.evidence.EvidenceStore;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.RehearsalStage;
import hikkoshi.core.report.NewsPost;
import hikkoshi.core.secret.Secrets;

/// The real leaves: as services where OSGi runs (the full build), by their classes' names on a flat class path (`releng/quick`).
final class Leaves implements Services {
	private Leaves() {}

	static Services real() {
		Bundle bundle = FrameworkUtil.getBundle(Leaves.class);
		return bundle == null ? new Leaves() : new OsgiServices(bundle.getBundleContext());
	}

	private static <T> T create(Class<T> type, String name) {
		try {
			return type.cast(Class.forName(name).getDeclaredConstructor().newInstance());
		} catch (ReflectiveOperationException e) {
			throw new IllegalStateException(name, e);
		}
	}

	@Override
	public List<ProbeSet> probeSets() {
		return List.of(create(ProbeSet.class, "hikkoshi.mail.MailProbes"), create(ProbeSet.class, "hikkoshi.dns.DnsProbes"),
				create(ProbeSet.class, "hikkoshi.dns.audit.Audit"));
	}

	@Override
	public EvidenceStore evidenceStore() {
		return create(EvidenceStore.class, "hikkoshi.store.SqliteEvidenceStore");
	}

	@Override
	public DnsLookup dnsLookup() {
		return create(DnsLookup.class, "hikkoshi.dns.Lookup");
	}

	@Override
	public Zones zones() {
		return create(Zones.class, "hikkoshi.dns.plan.PlannedZones");
	}

	@Override
	public DocumentPrinter documentPrinter() {
		return create(DocumentPrinter.class, "hikkoshi.print.PdfPrinter");
	}

	@Override
	public RehearsalStage rehearsalStage() {
		return create(RehearsalStage.class, "hikkoshi.rehearsal.internal.EmbeddedStage");
	}

	@Override
	public CanaryPost canaryPost() {
		return create(CanaryPost.class, "hikkoshi.mail.CanaryMail");
	}

	@Override
	public NewsPost newsPost() {
		return create(NewsPost.class, "hikkoshi.mail.LetterMail");
	}

	@Override
	public List<Secrets> vaults() {
		return List.of();
	}
}
