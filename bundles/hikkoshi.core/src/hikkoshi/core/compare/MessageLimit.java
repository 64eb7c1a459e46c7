package hikkoshi.core.compare;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.preset.Provider.Limit;
import hikkoshi.core.preset.Provider.Sourced;
import hikkoshi.core.preset.Providers;

/// The longest message that can get into a side by any of its doors: the smallest SIZE of SMTP (RFC 1870) and APPENDLIMIT of IMAP
/// (RFC 7889) that were seen.
public final class MessageLimit {
	private MessageLimit() {}

	/// In bytes; what a known provider publishes counts as well. Empty when nobody has said any.
	public static OptionalLong of(List<Server> servers, Side side, EvidenceView evidence) {
		Providers providers = Providers.known();
		LongStream published = servers.stream().filter(server -> server.side() == side)
				.flatMap(server -> providers.of(List.of(server.name())).flatMap(provider -> provider.limit(Limit.MESSAGE_BYTES)).stream()).mapToLong(Sourced::fact);
		LongStream seen = servers.stream().filter(server -> server.side() == side).flatMap(server -> Migration.doors(server).stream())
				.flatMap(door -> Stream.concat(said("smtp.ehlo", "SIZE", door, evidence), said("imap.capability", "APPENDLIMIT", door, evidence)))
				// nothing and 0 mean no fixed maximum
				.filter(text -> text.matches("[1-9][0-9]{0,17}")).mapToLong(Long::parseLong);
		return LongStream.concat(published, seen).min();
	}

	private static Stream<String> said(String probe, String feature, Door door, EvidenceView evidence) {
		return evidence.latest(probe, door.id()).flatMap(seen -> Offer.in(seen.evidence().facts())).map(offer -> offer.features().get(feature)).stream();
	}
}
