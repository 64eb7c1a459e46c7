package hikkoshi.workspace;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.secret.TokenCommand;
import hikkoshi.core.secret.TokenCommands;

/// The programs that print access tokens, as a person has set them for this workspace. By the server's DNS name, since keys like `old` repeat from
/// migration to migration. Never in a file of a project: who opens a stranger's project must not run the stranger's programs.
/// Safe for several threads.
public final class TokenPrograms {
	private static final String NODE = "hikkoshi.workspace/token-programs";

	private TokenPrograms() {}

	private static Preferences node() {
		return InstanceScope.INSTANCE.getNode(NODE);
	}

	/// Server's name to program, as written.
	public static Map<String, String> known() {
		Map<String, String> known = new TreeMap<>();
		try {
			for (String server : node().keys()) {
				known.put(server, node().get(server, ""));
			}
		} catch (BackingStoreException e) {
			throw new IllegalStateException("preferences cannot be read", e);
		}
		return known;
	}

	/// @param programs in place of all that were known; empty lines are left out
	/// @throws BackingStoreException when they could not be kept
	public static void keep(Map<String, String> programs) throws BackingStoreException {
		Preferences node = node();
		node.clear();
		programs.forEach((server, line) -> {
			if (!line.isBlank()) {
				node.put(server, line.strip());
			}
		});
		node.flush();
	}

	/// What of them speaks for the servers of a migration, by the server's key. A line that is no program is none.
	public static Map<String, TokenCommand> of(Migration migration) {
		Map<String, TokenCommand> programs = new HashMap<>();
		for (Server server : migration.servers()) {
			if (TokenCommands.fit(server)) {
				TokenCommand.parse(node().get(server.name().ascii(), "")).ifPresent(program -> programs.put(server.key(), program));
			}
		}
		return programs;
	}
}
