package hikkoshi.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Parameters;

/// Which mailboxes of the roster a command is about.
final class RosterOption {
	@Parameters(paramLabel = "ADDRESS", arity = "0..*", descriptionKey = "addresses")
	private List<String> addresses = new ArrayList<>();

	/// The named mailboxes, or all of these waves.
	List<Mailbox> mailboxes(Migration migration, List<String> waves, Phrases words) throws CommandFailure {
		if (addresses.isEmpty()) {
			Set<String> keys = Set.copyOf(waves);
			return migration.mailboxes().stream().filter(mailbox -> keys.contains(mailbox.wave())).toList();
		}
		Map<String, Mailbox> known = migration.mailboxes().stream().collect(Collectors.toMap(mailbox -> mailbox.address().toString(), Function.identity(), (a, _) -> a));
		Set<Mailbox> wanted = new LinkedHashSet<>();
		for (String address : addresses) {
			Mailbox mailbox = known.get(address);
			if (mailbox == null) {
				throw new CommandFailure(ExitCode.USAGE, words.say("cli.no-mailbox", address, MigrationProject.MAILBOXES_FILE));
			}
			wanted.add(mailbox);
		}
		return List.copyOf(wanted);
	}

	/// Whether mailboxes were named at all.
	boolean isGiven() {
		return !addresses.isEmpty();
	}
}
