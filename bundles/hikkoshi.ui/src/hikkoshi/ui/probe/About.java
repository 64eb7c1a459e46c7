package hikkoshi.ui.probe;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.StepTarget;
import hikkoshi.core.model.Target;

/// Whether a target is, or belongs to, something a person has selected: a server's accounts, a domain's mailboxes, a mailbox's accounts.
public record About(List<Target> chosen) implements Predicate<Target> {
	public About {
		chosen = List.copyOf(chosen);
	}

	@Override
	public boolean test(Target target) {
		return chosen.stream().anyMatch(one -> one.id().equals(target.id()) || belongs(target, one));
	}

	private static boolean belongs(Target target, Target one) {
		return switch (one) {
			case Server server -> switch (target) {
				case Account account -> account.server().id().equals(server.id());
				case Door door -> door.server().id().equals(server.id());
				case Presence presence -> presence.door().server().id().equals(server.id());
				case Server _, Domain _, Mailbox _, Recipient _, StepTarget _, HostName _, HostPort _ -> false;
			};
			case Domain domain -> address(target).filter(address -> address.domain().equals(domain.name())).isPresent();
			case Mailbox mailbox -> address(target).filter(mailbox.address()::equals).isPresent();
			case Recipient recipient -> address(target).filter(recipient.address()::equals).isPresent();
			case Door door -> target instanceof Account account && account.door().equals(door)
					|| target instanceof Presence presence && presence.door().equals(door);
			case Account _, Presence _, StepTarget _, HostName _, HostPort _ -> false;
		};
	}

	/// Which address of the roster a target is about.
	private static Optional<EmailAddress> address(Target target) {
		return switch (target) {
			case Mailbox mailbox -> Optional.of(mailbox.address());
			case Recipient recipient -> Optional.of(recipient.address());
			case Account account -> Optional.of(account.mailbox());
			case Presence presence -> Optional.of(presence.recipient());
			case Server _, Door _, Domain _, StepTarget _, HostName _, HostPort _ -> Optional.empty();
		};
	}
}
