package hikkoshi.ui.probe;

import java.util.List;
import java.util.function.Predicate;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Mailbox;
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
			case Server server -> target instanceof Account account && account.server().id().equals(server.id());
			case Domain domain -> target instanceof Account account && account.mailbox().domain().equals(domain.name())
					|| target instanceof Mailbox mailbox && mailbox.address().domain().equals(domain.name());
			case Mailbox mailbox -> target instanceof Account account && account.mailbox().equals(mailbox.address());
			case Account _, StepTarget _ -> false;
		};
	}
}
