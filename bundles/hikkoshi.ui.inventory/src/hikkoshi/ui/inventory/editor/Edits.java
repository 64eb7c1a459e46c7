package hikkoshi.ui.inventory.editor;

import java.util.List;

import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.format.YamlValue;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;

/// What the form does to the text: each is one edit that leaves everything else as it stands. Pure.
final class Edits {
	private static final YamlPath DOMAINS = YamlPath.of("domains");

	private static final YamlValue.Entries EMPTY = new YamlValue.Entries(List.of());

	private Edits() {}

	static List<TextEdit> set(YamlDocument yaml, YamlPath path, String value) {
		return YamlEdit.set(yaml, path, value);
	}

	static List<TextEdit> setList(YamlDocument yaml, YamlPath path, List<String> values) {
		return YamlEdit.set(yaml, path, YamlValue.texts(values));
	}

	/// A server to be filled in: its address is missing, and the form says so.
	static List<TextEdit> addServer(YamlDocument yaml, Side side, String key) {
		YamlValue.Entries server = EMPTY.with("key", key).with("name", "mail." + key + ".example").with("addresses", YamlValue.texts(List.of()))
				.with("endpoints", YamlValue.texts(List.of(door(Protocol.IMAP), door(Protocol.SUBMISSION))));
		return YamlEdit.append(yaml, YamlPath.of("servers", side.token()), server);
	}

	/// A domain that cuts over with the others.
	static List<TextEdit> addDomain(YamlDocument yaml, String name, String oldKey, String newKey) {
		return YamlEdit.append(yaml, DOMAINS, EMPTY.with("name", name).with("old", oldKey).with("new", newKey));
	}

	static List<TextEdit> remove(YamlDocument yaml, YamlPath path) {
		return YamlEdit.remove(yaml, path);
	}

	private static String door(Protocol protocol) {
		return protocol.token() + ":" + protocol.defaultPort(Security.TLS) + "/" + Security.TLS.token();
	}
}
