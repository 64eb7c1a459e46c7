package hikkoshi.mail.internal.capability;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import hikkoshi.core.compare.Offer;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Door;
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

/// Asks what a server offers at one of its doors, without logging in: connects to the address, proves the server's name, reads greeting and
/// capabilities (those of clear text and those within TLS) and leaves.
///
/// The facts hold, whatever the outcome: the phases with their times (`phase.tls` with the certificate), what was offered as [Offer] has it, and the
/// dialogue.
public final class DoorProbe implements Probe<Door> {
	private final String id;
	private final Set<Protocol> protocols;

	public DoorProbe(String id, Protocol... protocols) {
		this.id = id;
		this.protocols = Set.of(protocols);
	}

	@Override
	public String id() {
		return id;
	}

	@Override
	public Class<Door> target() {
		return Door.class;
	}

	@Override
	public boolean appliesTo(Door door) {
		return protocols.contains(door.endpoint().protocol());
	}

	@Override
	public Finding examine(Door door, ProbeContext context) throws IOException, InterruptedException {
		try (Words words = new Words()) {
			Journal journal = new Journal(words);
			List<Tree> offers = new ArrayList<>();
			Reason reason = journal.concluded(() -> {
				try (Wire wire = new Wire(door, context, journal)) {
					return talk(door, wire, journal, offers);
				}
			});
			return new Finding(Outcomes.of(reason.id()), reason,
					journal.facts("door", door.endpoint() + " " + IpText.of(door.address()), offers));
		}
	}

	private static Reason talk(Door door, Wire wire, Journal journal, List<Tree> offers) throws Stop, IOException, InterruptedException {
		Protocol protocol = door.endpoint().protocol();
		Dialogue dialogue = Dialogue.of(protocol, wire, journal);
		List<String> last;
		try {
			dialogue.open(door.endpoint().security());
			last = dialogue.offer();
		} finally {
			if (!dialogue.before().isEmpty()) {
				offers.add(offer(protocol, dialogue.before(), journal).tree(Offer.CLEAR));
			}
		}
		Offer offer = offer(protocol, last, journal);
		boolean clear = door.endpoint().security() == Security.NONE;
		offers.add(offer.tree(clear ? Offer.CLEAR : Offer.TLS));
		dialogue.leave();
		TlsChannel tls = wire.tls();
		if (tls == null) {
			return Reason.of(Outcomes.DOOR_CLEAR, protocol.token(), offer.features().size());
		}
		return tls.inspection().endsSoon()
				.orElseGet(() -> Reason.of(Outcomes.DOOR_OK, protocol.token(), tls.inspection().version(), offer.features().size()));
	}

	private static Offer offer(Protocol protocol, List<String> items, Journal journal) {
		return Offer.of(protocol, items.stream().map(journal::keep).toList());
	}
}
