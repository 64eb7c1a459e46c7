package hikkoshi.ui.dns;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.format.ZoneFile;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.plan.Zones;

/// What the Propagation view shows at one time: the domains of the migration, and the ledger of the chosen one.
///
/// @param ledger null when the migration has no domain
record LedgerSnapshot(List<Domain> domains, @Nullable Ledger ledger) {
	private static final long MAX_BYTES = 4_000_000;

	/// Blocks.
	///
	/// @param chosen the domain that a person wants; empty, or another migration's: the first one
	static LedgerSnapshot read(Migration migration, String chosen, Path folder, EvidenceView evidence, Zones zones) throws IOException {
		Optional<Domain> domain = migration.domains().stream().filter(each -> each.name().ascii().equals(chosen)).findFirst().or(() -> migration.domains().stream().findFirst());
		if (domain.isEmpty()) {
			return new LedgerSnapshot(List.of(), null);
		}
		return new LedgerSnapshot(migration.domains(), Ledger.of(domain.get(), migration, evidence, plan(domain.get(), folder, zones), Instant.now()));
	}

	private static @Nullable List<RecordSet> plan(Domain domain, Path folder, Zones zones) throws IOException {
		Optional<String> text = ZoneFile.of(folder, domain.name()).text(MAX_BYTES);
		return text.isPresent() ? zones.parse(domain.name(), text.get()) : null;
	}
}
