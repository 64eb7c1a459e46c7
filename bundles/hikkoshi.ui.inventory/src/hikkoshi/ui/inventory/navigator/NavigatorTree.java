package hikkoshi.ui.inventory.navigator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.core.resources.IProject;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.inventory.view.InventoryNode;

/// The rows below `migration.yaml`: servers of both sides with their endpoints, and domains by wave with the number of their mailboxes, each with
/// the worst that evidence says of it. One pass over the evidence and one over the mailboxes. Pure; any thread but the UI thread.
final class NavigatorTree {
	private final IProject project;
	private final Migration migration;
	private final Phrases words;
	private final Map<String, Outcome> worst = new HashMap<>();
	private final Map<DomainName, Integer> mailboxes = new HashMap<>();

	/// @param known the newest word of each probe about each target
	NavigatorTree(IProject project, Migration migration, Collection<Evidence> known, Phrases words) {
		this.project = project;
		this.migration = migration;
		this.words = words;
		known.forEach(evidence -> worst.merge(evidence.target().value(), evidence.outcome(), Outcome::worst));
	}

	List<InventoryNode> roots() {
		doors();
		addresses();
		List<InventoryNode> roots = new ArrayList<>();
		for (Side side : Side.values()) {
			List<InventoryNode> servers = migration.servers().stream().filter(server -> server.side() == side).map(this::server).toList();
			roots.add(heading("navigator:" + side.token(), words.say("navigator." + side.token()), icon(side), servers));
		}
		for (Wave wave : migration.waves()) {
			List<InventoryNode> domains = migration.domains().stream().filter(domain -> domain.wave().equals(wave.key())).map(this::domain).toList();
			if (!domains.isEmpty()) {
				roots.add(heading("navigator:wave:" + wave.key(), words.say("navigator.wave", wave.key()), "domain", domains));
			}
		}
		return roots;
	}

	/// What is known of accounts and doors counts for their endpoint, and so for their server.
	private void doors() {
		Map<String, Outcome> endpoints = new HashMap<>();
		worst.forEach((id, outcome) -> {
			int colon = id.indexOf(':');
			String kind = id.substring(0, Math.max(colon, 0));
			int at = id.indexOf('@', colon + 1);
			if (at > 0 && (kind.equals("account") || kind.equals("door"))) {
				endpoints.merge("endpoint:" + id.substring(colon + 1, at), outcome, Outcome::worst);
			}
		});
		worst.putAll(endpoints);
	}

	/// A domain is as good as the worst of its mailboxes.
	private void addresses() {
		for (Mailbox mailbox : migration.mailboxes()) {
			mailboxes.merge(mailbox.address().domain(), 1, Integer::sum);
		}
		if (worst.isEmpty()) {
			return;
		}
		for (EmailAddress address : migration.addresses()) {
			for (Side side : Side.values()) {
				for (Presence presence : migration.presences(address, side)) {
					count(presence.id().value(), address.domain());
				}
			}
		}
		for (Mailbox mailbox : migration.mailboxes()) {
			for (Side side : Side.values()) {
				for (Account account : migration.accounts(mailbox, side)) {
					count(account.id().value(), mailbox.address().domain());
				}
			}
		}
	}

	private void count(String id, DomainName domain) {
		Outcome outcome = worst.get(id);
		if (outcome != null) {
			worst.merge("domain:" + domain, outcome, Outcome::worst);
		}
	}

	private InventoryNode server(Server server) {
		List<InventoryNode> endpoints = server.endpoints().stream().map(endpoint -> endpoint(server, endpoint)).toList();
		@Nullable Outcome outcome = worst.get(server.id().value());
		for (InventoryNode endpoint : endpoints) {
			outcome = worse(outcome, endpoint.worst());
		}
		return new InventoryNode("navigator:" + server.id().value(), project, server.key(), server.name().unicode(), icon(server.side()), outcome, server,
				endpoints);
	}

	private InventoryNode endpoint(Server server, Endpoint endpoint) {
		String key = "endpoint:" + Account.idPrefix(server).substring("account:".length()) + Account.idDoor(endpoint);
		return new InventoryNode("navigator:" + key, project,
				words.say("navigator.endpoint", endpoint.protocol().token().toUpperCase(Locale.ROOT), String.valueOf(endpoint.port())),
				words.say("security." + endpoint.security().token()), "endpoint", worst.get(key), server, List.of());
	}

	private InventoryNode domain(Domain domain) {
		return new InventoryNode("navigator:" + domain.id().value(), project, domain.name().unicode(),
				words.say("navigator.mailboxes", mailboxes.getOrDefault(domain.name(), 0)), "domain", worst.get(domain.id().value()), domain, List.of());
	}

	private InventoryNode heading(String key, String label, String icon, List<InventoryNode> children) {
		@Nullable Outcome outcome = null;
		for (InventoryNode child : children) {
			outcome = worse(outcome, child.worst());
		}
		return new InventoryNode(key, project, label, "(" + children.size() + ")", icon, outcome, null, children);
	}

	private static String icon(Side side) {
		return side == Side.OLD ? "server_old" : "server_new";
	}

	private static @Nullable Outcome worse(@Nullable Outcome one, @Nullable Outcome other) {
		if (one == null || other == null) {
			return one == null ? other : one;
		}
		return one.worst(other);
	}
}
