package hikkoshi.ui.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.StepTarget;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.TargetLabels;

/// What a target is, in words. Pure; any thread.
record TargetFacts(Phrases words) {
	private static final String GROUP = "what";

	List<PropertyRow> of(Target target) {
		List<PropertyRow> rows = new ArrayList<>();
		switch (target) {
			case Server server -> server(server, rows);
			case Domain domain -> {
				row(rows, "kind", words.say("properties.kind.domain"));
				row(rows, "name", domain.name().unicode());
				if (!domain.name().unicode().equals(domain.name().ascii())) {
					row(rows, "ascii", domain.name().ascii());
				}
				row(rows, "wave", domain.wave());
				row(rows, "old-server", domain.oldServer());
				row(rows, "new-server", domain.newServer());
			}
			case Mailbox mailbox -> {
				row(rows, "kind", words.say("properties.kind.mailbox"));
				row(rows, "address", mailbox.address().toString());
				row(rows, "old-user", mailbox.oldUser());
				row(rows, "new-user", mailbox.newUser());
				row(rows, "wave", mailbox.wave());
				row(rows, "note", mailbox.note());
			}
			case Recipient recipient -> {
				row(rows, "kind", words.say("properties.kind." + recipient.kind().token()));
				row(rows, "address", recipient.address().toString());
				row(rows, "goes-to", recipient.goesTo().stream().map(Object::toString).collect(Collectors.joining(", ")));
				row(rows, "wave", recipient.wave());
				row(rows, "note", recipient.note());
			}
			case Account account -> {
				row(rows, "kind", words.say("properties.kind.account"));
				row(rows, "address", account.mailbox().toString());
				row(rows, "user", account.user());
				door(account.door(), rows);
			}
			case Presence presence -> {
				row(rows, "kind", words.say("properties.kind.presence"));
				row(rows, "address", presence.recipient().toString());
				door(presence.door(), rows);
			}
			case Door door -> {
				row(rows, "kind", words.say("properties.kind.door"));
				door(door, rows);
			}
			case StepTarget _, HostName _, HostPort _ -> row(rows, "name", TargetLabels.of(target.id(), words));
		}
		return rows;
	}

	private void server(Server server, List<PropertyRow> rows) {
		row(rows, "kind", words.say("properties.kind.server." + server.side().token()));
		row(rows, "key", server.key());
		row(rows, "name", server.name().unicode());
		row(rows, "addresses", server.addresses().stream().map(IpText::of).collect(Collectors.joining(", ")));
		row(rows, "endpoints", server.endpoints().stream().map(this::endpoint).collect(Collectors.joining(", ")));
		row(rows, "login", switch (server.authentication()) {
			case Authentication.Password() -> words.say("properties.login.password");
			case Authentication.MasterUser master -> words.say("properties.login.master", master.user());
			case Authentication.OAuth _ -> words.say("properties.login.oauth2");
		});
		row(rows, "pins", server.pins().isEmpty() ? "" : String.valueOf(server.pins().size()));
	}

	private void door(Door door, List<PropertyRow> rows) {
		row(rows, "server", words.say("target.server", words.say("side.label." + door.server().side().token()), door.server().name().unicode()));
		row(rows, "endpoint", endpoint(door.endpoint()));
		row(rows, "ip", IpText.of(door.address()));
	}

	private String endpoint(Endpoint endpoint) {
		return words.say("properties.endpoint-of", endpoint.protocol().token().toUpperCase(Locale.ROOT), String.valueOf(endpoint.port()),
				words.say("properties.security." + endpoint.security().token()));
	}

	/// What is not said is not shown.
	private void row(List<PropertyRow> rows, String id, String value) {
		if (!value.isEmpty()) {
			rows.add(new PropertyRow(GROUP, words.say("properties." + id), value));
		}
	}
}
