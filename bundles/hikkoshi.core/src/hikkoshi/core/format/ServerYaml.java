package hikkoshi.core.format;

import java.util.List;

import hikkoshi.core.format.YamlValue.Entries;
import hikkoshi.core.model.CertificatePin;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

/// A server as an entry of `migration.yaml`. Its password-free part only: how mailboxes log in is not written here.
public final class ServerYaml {
	private static final String LINE_BREAK = "\n";

	private ServerYaml() {}

	/// The entry's value.
	public static Entries value(Server server) {
		Entries entry = YamlValue.entries().with("key", server.key()).with("name", server.name().ascii())
				.with("addresses", YamlValue.texts(server.addresses().stream().map(IpText::of).toList()))
				.with("endpoints", YamlValue.texts(server.endpoints().stream().map(Endpoint::toString).toList()));
		return server.pins().isEmpty() ? entry : entry.with("pins", YamlValue.texts(server.pins().stream().map(CertificatePin::sha256).toList()));
	}

	/// The edits that put a server at the end of its side's list; none when the text's layout does not allow it.
	public static List<TextEdit> add(YamlDocument migration, Server server) {
		return YamlEdit.append(migration, YamlPath.of("servers", server.side().token()), value(server));
	}

	/// A text to paste: `servers:` with these servers on their sides.
	public static String snippet(List<Server> servers) {
		Entries sides = YamlValue.entries();
		for (Side side : Side.values()) {
			List<YamlValue> list = servers.stream().filter(server -> server.side() == side).<YamlValue>map(ServerYaml::value).toList();
			if (!list.isEmpty()) {
				sides = sides.with(side.token(), new YamlValue.Items(list));
			}
		}
		return YamlValue.entries().with("servers", sides).block("", LINE_BREAK) + LINE_BREAK;
	}
}
