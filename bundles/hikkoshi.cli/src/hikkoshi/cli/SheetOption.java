package hikkoshi.cli;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.roster.Dialect;
import hikkoshi.core.format.roster.SheetOptions;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Option;

/// What a person says about the file that is imported. Whatever is not said is found out.
final class SheetOption {
	@Option(names = "--dialect", paramLabel = "DIALECT", descriptionKey = "import.dialect")
	private @Nullable String dialect;

	@Option(names = "--encoding", paramLabel = "NAME", descriptionKey = "import.encoding")
	private @Nullable String encoding;

	@Option(names = "--delimiter", paramLabel = "CHAR", descriptionKey = "import.delimiter")
	private @Nullable String delimiter;

	@Option(names = "--header", negatable = true, descriptionKey = "import.header")
	private @Nullable Boolean header;

	@Option(names = "--domain", paramLabel = "NAME", descriptionKey = "import.domain")
	private @Nullable String domain;

	@Option(names = "--password-side", paramLabel = "SIDE", descriptionKey = "import.password-side")
	private ExistCommand.@Nullable Sides passwordSide;

	SheetOptions options(Phrases words) throws CommandFailure {
		return SheetOptions.NONE.withDialect(dialect(words)).withCharset(charset(words)).withDelimiter(delimiter(words)).withHeader(header)
				.withDomain(domain(words)).withPasswordSides(passwordSide == null ? null : Set.copyOf(passwordSide.sides()));
	}

	private @Nullable Dialect dialect(Phrases words) throws CommandFailure {
		if (dialect == null) {
			return null;
		}
		String known = Arrays.stream(Dialect.values()).map(Dialect::token).collect(Collectors.joining(", "));
		return Dialect.of(dialect).orElseThrow(() -> new CommandFailure(ExitCode.USAGE, words.say("import.no-dialect", String.valueOf(dialect), known)));
	}

	private @Nullable Charset charset(Phrases words) throws CommandFailure {
		if (encoding == null) {
			return null;
		}
		try {
			return Charset.forName(encoding.equalsIgnoreCase("cp932") ? "windows-31j" : encoding);
		} catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("import.no-encoding", String.valueOf(encoding)));
		}
	}

	private @Nullable Character delimiter(Phrases words) throws CommandFailure {
		if (delimiter == null) {
			return null;
		}
		return switch (delimiter) {
			case "tab", "TAB", "\\t", "\t" -> '\t';
			case "comma" -> ',';
			case "semicolon" -> ';';
			case "space" -> ' ';
			default -> {
				if (delimiter.length() != 1 || Character.isLetterOrDigit(delimiter.charAt(0)) || "\"'\n\r".contains(delimiter)) {
					throw new CommandFailure(ExitCode.USAGE, words.say("import.no-delimiter", String.valueOf(delimiter)));
				}
				yield delimiter.charAt(0);
			}
		};
	}

	private @Nullable DomainName domain(Phrases words) throws CommandFailure {
		if (domain == null) {
			return null;
		}
		try {
			return DomainName.parse(domain);
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("dns.bad-name", domain, String.valueOf(e.getMessage())));
		}
	}
}
