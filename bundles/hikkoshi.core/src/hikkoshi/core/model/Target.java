package hikkoshi.core.model;

/// Something a probe can look at or a person can sign. Its [Id] is what evidence refers to: stable over restarts, readable, without secrets.
public sealed interface Target permits Domain, Server, Door, Mailbox, Recipient, Account, Presence, StepTarget, HostName, HostPort {
	Id id();

	/// The stable name of a target, e.g. `account:old/mx-old/imap:993+tls@192.0.2.1=mail.old.example/ann`.
	record Id(String value) implements Comparable<Id> {
		@Override
		public int compareTo(Id other) {
			return value.compareTo(other.value);
		}

		@Override
		public String toString() {
			return value;
		}
	}
}
