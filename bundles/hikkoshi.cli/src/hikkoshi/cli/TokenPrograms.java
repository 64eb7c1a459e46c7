package hikkoshi.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.secret.TokenCommand;
import hikkoshi.core.secret.TokenCommands;
import hikkoshi.core.text.Phrases;

/// The programs that print access tokens: from variables named `HIKKOSHI_TOKEN_COMMAND_<SERVER KEY>`, and from the command line, which wins. Never
/// from a file of the project.
///
/// @param options `SERVER=PROGRAM` each, as written: a parser of command lines that looks into them would complain of their quotation marks aloud
record TokenPrograms(Map<String, String> environment, List<String> options) {
	static final String PREFIX = "HIKKOSHI_TOKEN_COMMAND_";
	private static final String OPTION = "--token-command SERVER=PROGRAM";

	TokenPrograms {
		options = List.copyOf(options);
	}

	/// What of them speaks for the servers of a migration.
	///
	/// @throws CommandFailure when an option names a server that there is not or that takes no tokens of a program, or a line cannot be read
	Map<String, TokenCommand> of(Migration migration, Phrases words) throws CommandFailure {
		Map<String, TokenCommand> programs = new HashMap<>();
		for (Server server : migration.servers()) {
			Optional<String> line = Optional.ofNullable(environment.get(variable(server.key()))).filter(value -> !value.isBlank());
			// the environment may be there for another migration with the same keys: what does not fit is not meant
			if (line.isPresent() && TokenCommands.fit(server)) {
				programs.put(server.key(), parse(variable(server.key()), line.get(), words));
			}
		}
		for (String option : options) {
			String key = option.substring(0, Math.max(option.indexOf('='), 0));
			if (key.isBlank()) {
				throw new CommandFailure(ExitCode.USAGE, words.say("token-command.bad", OPTION));
			}
			Optional<Server> server = migration.server(key);
			if (server.isEmpty()) {
				throw new CommandFailure(ExitCode.USAGE, words.say("compare.no-server", key,
						migration.servers().stream().map(Server::key).collect(Collectors.joining(", "))));
			}
			if (!TokenCommands.fit(server.get())) {
				throw new CommandFailure(ExitCode.USAGE, words.say("token-command.unfit", key));
			}
			programs.put(key, parse(OPTION, option.substring(key.length() + 1), words));
		}
		return programs;
	}

	/// The line itself is not repeated: it may hold what nobody else should read.
	private static TokenCommand parse(String place, String line, Phrases words) throws CommandFailure {
		return TokenCommand.parse(line).orElseThrow(() -> new CommandFailure(ExitCode.USAGE, words.say("token-command.bad", place)));
	}

	static String variable(String server) {
		return PREFIX + EnvironmentPasswords.plain(server);
	}
}
