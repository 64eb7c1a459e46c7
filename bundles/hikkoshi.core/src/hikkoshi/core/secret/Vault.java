package hikkoshi.core.secret;

import java.io.IOException;
import java.util.List;

import hikkoshi.core.evidence.Reason;

/// Service: secrets that outlive a run, kept on this machine for all migrations of a person.
public interface Vault extends Secrets {
	/// Whose secrets are kept; no secret is looked at, and no person is asked. The server is what [ServerNameVault] makes of it.
	List<CredentialId> known() throws IOException;

	/// How what is kept is protected, to be told to a person as it is: where, by what, and what of it cannot be read here.
	List<Reason> protection();
}
