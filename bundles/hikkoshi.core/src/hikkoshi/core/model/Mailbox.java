package hikkoshi.core.model;

/// An e-mail address with an account on each side.
///
/// @param line where `mailboxes.csv` lists it (1-based), so that messages can point there
public record Mailbox(EmailAddress address, String oldUser, String newUser, String wave, String note, int line) implements Target {
	@Override
	public Id id() {
		return new Id("mailbox:" + address);
	}

	public String user(Side side) {
		return side == Side.OLD ? oldUser : newUser;
	}
}
