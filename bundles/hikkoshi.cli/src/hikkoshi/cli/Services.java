package hikkoshi.cli;

import java.util.List;

import hikkoshi.core.canary.CanaryPost;
import hikkoshi.core.document.DocumentPrinter;
import hikkoshi.core.evidence.EvidenceStore;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.RehearsalStage;
import hikkoshi.core.report.NewsPost;
import hikkoshi.core.secret.Secrets;

/// What the leaves offer. Asked for only by the commands that need it, so that `--version` starts nothing.
public interface Services {
	List<ProbeSet> probeSets();

	EvidenceStore evidenceStore();

	DnsLookup dnsLookup();

	Zones zones();

	DocumentPrinter documentPrinter();

	RehearsalStage rehearsalStage();

	CanaryPost canaryPost();

	NewsPost newsPost();

	/// The platform's vaults, possibly none.
	List<Secrets> vaults();
}
