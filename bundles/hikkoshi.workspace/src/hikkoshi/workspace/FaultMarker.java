package hikkoshi.workspace;

import java.util.List;
import java.util.Optional;

import org.eclipse.core.resources.IMarker;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.Fault;
import hikkoshi.workspace.internal.FaultMarkers;

/// From a marker in the Problems view back to the fault that it shows.
public final class FaultMarker {
	public static final String TYPE = FaultMarkers.TYPE;

	private FaultMarker() {}

	/// Empty when the marker is gone, or none of ours.
	public static Optional<Fault> fault(IMarker marker) {
		String reason = marker.getAttribute(FaultMarkers.REASON, "");
		if (reason.isEmpty() || !marker.exists()) {
			return Optional.empty();
		}
		String args = marker.getAttribute(FaultMarkers.ARGS, "");
		String file = marker.getAttribute(FaultMarkers.FILE, marker.getResource().getName());
		Fault.Severity severity =
				marker.getAttribute(IMarker.SEVERITY, IMarker.SEVERITY_ERROR) == IMarker.SEVERITY_ERROR ? Fault.Severity.ERROR : Fault.Severity.WARNING;
		return Optional.of(new Fault(file, marker.getAttribute(IMarker.LINE_NUMBER, 0), column(marker.getAttribute(IMarker.LOCATION, "")), severity,
				new Reason(reason, args.isEmpty() ? List.of() : List.of(args.split(FaultMarkers.SEPARATOR, -1)))));
	}

	private static int column(String location) {
		int colon = location.indexOf(':');
		return colon < 0 ? 0 : Integer.parseInt(location.substring(colon + 1));
	}
}
