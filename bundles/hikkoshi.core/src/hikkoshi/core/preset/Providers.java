package hikkoshi.core.preset;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;

import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.preset.Provider.Door;
import hikkoshi.core.preset.Provider.Limit;
import hikkoshi.core.preset.Provider.Sourced;

/// The providers that are known, as `providers.properties` lists them.
public record Providers(List<Provider> all) {
	private static final String FILE = "providers.properties";

	public Providers {
		all = List.copyOf(all);
	}

	/// Those that came with this version.
	public static Providers known() {
		Properties lines = new Properties();
		try (InputStream file = Providers.class.getResourceAsStream(FILE)) {
			if (file == null) {
				throw new IllegalStateException(FILE + " is missing");
			}
			lines.load(new InputStreamReader(file, StandardCharsets.UTF_8));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return new Providers(words(text(lines, "providers")).map(id -> provider(id, lines)).toList());
	}

	/// Whose machines these are: the first provider that has any of them.
	public Optional<Provider> of(Collection<DomainName> hosts) {
		return all.stream().filter(provider -> hosts.stream().anyMatch(provider::has)).findFirst();
	}

	private static Provider provider(String id, Properties lines) {
		Map<Limit, Sourced<Long>> limits = new EnumMap<>(Limit.class);
		for (Limit limit : Limit.values()) {
			if (lines.containsKey(id + "." + limit.token())) {
				limits.put(limit, sourced(id + "." + limit.token(), lines, Long::valueOf));
			}
		}
		return new Provider(id, text(lines, id + ".title"), words(text(lines, id + ".hosts")).toList(),
				sourced(id + ".endpoints", lines, value -> words(value).map(Providers::door).toList()), sourced(id + ".logins", lines, value -> words(value).toList()), limits);
	}

	private static <T> Sourced<T> sourced(String key, Properties lines, Function<String, T> reader) {
		String[] source = text(lines, key + ".source").split(" ", 2);
		return new Sourced<>(reader.apply(text(lines, key)), source[1], LocalDate.parse(source[0]));
	}

	/// `host:protocol:port:security`
	private static Door door(String text) {
		String[] parts = text.split(":");
		return new Door(DomainName.parse(parts[0]),
				new Endpoint(Protocol.valueOf(parts[1].toUpperCase(Locale.ROOT)), Integer.parseInt(parts[2]), Security.valueOf(parts[3].toUpperCase(Locale.ROOT))));
	}

	private static String text(Properties lines, String key) {
		String value = lines.getProperty(key);
		if (value == null) {
			throw new IllegalStateException(FILE + " lacks " + key);
		}
		return value.strip();
	}

	private static Stream<String> words(String text) {
		return Stream.of(text.split("\\s+"));
	}
}
