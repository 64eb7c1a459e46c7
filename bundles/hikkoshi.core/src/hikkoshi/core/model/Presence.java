package hikkoshi.core.model;

/// The question whether a server receives for an address, put at one of its SMTP doors. The address may be that of a mailbox or of a
/// [Recipient].
public record Presence(Door door, EmailAddress recipient) implements Target {
	/// e.g. `presence:new/mx-new/smtp:25+starttls@192.0.2.2=mail.new.example/ann@example.org`
	@Override
	public Id id() {
		return new Id("presence:" + door.place() + "/" + recipient);
	}
}
