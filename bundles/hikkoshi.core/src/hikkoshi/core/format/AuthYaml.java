package hikkoshi.core.format;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.YamlNode.Mapping;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Authentication.MasterUser;
import hikkoshi.core.model.Authentication.OAuth;

/// Reads a server's `auth`. What has faults counts as the default; no file with an error is used anyway.
final class AuthYaml {
	/// What stands between user and master when the file does not say: that of Dovecot's own examples.
	private static final String SEPARATOR = "*";
	private static final String PASSWORD = "password";
	private static final String MASTER = "master";
	private static final String OAUTH = "oauth2";
	private static final List<String> METHODS = List.of(PASSWORD, MASTER, OAUTH);
	private static final List<String> FORMS = List.of("separator", "authzid");
	private static final int LONGEST_USER = 320;
	private static final int LONGEST_URL = 2_000;
	private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}\\p{Z}\\p{C}]{1,8}");

	private final FaultList faults;

	AuthYaml(FaultList faults) {
		this.faults = faults;
	}

	Authentication read(YamlFields server) {
		if (server.has("auth") && server.node("auth").isEmpty()) {
			faults.at(server.place("auth"), FaultKind.YAML_NO_VALUE, "auth");
		}
		return server.node("auth").map(node -> node instanceof Mapping ? mapping(node) : word(node)).orElse(Authentication.PASSWORD);
	}

	private Authentication word(YamlNode node) {
		Optional<Scalar> text = YamlFields.text(node, "auth", faults);
		if (text.isEmpty()) {
			return Authentication.PASSWORD;
		}
		return switch (text.get().value().strip()) {
			case PASSWORD -> Authentication.PASSWORD;
			case OAUTH -> new OAuth(null);
			case MASTER -> {
				faults.at(node.start(), FaultKind.YAML_MISSING_KEY, "user", "auth");
				yield Authentication.PASSWORD;
			}
			default -> unknown(text.get());
		};
	}

	private Authentication unknown(Scalar method) {
		faults.at(method.start(), FaultKind.AUTH_METHOD, method.value(), String.join(", ", METHODS));
		return Authentication.PASSWORD;
	}

	private Authentication mapping(YamlNode node) {
		Optional<YamlFields> read = YamlFields.of(node, "auth", FileKeys.AUTH, faults);
		if (read.isEmpty()) {
			return Authentication.PASSWORD;
		}
		YamlFields fields = read.get();
		fields.require("method", "auth");
		Optional<Scalar> method = fields.text("method");
		if (method.isEmpty()) {
			return Authentication.PASSWORD;
		}
		return switch (method.get().value().strip()) {
			case PASSWORD -> {
				only(fields, PASSWORD, List.of());
				yield Authentication.PASSWORD;
			}
			case MASTER -> {
				only(fields, MASTER, List.of("user", "form", "separator"));
				yield master(fields);
			}
			case OAUTH -> {
				only(fields, OAUTH, List.of("token-endpoint", "client-id", "scope"));
				yield oauth(fields);
			}
			default -> unknown(method.get());
		};
	}

	/// A key that another method would need is a misunderstanding, which must not look as if it had an effect.
	private void only(YamlFields fields, String method, List<String> keys) {
		for (YamlNode.Entry entry : fields.all()) {
			String key = entry.key().value();
			if (FileKeys.AUTH.contains(key) && !key.equals("method") && !keys.contains(key)) {
				faults.at(entry.key().start(), FaultKind.AUTH_KEY, key, "method: " + method);
			}
		}
	}

	private Authentication master(YamlFields fields) {
		fields.require("user", "auth");
		Optional<Scalar> user = fields.text("user");
		user.filter(scalar -> !isUser(scalar.value())).ifPresent(scalar -> faults.at(scalar.start(), FaultKind.AUTH_USER, scalar.value()));
		String name = user.map(Scalar::value).orElse("");
		String form = fields.text("form").map(Scalar::value).map(String::strip).orElse(FORMS.getFirst());
		if (!FORMS.contains(form)) {
			faults.at(fields.place("form"), FaultKind.AUTH_FORM, form, String.join(", ", FORMS));
		}
		if (form.equals("authzid")) {
			if (fields.has("separator")) {
				faults.at(fields.place("separator"), FaultKind.AUTH_KEY, "separator", "form: authzid");
			}
			return new MasterUser(name, new MasterUser.Form.AuthorizationId());
		}
		String separator = separator(fields);
		if (!separator.isEmpty() && name.contains(separator)) {
			faults.at(fields.place("user"), FaultKind.AUTH_SEPARATOR_IN_USER, name, separator);
		}
		return new MasterUser(name, new MasterUser.Form.Separator(separator));
	}

	private String separator(YamlFields fields) {
		if (!fields.has("separator")) {
			return SEPARATOR;
		}
		Optional<Scalar> separator = fields.text("separator");
		separator.filter(scalar -> !SEPARATORS.matcher(scalar.value()).matches())
				.ifPresent(scalar -> faults.at(scalar.start(), FaultKind.AUTH_SEPARATOR, scalar.value()));
		return separator.map(Scalar::value).orElse(SEPARATOR);
	}

	private static boolean isUser(String user) {
		return user.length() <= LONGEST_USER && user.codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
	}

	private Authentication oauth(YamlFields fields) {
		Optional<URI> endpoint = fields.text("token-endpoint").flatMap(this::endpoint);
		Optional<String> client = fields.text("client-id").map(Scalar::value).map(String::strip);
		String scope = fields.words("scope");
		if (!fields.has("token-endpoint")) {
			for (String key : List.of("client-id", "scope")) {
				if (fields.has(key)) {
					faults.at(fields.place(key), FaultKind.YAML_MISSING_KEY, "token-endpoint", "auth");
				}
			}
			return new OAuth(null);
		}
		fields.require("client-id", "auth");
		OAuth.@Nullable Refresh refresh = endpoint.isPresent() && client.isPresent() ? new OAuth.Refresh(endpoint.get(), client.get(), scope) : null;
		return new OAuth(refresh);
	}

	private Optional<URI> endpoint(Scalar scalar) {
		String text = scalar.value().strip();
		try {
			URI uri = new URI(text);
			String query = uri.getRawQuery();
			if (query != null && NearWords.isSecret(query)) {
				faults.at(scalar.start(), FaultKind.YAML_PASSWORD, "token-endpoint");
				return Optional.empty();
			}
			if (text.length() <= LONGEST_URL && "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null
					&& uri.getRawFragment() == null && uri.getPort() != 0 && uri.getPort() <= 65_535) {
				return Optional.of(uri);
			}
		} catch (URISyntaxException e) {
			// said below, in our words
		}
		faults.at(scalar.start(), FaultKind.AUTH_TOKEN_ENDPOINT, text);
		return Optional.empty();
	}
}
