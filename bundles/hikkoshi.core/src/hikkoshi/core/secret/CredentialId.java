package hikkoshi.core.secret;

/// Whose password: a user at a server. Holds no secret.
///
/// @param server key of the server
public record CredentialId(String server, String user) {}
