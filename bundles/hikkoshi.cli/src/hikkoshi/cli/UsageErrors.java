package hikkoshi.cli;

import java.util.List;

import hikkoshi.core.text.Phrases;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in the person's language what is wrong with a command line, and what could have been meant.
final class UsageErrors implements IParameterExceptionHandler {
	private final Terminal terminal;
	private final Phrases words;

	UsageErrors(Terminal terminal, Phrases words) {
		this.terminal = terminal;
		this.words = words;
	}

	@Override
	public int handleParseException(ParameterException problem, String[] args) {
		terminal.complain("hikkoshi: " + sentence(problem));
		CommandLine command = problem.getCommandLine();
		if (problem instanceof UnmatchedArgumentException unmatched) {
			List<String> near = unmatched.getSuggestions();
			if (!near.isEmpty()) {
				terminal.complain(words.say("usage.did-you-mean", String.join(", ", near)));
			}
		}
		terminal.complain(words.say("usage.see-help", command.getCommandSpec().qualifiedName()));
		return ExitCode.USAGE.code();
	}

	private String sentence(ParameterException problem) {
		return switch (problem) {
			case UnmatchedArgumentException unmatched -> words.say("usage.unmatched", String.join(" ", unmatched.getUnmatched()));
			case MissingParameterException missing -> words.say("usage.missing",
					String.join(", ", missing.getMissing().stream().map(UsageErrors::longest).toList()));
			case MutuallyExclusiveArgsException _ -> words.say("usage.exclusive", String.valueOf(problem.getMessage()));
			default -> problem.getArgSpec() == null ? words.say("usage.other", String.valueOf(problem.getMessage()))
					: words.say("usage.bad-value", String.valueOf(problem.getValue()), longest(problem.getArgSpec()));
		};
	}

	private static String longest(CommandLine.Model.ArgSpec arg) {
		return arg instanceof CommandLine.Model.OptionSpec option ? option.longestName() : arg.paramLabel();
	}
}
