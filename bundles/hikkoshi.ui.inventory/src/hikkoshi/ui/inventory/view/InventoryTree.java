package hikkoshi.ui.inventory.view;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.eclipse.core.resources.IProject;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.overview.DomainState;
import hikkoshi.core.overview.Overview;
import hikkoshi.core.text.Phrases;

/// Builds the rows of Servers & Domains from a migration and what is known about it. Pure; any thread.
final class InventoryTree {
	private final IProject project;
	private final Migration migration;
	private final List<Evidence> known;
	private final Phrases words;
	private final Map<DomainName, DomainState> domains = new HashMap<>();

	InventoryTree(IProject project, Migration migration, Collection<Sighting> known, Phrases words) {
		this.project = project;
		this.migration = migration;
		this.known = known.stream().map(Sighting::evidence).toList();
		this.words = words;
		Overview overview = Overview.of(migration, Optional.empty(), new Known(List.copyOf(known)), Instant.now());
		overview.domains().forEach(domain -> domains.put(domain.domain().name(), domain));
	}

	/// The newest word of everything; without a checklist nobody asks for more.
	private record Known(List<Sighting> latest) implements EvidenceView {
		@Override
		public Optional<Sighting> latest(String probe, Target.Id target) {
			return latest.stream().filter(one -> one.evidence().probe().equals(probe) && one.evidence().target().equals(target)).findFirst();
		}

		@Override
		public List<Sighting> history(String probe, Target.Id target, int limit) {
			return List.of();
		}

		@Override
		public long lastRow() {
			return 0;
		}

		@Override
		public List<Sighting> since(long row, int limit) {
			return List.of();
		}
	}

	List<InventoryNode> roots() {
		List<InventoryNode> roots = new ArrayList<>();
		for (Side side : Side.values()) {
			roots.add(side(side));
		}
		roots.add(domains());
		return roots;
	}

	private InventoryNode side(Side side) {
		List<InventoryNode> servers = migration.servers().stream().filter(server -> server.side() == side).map(this::server).toList();
		return heading("side:" + side.token(), words.say("inventory." + side.token()),
				side == Side.OLD ? "server_old" : "server_new", servers);
	}

	private InventoryNode server(Server server) {
		String prefix = Account.idPrefix(server);
		// what was seen under another name, or with another way to log in, is no word on the server as it stands in the plan
		Predicate<String> ours = id -> id.startsWith(prefix) && id.contains(Account.idProof(server));
		List<InventoryNode> parts = new ArrayList<>();
		for (InetAddress address : server.addresses()) {
			String place = "@" + IpText.of(address) + "=";
			parts.add(new InventoryNode(server.id() + place, project, IpText.of(address), "", "address",
					worst(ours.and(id -> id.contains(place))), server, List.of()));
		}
		for (Endpoint endpoint : server.endpoints()) {
			String door = prefix + Account.idDoor(endpoint) + "@";
			parts.add(new InventoryNode(server.id() + "/" + endpoint, project,
					words.say("inventory.endpoint", endpoint.protocol().token().toUpperCase(Locale.ROOT), String.valueOf(endpoint.port())),
					words.say("security." + endpoint.security().token()), "endpoint", worst(ours.and(id -> id.startsWith(door))), server, List.of()));
		}
		return new InventoryNode(server.id().value(), project, server.key(), server.name().unicode(),
				server.side() == Side.OLD ? "server_old" : "server_new", worst(ours), server, parts);
	}

	private InventoryNode domains() {
		List<InventoryNode> rows = migration.domains().stream().map(this::domain).toList();
		return heading("domains", words.say("inventory.domains"), "domain", rows);
	}

	/// A domain is as good as the worst of its mailboxes, and as what DNS says of it.
	private InventoryNode domain(Domain domain) {
		DomainState state = domains.get(domain.name());
		int mailboxes = state == null ? 0 : state.count();
		Outcome proof = state == null ? null : state.state().standing().outcome();
		return new InventoryNode(domain.id().value(), project, domain.name().unicode(),
				words.say("inventory.domain", domain.wave(), mailboxes, domain.oldServer(), domain.newServer()), "domain",
				worse(proof, worst(id -> id.equals(domain.id().value()))), domain, List.of());
	}

	private InventoryNode heading(String key, String label, String icon, List<InventoryNode> children) {
		Outcome worst = null;
		for (InventoryNode child : children) {
			worst = worse(worst, child.worst());
		}
		return new InventoryNode(key, project, label, "(" + children.size() + ")", icon, worst, null, children);
	}

	private @Nullable Outcome worst(Predicate<String> about) {
		Outcome worst = null;
		for (Evidence evidence : known) {
			if (about.test(evidence.target().value())) {
				worst = worse(worst, evidence.outcome());
			}
		}
		return worst;
	}

	private static @Nullable Outcome worse(@Nullable Outcome one, @Nullable Outcome other) {
		if (one == null || other == null) {
			return one == null ? other : one;
		}
		return one.worst(other);
	}
}
