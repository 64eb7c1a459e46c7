package hikkoshi.core.format.roster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;

/// What [Planning] found out, before a person selects.
///
/// @param domains those of the migration, and those that are added
/// @param added domains that the settings add
/// @param users the login names that each usable row leads to, by its index: old, new; null where there is no account; empty
///     when the file has no passwords
record Plan(ProjectTexts texts, Optional<MigrationYaml> yaml, List<ImportRow> rows, List<Fault> blockers, List<RosterImport.MissingDomain> missing,
		List<RosterImport.Vanished> vanished, Map<DomainName, Domain> domains, List<Domain> added, List<@Nullable Logins> users) {
	/// The login names of a mailbox.
	///
	/// @param line where it is listed
	record Logins(EmailAddress address, String oldUser, String newUser, int line) {
		String user(Side side) {
			return side == Side.OLD ? oldUser : newUser;
		}
	}

	Plan {
		rows = List.copyOf(rows);
		blockers = List.copyOf(blockers);
		missing = List.copyOf(missing);
		vanished = List.copyOf(vanished);
		added = List.copyOf(added);
	}

	Optional<CredentialId> credential(ImportRow row, EmailAddress address, Side side) {
		Domain domain = domains.get(address.domain());
		Logins logins = users.get(row.index());
		if (domain == null || logins == null) {
			return Optional.empty();
		}
		String server = domain.server(side);
		boolean hasPassword = yaml.flatMap(said -> said.migration().server(server))
				.filter(known -> known.authentication() instanceof Authentication.Password).isPresent();
		return hasPassword ? Optional.of(new CredentialId(server, logins.user(side))) : Optional.empty();
	}
}
