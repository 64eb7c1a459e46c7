package hikkoshi.core.model;

/// A name of the outside world — a mail host or a mail domain — of which all is to be found out that DNS and HTTP say, before it is part of any
/// migration.
public record HostName(DomainName name) implements Target {
	@Override
	public Id id() {
		return new Id("host:" + name);
	}
}
