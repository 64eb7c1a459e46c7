package hikkoshi.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.secret.Secrets;

/// The commands as a person runs them, with the real leaves but for secure storage.
final class Keeping {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();
	private final Services services;

	Keeping(Secrets... vaults) {
		Services leaves = Leaves.real();
		services = (Services) Proxy.newProxyInstance(Services.class.getClassLoader(), new Class<?>[] {Services.class},
				(_, method, arguments) -> method.getName().equals("vaults") ? List.of(vaults) : method.invoke(leaves, arguments));
	}

	int run(Locale locale, String... args) {
		out.reset();
		err.reset();
		Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false);
		return new Hikkoshi(terminal, services, locale, "1.2.3").run(args);
	}

	int run(String... args) {
		return run(Locale.ENGLISH, args);
	}

	String out() {
		return out.toString(StandardCharsets.UTF_8);
	}

	String err() {
		return err.toString(StandardCharsets.UTF_8);
	}

	String said() {
		return out() + err();
	}
}
