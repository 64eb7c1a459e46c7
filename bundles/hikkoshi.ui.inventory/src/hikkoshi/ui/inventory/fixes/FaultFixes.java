package hikkoshi.ui.inventory.fixes;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jface.operation.IRunnableWithProgress;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IMarkerResolution;
import org.eclipse.ui.IMarkerResolutionGenerator2;
import org.eclipse.ui.PlatformUI;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.Mending;
import hikkoshi.core.format.Mendings;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Words;
import hikkoshi.workspace.FaultMarker;

/// Offers the mendings of a fault on its marker: one reading of the texts, no validation. The platform asks on the UI thread, when a person asks
/// for a quick fix, and wants the answer at once; the files are read and parsed beside it, while the window lives on under a busy cursor.
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
		OpenTexts texts = new OpenTexts(marker.getResource().getProject());
		List<Mending> ways = new ArrayList<>();
		IRunnableWithProgress look = _ -> {
			try {
				ways.addAll(new Mendings(texts.read(), words.locale()).of(fault.get()));
			} catch (IOException e) {
				throw new InvocationTargetException(e);
			}
		};
		try {
			if (Display.getCurrent() == null) {
				look.run(new NullProgressMonitor());
			} else {
				PlatformUI.getWorkbench().getProgressService().busyCursorWhile(look);
			}
		} catch (InvocationTargetException e) {
			ILog.get().warn("no quick fix", e.getTargetException());
		} catch (InterruptedException e) {
			// cancelled in the progress dialog: the person goes on without a fix
			return new IMarkerResolution[0];
		}
		return ways.stream().map(way -> new FaultFix(marker, way, words)).toArray(IMarkerResolution[]::new);
	}
}
