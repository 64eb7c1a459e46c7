package hikkoshi.mail.internal.capability;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.ClientNames;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.mail.internal.login.Dialogue;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.TlsChannel;
import hikkoshi.mail.internal.wire.Wire;
import hikkoshi.mail.internal.wire.Words;

/// Whether a mail program that is told one of the server's [ClientNames] will believe its certificate: connects to the address as always, asks for
/// that name (SNI) and has it proven. So the certificate of the final name can be seen before DNS leads anybody there.
///
/// One connection a name; logs in nowhere.
public final class ClientNamesProbe implements Probe<Door> {
	/// The certificate proves every name. (names)
	static final String PROVEN = "names.proven";
	/// It does not prove one. (name, the reason of that)
	static final String REFUSED = "names.refused";

	private record Proof(DomainName name, Reason reason, Facts facts) {}

	@Override
	public String id() {
		return "tls.client-names";
	}

	@Override
	public Class<Door> target() {
		return Door.class;
	}

	@Override
	public boolean appliesTo(Door door) {
		return door.endpoint().protocol() != Protocol.SMTP && door.endpoint().security() != Security.NONE && !names(door).isEmpty();
	}

	private static List<DomainName> names(Door door) {
		ClientNames names = door.server().clientNames();
		List<DomainName> all = new ArrayList<>();
		add(names.setup(), all);
		add(names.last(), all);
		return all;
	}

	private static void add(@Nullable DomainName name, List<DomainName> all) {
		if (name != null && !all.contains(name)) {
			all.add(name);
		}
	}

	@Override
	public Finding examine(Door door, ProbeContext context) throws IOException, InterruptedException {
		List<Proof> proofs = new ArrayList<>();
		for (DomainName name : names(door)) {
			proofs.add(prove(door, name, context));
		}
		Tree facts = new Tree("door", door.endpoint() + " " + IpText.of(door.address()), proofs.stream().map(ClientNamesProbe::tree).toList());
		return proofs.stream().max((one, other) -> outcome(one).compareTo(outcome(other))).filter(worst -> outcome(worst) != Outcome.PASS)
				.map(worst -> new Finding(outcome(worst), refused(worst), facts))
				.orElseGet(() -> new Finding(Outcome.PASS, Reason.of(PROVEN, String.join(", ", proofs.stream().map(proof -> proof.name().toString()).toList())), facts));
	}

	private static Tree tree(Proof proof) {
		return proof.facts() instanceof Tree tree ? tree : Tree.of("name", proof.name());
	}

	private static Outcome outcome(Proof proof) {
		return Outcomes.of(proof.reason().id());
	}

	private static Reason refused(Proof worst) {
		List<String> args = new ArrayList<>(List.of(worst.name().toString(), worst.reason().id()));
		args.addAll(worst.reason().args());
		return new Reason(REFUSED, args);
	}

	private static Proof prove(Door door, DomainName name, ProbeContext context) throws IOException, InterruptedException {
		Door named = new Door(door.server().under(name), door.endpoint(), door.address());
		try (Words words = new Words()) {
			Journal journal = new Journal(words);
			Reason reason = journal.concluded(() -> {
				try (Wire wire = new Wire(named, context, journal)) {
					return talk(named, wire, journal);
				}
			});
			return new Proof(name, reason, journal.facts("name", name.toString(), List.of()));
		}
	}

	private static Reason talk(Door door, Wire wire, Journal journal) throws Stop, IOException, InterruptedException {
		Dialogue dialogue = Dialogue.of(door.endpoint().protocol(), wire, journal);
		dialogue.open(door.endpoint().security());
		dialogue.leave();
		TlsChannel tls = wire.tls();
		if (tls == null) {
			throw new IllegalStateException("open() ends in TLS or not at all");
		}
		return tls.inspection().endsSoon().orElseGet(() -> Reason.of(Outcomes.DOOR_OK, door.endpoint().protocol().token(), tls.inspection().version(), 0));
	}
}
