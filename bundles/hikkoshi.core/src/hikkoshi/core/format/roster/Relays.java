package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Addresses;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Recipient.Kind;

/// Addresses that lead to other addresses, gathered over a whole file: several lines of one source are one entry, and what kind an entry is
/// shows only when all domains of the file are known.
final class Relays {
	private final Collector found;
	private final Map<EmailAddress, Relay> relays = new LinkedHashMap<>();
	private final Set<DomainName> ours = new HashSet<>();

	private record Relay(int line, EmailAddress address, Set<EmailAddress> targets, List<Fault> faults) {}

	Relays(Collector found) {
		this.found = found;
	}

	/// @param column of the source
	/// @param targets as written; those that are no address are left out with a warning
	void add(int line, int column, String source, List<String> targets) {
		Optional<EmailAddress> address = found.addressOf(source, line, line, column);
		if (address.isEmpty()) {
			return;
		}
		DomainName domain = address.get().domain();
		ours.add(domain);
		Relay relay = relays.computeIfAbsent(address.get(), a -> new Relay(line, a, new LinkedHashSet<>(), new ArrayList<>()));
		for (String target : targets) {
			Optional<EmailAddress> goal = target(target.strip(), domain);
			if (goal.isPresent()) {
				relay.targets().add(goal.get());
			} else if (relay.faults().isEmpty()) {
				relay.faults().add(FaultKind.IMPORT_TARGET.fault(found.file(), line, column, target.strip()));
			}
		}
	}

	/// A bare name is one of the same domain. `|command`, `/file`, `:include:…` and `:fail:` are no addresses.
	private Optional<EmailAddress> target(String text, DomainName domain) {
		if (text.isEmpty() || "|/:\"\\".indexOf(text.charAt(0)) >= 0) {
			return Optional.empty();
		}
		return found.addresses().parseAny(text.indexOf('@') < 0 ? text + "@" + domain : text);
	}

	/// Hands all entries on, in the order of their first lines.
	void end() {
		relays.values().forEach(this::entry);
	}

	private void entry(Relay relay) {
		List<EmailAddress> targets = new ArrayList<>(relay.targets());
		List<Fault> faults = new ArrayList<>(relay.faults());
		String word;
		@Nullable String goesTo;
		if (targets.remove(relay.address())) {
			// the address leads to itself: it has a mailbox, and perhaps copies are sent on
			word = Addresses.isCatchAll(relay.address()) ? Kind.CATCH_ALL.token() : Recipient.MAILBOX_TOKEN;
			goesTo = null;
			if (!targets.isEmpty()) {
				faults.add(FaultKind.IMPORT_COPIES.fault(found.file(), relay.line(), 1, relay.address(), targets.getFirst()));
			}
		} else {
			word = kind(relay.address(), targets).token();
			goesTo = String.join(" ", targets.stream().map(EmailAddress::toString).toList());
		}
		found.add(new SheetRow.Entry(relay.line(), relay.address(), null, null, null, null, word, goesTo, faults));
	}

	private Kind kind(EmailAddress address, List<EmailAddress> targets) {
		if (Addresses.isCatchAll(address)) {
			return Kind.CATCH_ALL;
		}
		if (targets.size() > 1) {
			return Kind.GROUP;
		}
		return targets.isEmpty() || ours.contains(targets.getFirst().domain()) ? Kind.ALIAS : Kind.FORWARDER;
	}
}
