package hikkoshi.ui.inventory.wizard;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import hikkoshi.core.format.ChecklistTemplate;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationTemplate;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.format.YamlNode;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.format.YamlValue;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;

/// What the New Migration wizard has asked for, and the files it becomes: core's templates with the chosen endpoints. Pure.
public record MigrationDraft(String name, List<DomainName> domains, Host oldServer, Host newServer) {

	public MigrationDraft {
		domains = List.copyOf(domains);
	}

	/// One server as asked for.
	///
	/// @param name what TLS must prove
	public record Host(DomainName name, List<InetAddress> addresses, List<Endpoint> endpoints) {
		public Host {
			addresses = List.copyOf(addresses);
			endpoints = List.copyOf(endpoints);
		}

		private MigrationTemplate.Host template() {
			return new MigrationTemplate.Host(name.unicode(), addresses.stream().map(IpText::of).toList());
		}

		private boolean serves(String protocol) {
			return endpoints.stream().map(Endpoint::protocol).map(Protocol::token).anyMatch(protocol::equals);
		}
	}

	/// The text of `migration.yaml`, with comments in that language.
	String yaml(Locale locale) {
		String text = MigrationTemplate.text(locale, name, domains.stream().map(DomainName::unicode).toList(), oldServer.template(),
				newServer.template());
		return edited(text, MigrationProject.MIGRATION_FILE,
				List.of(yaml -> endpoints(yaml, Side.OLD, oldServer), yaml -> endpoints(yaml, Side.NEW, newServer)));
	}

	/// The text of `cutover.checklist`: its gates ask only for protocols that both servers have.
	String checklist(Locale locale) {
		String text = ChecklistTemplate.text(locale);
		List<Function<YamlDocument, List<TextEdit>>> changes = new ArrayList<>();
		YamlDocument.parse(text, MigrationProject.CHECKLIST_FILE).value().ifPresent(yaml -> {
			for (YamlPath list : lists(yaml)) {
				List<String> kept = texts(yaml, list).stream().filter(one -> oldServer.serves(one) && newServer.serves(one)).toList();
				changes.add(current -> YamlEdit.set(current, list, YamlValue.texts(kept)));
			}
		});
		return edited(text, MigrationProject.CHECKLIST_FILE, changes);
	}

	private static List<TextEdit> endpoints(YamlDocument yaml, Side side, Host host) {
		return YamlEdit.set(yaml, YamlPath.of("servers", side.token(), 0, "endpoints"),
				YamlValue.texts(host.endpoints.stream().map(Endpoint::toString).toList()));
	}

	/// Where the checklist's gates name protocols.
	private static List<YamlPath> lists(YamlDocument yaml) {
		List<YamlPath> lists = new ArrayList<>();
		YamlPath phases = YamlPath.of("phases");
		for (int phase = 0; phase < size(yaml, phases); phase++) {
			YamlPath steps = phases.then(phase, "steps");
			for (int step = 0; step < size(yaml, steps); step++) {
				YamlPath gates = steps.then(step, "gates");
				for (int gate = 0; gate < size(yaml, gates); gate++) {
					YamlPath protocols = gates.then(gate, "accounts", "protocols");
					if (size(yaml, protocols) > 0) {
						lists.add(protocols);
					}
				}
			}
		}
		return lists;
	}

	private static int size(YamlDocument yaml, YamlPath path) {
		return yaml.at(path).map(node -> node instanceof YamlNode.Sequence list ? list.items().size() : 0).orElse(0);
	}

	private static List<String> texts(YamlDocument yaml, YamlPath path) {
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < size(yaml, path); i++) {
			yaml.at(path.then(i)).ifPresent(node -> {
				if (node instanceof YamlNode.Scalar scalar) {
					texts.add(scalar.value());
				}
			});
		}
		return texts;
	}

	private static String edited(String text, String file, List<Function<YamlDocument, List<TextEdit>>> changes) {
		Optional<YamlDocument> yaml = YamlDocument.parse(text, file).value();
		return yaml.map(read -> TextEdit.apply(text, YamlEdit.all(read, changes))).orElse(text);
	}
}
