package hikkoshi.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;

/// Passwords from variables named `HIKKOSHI_PASSWORD_<SERVER>__<USER>`: upper case, every other character than A-Z and 0-9 as `_`,
/// e.g. `HIKKOSHI_PASSWORD_MX_OLD__ANN_EXAMPLE_ORG`.
record EnvironmentPasswords(Map<String, String> environment) implements ReadOnlySecrets {
	static final String PREFIX = "HIKKOSHI_PASSWORD_";

	@Override
	public Optional<Secret> find(CredentialId id) {
		return Optional.ofNullable(environment.get(variable(id))).filter(value -> !value.isEmpty()).map(Secret::of);
	}

	static String variable(CredentialId id) {
		return PREFIX + plain(id.server()) + "__" + plain(id.user());
	}

	static String plain(String text) {
		return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
	}
}
