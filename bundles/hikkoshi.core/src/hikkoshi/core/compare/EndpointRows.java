package hikkoshi.core.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import hikkoshi.core.compare.Comparison.Area;
import hikkoshi.core.compare.Comparison.Cell;
import hikkoshi.core.compare.Comparison.Row;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Server;

/// Where a mail program connects: protocol, port and security, as the plan lists them.
final class EndpointRows {
	private EndpointRows() {}

	static List<Row> of(Server oldServer, Server newServer) {
		List<Row> rows = new ArrayList<>();
		Set<Endpoint> all = new LinkedHashSet<>(oldServer.endpoints());
		all.addAll(newServer.endpoints());
		for (Endpoint endpoint : all) {
			boolean before = oldServer.endpoints().contains(endpoint);
			boolean after = newServer.endpoints().contains(endpoint);
			Cell oldCell = before ? Cell.yes("") : Cell.NO;
			Cell newCell = after ? Cell.yes("") : Cell.NO;
			Reason reason = after ? Reason.of(before ? CompareReasons.SAME : CompareReasons.GAINS) : missing(endpoint, newServer);
			rows.add(new Row(Area.DOORS, endpoint.toString(), oldCell, newCell, after ? Outcome.PASS : Outcome.WARN, reason));
		}
		return rows;
	}

	private static Reason missing(Endpoint endpoint, Server newServer) {
		Protocol protocol = endpoint.protocol();
		String others = newServer.endpoints().stream().filter(other -> other.protocol() == protocol).map(Endpoint::toString).collect(Collectors.joining(", "));
		return others.isEmpty() ? Reason.of(CompareReasons.PROTOCOL_MISSING, protocol.token())
				: Reason.of(CompareReasons.ENDPOINT_MISSING, endpoint, others);
	}
}
