package hikkoshi.cli;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.lookup.LookupSpec;
import hikkoshi.core.model.Transport;
import hikkoshi.core.probe.DnsOptions;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Option;

/// How a free look-up is put.
final class LookupOptions {
	@Option(names = "--authoritative", descriptionKey = "authoritative")
	private boolean authoritative;

	@Option(names = "--configured", descriptionKey = "lookup.configured")
	private boolean configured;

	@Option(names = "--transport", paramLabel = "TRANSPORT", descriptionKey = "lookup.transport")
	private @Nullable Transport transport;

	@Option(names = "--tcp", descriptionKey = "tcp")
	private boolean tcp;

	@Option(names = "--get", descriptionKey = "lookup.get")
	private boolean get;

	@Option(names = "--dnssec", descriptionKey = "dnssec")
	private boolean dnssec;

	@Option(names = "--no-recurse", descriptionKey = "no-recurse")
	private boolean noRecurse;

	@Option(names = "--cd", descriptionKey = "lookup.cd")
	private boolean checkingDisabled;

	@Option(names = "--edns", paramLabel = "BYTES", descriptionKey = "lookup.edns")
	private int edns = DnsOptions.EDNS_SIZE;

	@Option(names = "--short", descriptionKey = "lookup.short")
	private boolean isShort;

	@Option(names = "--print-command", paramLabel = "dig|kdig", descriptionKey = "lookup.command")
	private @Nullable Tool command;

	/// Tools that can put the same question.
	enum Tool {
		DIG,
		KDIG
	}

	boolean isShort() {
		return isShort;
	}

	@Nullable Tool command() {
		return command;
	}

	@Nullable Transport over() {
		return transport == null && tcp ? Transport.TCP : transport;
	}

	DnsOptions dns(Phrases words) throws CommandFailure {
		try {
			return new DnsOptions(!noRecurse, dnssec, checkingDisabled, edns, get);
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("lookup.bad-question", String.valueOf(e.getMessage())));
		}
	}

	LookupSpec.Servers servers(boolean typed) {
		return typed ? LookupSpec.Servers.TYPED
				: authoritative ? LookupSpec.Servers.AUTHORITATIVE : configured ? LookupSpec.Servers.CONFIGURED : LookupSpec.Servers.SYSTEM;
	}

	/// Whether servers beside the typed ones are wanted.
	boolean isMore() {
		return authoritative || configured;
	}
}
