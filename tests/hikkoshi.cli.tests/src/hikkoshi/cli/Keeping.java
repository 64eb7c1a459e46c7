package hikkoshi.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.evidence.EvidenceStore;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.RehearsalStage;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.document.DocumentPrinter;

/// The commands as a person runs them, with the real leaves but for secure storage.
final class Keeping implements Services {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();
	private final Services leaves = Leaves.real();
	private final List<Secrets> vaults;

	Keeping(Secrets... vaults) {
		this.vaults = List.of(vaults);
	}

	int run(Locale locale, String... args) {
		out.reset();
		err.reset();
		Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false);
		return new Hikkoshi(terminal, this, locale, "1.2.3").run(args);
	}

	int run(String... args) {
		return run(Locale.ENGLISH, args);
	}

	String out() {
		return out.toString(StandardCharsets.UTF_8);
	}

	String err() {
		return err.toString(StandardCharsets.UTF_8);
	}

	String said() {
		return out() + err();
	}

	@Override
	public List<ProbeSet> probeSets() {
		return leaves.probeSets();
	}

	@Override
	public EvidenceStore evidenceStore() {
		return leaves.evidenceStore();
	}

	@Override
	public DnsLookup dnsLookup() {
		return leaves.dnsLookup();
	}

	@Override
	public Zones zones() {
		return leaves.zones();
	}

	@Override
	public DocumentPrinter documentPrinter() {
		return leaves.documentPrinter();
	}

	@Override
	public RehearsalStage rehearsalStage() {
		return leaves.rehearsalStage();
	}

	@Override
	public List<Secrets> vaults() {
		return vaults;
	}
}
