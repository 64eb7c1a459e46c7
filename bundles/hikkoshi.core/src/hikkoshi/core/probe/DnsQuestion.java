package hikkoshi.core.probe;

import hikkoshi.core.model.NameServer;

/// One question to one server.
///
/// @param name as a person typed it; IDN allowed, read as absolute
/// @param type e.g. `MX`, or `TYPE65280` (RFC 3597)
/// @param tcp ask over TCP at once, instead of UDP with TCP after truncation
public record DnsQuestion(String name, String type, NameServer server, boolean tcp, boolean recursionDesired, boolean dnssecOk) {}
