package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import hikkoshi.core.format.Accounts.Home;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Side;

/// Mailboxes meet their domains: makes one migration of `migration.yaml` and `mailboxes.csv`, and finds what is wrong between the two. Used
/// once, by one thread.
///
/// @param inYaml takes what is wrong in `migration.yaml`
/// @param inRoster takes what is wrong in `mailboxes.csv`
record RosterJoin(MigrationYaml yaml, Roster roster, FaultList inYaml, FaultList inRoster) {
	private static final Side[] SIDES = Side.values();

	Migration join() {
		Migration said = yaml.migration();
		Accounts<Roster.Row> accounts = new Accounts<>(said.domains(), Roster.Row::oldUser, Roster.Row::newUser, roster.rows().size());
		List<Mailbox> mailboxes = new ArrayList<>(roster.rows().size());
		List<Recipient> recipients = new ArrayList<>();
		Set<DomainName> inhabited = new HashSet<>();
		boolean leadsOn = false;
		for (Roster.Row row : roster.rows()) {
			leadsOn |= !row.goesTo().isEmpty();
			RosterVerdicts.Sink sink = (kind, column, args) -> inRoster.on(kind, row.line(), column, args);
			Home<Roster.Row> home = accounts.home(row.address().domain());
			if (home == null) {
				RosterVerdicts.domain(row, null, yaml.domainPlaces().containsKey(row.address().domain()), sink);
				continue;
			}
			Domain domain = home.domain();
			inhabited.add(domain.name());
			RosterVerdicts.domain(row, domain, true, sink);
			Recipient.Kind kind = row.kind();
			if (kind != null) {
				recipients.add(new Recipient(row.address(), kind, row.goesTo(), domain.wave(), row.note(), row.line()));
				continue;
			}
			for (Side side : SIDES) {
				Roster.Row first = home.at(side).putIfAbsent(row);
				if (first != null) {
					RosterVerdicts.account(row, side, domain.server(side), first, first.line(), sink);
				}
			}
			mailboxes.add(new Mailbox(row.address(), row.oldUser(), row.newUser(), domain.wave(), row.note(), row.line()));
		}
		if (leadsOn) {
			astray(accounts);
		}
		if (!roster.rows().isEmpty()) {
			said.domains().stream().map(Domain::name).filter(name -> !inhabited.contains(name))
					.forEach(name -> inYaml.at(yaml.domainPlaces().getOrDefault(name, 0), FaultKind.DOMAIN_NO_MAILBOX, name));
		}
		return new Migration(said.name(), said.servers(), said.domains(), said.waves(), mailboxes, recipients, said.dns(), said.trust(), said.policy());
	}

	private void astray(Accounts<Roster.Row> accounts) {
		FirstByName<Roster.Row> listed = new FirstByName<>(row -> row.address().toString(), roster.rows().size());
		roster.rows().forEach(listed::putIfAbsent);
		for (Roster.Row row : roster.rows()) {
			RosterVerdicts.astray(row, domain -> accounts.home(domain) != null, target -> listed.get(target.toString()) != null,
					(kind, column, args) -> inRoster.on(kind, row.line(), column, args));
		}
	}
}
