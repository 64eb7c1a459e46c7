package hikkoshi.core.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

/// What a change of a zone is for. Ids: `plan.to-new`, `plan.to-old` (what), `plan.ttl-lower`, `plan.ttl-higher` (seconds before and after),
/// `plan.spf`, `plan.dkim`, `plan.dmarc`, `plan.create`, `plan.delete`, `plan.modify` (), `plan.roll-back` ().
final class PlanReasons {
	private final List<Server> servers;

	PlanReasons(List<Server> servers) {
		this.servers = servers;
	}

	static Reason rollBack() {
		return Reason.of("plan.roll-back");
	}

	Reason why(@Nullable RecordSet before, @Nullable RecordSet after) {
		if (before != null && after != null && before.data().equals(after.data())) {
			return Reason.of(after.ttl() < before.ttl() ? "plan.ttl-lower" : "plan.ttl-higher", before.ttl(), after.ttl());
		}
		Optional<Side> led = before == null ? Optional.empty() : side(before);
		Optional<Side> leads = after == null ? Optional.empty() : side(after);
		if (leads.isPresent() && !leads.equals(led)) {
			return Reason.of(leads.get() == Side.NEW ? "plan.to-new" : "plan.to-old", after == null ? "" : after.name());
		}
		RecordSet one = after != null ? after : before;
		if (one != null && one.type().equals("TXT")) {
			String text = String.join(" ", one.data()).toLowerCase(Locale.ROOT);
			if (text.contains("v=spf1")) {
				return Reason.of("plan.spf");
			}
			if (text.contains("v=dmarc1")) {
				return Reason.of("plan.dmarc");
			}
			if (one.name().contains("._domainkey.")) {
				return Reason.of("plan.dkim");
			}
		}
		return Reason.of(before == null ? "plan.create" : after == null ? "plan.delete" : "plan.modify");
	}

	/// Of addresses the server that has them, of names the server that is called so; of both sides none.
	private Optional<Side> side(RecordSet set) {
		List<Side> sides = set.data().stream().flatMap(data -> servers.stream().filter(server -> names(server, data)).map(Server::side)).distinct().toList();
		return sides.size() == 1 ? Optional.of(sides.getFirst()) : Optional.empty();
	}

	private static boolean names(Server server, String data) {
		String last = data.substring(data.lastIndexOf(' ') + 1);
		return last.equalsIgnoreCase(server.name().ascii() + ".") || server.addresses().stream().anyMatch(address -> IpText.of(address).equals(last));
	}
}
