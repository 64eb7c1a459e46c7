package hikkoshi.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

@Command(name = "init")
final class InitCommand implements Callable<Integer> {
	InitCommand(Terminal terminal, Locale locale) {}

	@Override
	public Integer call() {
		return 0;
	}
}
