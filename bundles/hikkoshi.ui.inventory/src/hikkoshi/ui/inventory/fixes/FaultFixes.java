package hikkoshi.ui.inventory.fixes;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.runtime.ILog;
import org.eclipse.ui.IMarkerResolution;
import org.eclipse.ui.IMarkerResolutionGenerator2;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.Mendings;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Words;
import hikkoshi.workspace.FaultMarker;

/// Offers the mendings of a fault on its marker. The platform asks on the UI thread, when a person asks for a quick fix: one reading of the
/// texts (a fraction of a second even for 50,000 mailboxes), no validation.
public final class FaultFixes implements IMarkerResolutionGenerator2 {
	@Override
	public boolean hasResolutions(IMarker marker) {
		return FaultMarker.fault(marker).flatMap(FaultKind::of).filter(Mendings::isMendable).isPresent();
	}

	@Override
	public IMarkerResolution[] getResolutions(IMarker marker) {
		Optional<Fault> fault = FaultMarker.fault(marker);
		if (fault.isEmpty() || !hasResolutions(marker)) {
			return new IMarkerResolution[0];
		}
		Phrases words = Words.of(FaultFixes.class);
		try {
			Mendings mendings = new Mendings(new OpenTexts(marker.getResource().getProject()).read(), words.locale());
			return mendings.of(fault.get()).stream().map(way -> new FaultFix(marker, way, words)).toArray(IMarkerResolution[]::new);
		} catch (IOException e) {
			ILog.get().warn("no quick fix", e);
			return new IMarkerResolution[0];
		}
	}
}
