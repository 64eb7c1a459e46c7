package hikkoshi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

import hikkoshi.core.evidence.EvidenceException;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Option;

/// The root of the headless commands: parses the command line, runs one command and turns whatever happens into an exit code and words.
/// Used once.
@Command(name = "hikkoshi")
public final class Hikkoshi {
	private final Terminal terminal;
	private final Services services;
	private final Locale locale;
	private final String version;

	@Option(names = {"-h", "--help"}, usageHelp = true, scope = CommandLine.ScopeType.INHERIT)
	private boolean help;

	@Option(names = {"-V", "--version"}, versionHelp = true)
	private boolean versionAsked;

	public Hikkoshi(Terminal terminal, Services services, Locale locale, String version) {
		this.terminal = terminal;
		this.services = services;
		this.locale = locale;
		this.version = version;
	}

	/// @return an exit code of [ExitCode]
	public int run(String... args) {
		Phrases words = Words.of(locale);
		Face face = new Face(terminal, services, locale);
		CommandLine line = new CommandLine(this);
		line.addSubcommand(new InitCommand(face));
		line.addSubcommand(new DiscoverCommand(face));
		line.addSubcommand(new ValidateCommand(face));
		line.addSubcommand(new ImportCommand(face));
		line.addSubcommand(new ExportCommand(face));
		line.addSubcommand(new ProbeCommand(face));
		line.addSubcommand(new ExistCommand(face));
		line.addSubcommand(new CanaryCommand(face));
		line.addSubcommand(new ArrivalsCommand(face));
		line.addSubcommand(new CompareCommand(face));
		line.addSubcommand(new DnsCommand(face));
		line.addSubcommand(new TraceCommand(face));
		line.addSubcommand(new AuditCommand(face));
		line.addSubcommand(new LeftoversCommand(face));
		line.addSubcommand(new PlanCommand(face));
		line.addSubcommand(new WatchCommand(face));
		line.addSubcommand(new PropagationCommand(face));
		line.addSubcommand(new SheetsCommand(face));
		line.addSubcommand(new StatusCommand(face));
		line.addSubcommand(new GateCommand(face));
		line.addSubcommand(new StepCommand(face));
		line.addSubcommand(new EvidenceCommand(face));
		line.addSubcommand(new PasswordsCommand(face));
		line.addSubcommand(new RehearseCommand(face));
		line.setResourceBundle(Phrases.bundle(Hikkoshi.class, locale));
		line.getCommandSpec().version("hikkoshi " + version);
		line.setOut(new PrintWriter(terminal.out(), true));
		line.setErr(new PrintWriter(terminal.err(), true));
		line.setUsageHelpAutoWidth(true);
		line.setUsageHelpLongOptionsMaxWidth(32);
		line.setCaseInsensitiveEnumValuesAllowed(true);
		line.setParameterExceptionHandler(new UsageErrors(terminal, words));
		line.setExecutionExceptionHandler(failures(words));
		if (args.length == 0) {
			line.usage(line.getErr());
			return ExitCode.USAGE.code();
		}
		return line.execute(args);
	}

	private IExecutionExceptionHandler failures(Phrases words) {
		return (exception, _, _) -> switch (exception) {
			case CommandFailure failure -> {
				terminal.complain("hikkoshi: " + failure.getMessage());
				yield failure.code().code();
			}
			case InterruptedException _ -> {
				terminal.complain("hikkoshi: " + words.say("cli.cancelled"));
				yield ExitCode.CANCELLED.code();
			}
			case IOException io -> {
				terminal.complain("hikkoshi: " + message(io, words));
				yield ExitCode.INPUT.code();
			}
			case UncheckedIOException io -> {
				terminal.complain("hikkoshi: " + message(io.getCause(), words));
				yield ExitCode.INPUT.code();
			}
			default -> {
				terminal.complain("hikkoshi: " + words.say("cli.bug", exception.getClass().getName(), message(exception, words)));
				for (StackTraceElement frame : exception.getStackTrace()) {
					terminal.complain("    " + frame);
				}
				yield ExitCode.BUG.code();
			}
		};
	}

	private static String message(Exception exception, Phrases words) {
		if (exception instanceof EvidenceException evidence) {
			return words.say(evidence.reason()) + words.remedy(evidence.reason()).map(remedy -> "\n    " + remedy).orElse("");
		}
		String message = exception.getMessage();
		return message == null ? exception.getClass().getName() : message;
	}
}
