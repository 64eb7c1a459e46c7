package hikkoshi.ui.inventory.fixes;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.views.markers.WorkbenchMarkerResolution;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.Mending;
import hikkoshi.core.format.MendingRun;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.workspace.FaultMarker;
import hikkoshi.workspace.Migrations;

/// One way to mend a fault, for its marker and for all others of that kind.
public final class FaultFix extends WorkbenchMarkerResolution {
	private final IMarker marker;
	private final Mending way;
	private final Phrases words;

	FaultFix(IMarker marker, Mending way, Phrases words) {
		this.marker = marker;
		this.way = way;
		this.words = words;
	}

	@Override
	public String getLabel() {
		return words.say(way.what());
	}

	@Override
	public String getDescription() {
		return FaultMarker.fault(marker).map(fault -> words.say(fault.reason())).orElse("");
	}

	@Override
	public Image getImage() {
		String key = way.care() == Mending.Care.REMOVES ? ISharedImages.IMG_TOOL_DELETE : ISharedImages.IMG_DEF_VIEW;
		return PlatformUI.getWorkbench().getSharedImages().getImage(key);
	}

	/// Those with the same sentence in the same migration: they may be mended in the same way.
	@Override
	public IMarker[] findOtherMarkers(IMarker[] markers) {
		Optional<String> mine = FaultMarker.fault(marker).map(fault -> fault.reason().id());
		return Arrays.stream(markers).filter(other -> !other.equals(marker) && other.getResource().getProject().equals(marker.getResource().getProject())
				&& FaultMarker.fault(other).map(fault -> fault.reason().id()).equals(mine)).toArray(IMarker[]::new);
	}

	@Override
	public void run(IMarker one) {
		run(List.of(one));
	}

	@Override
	public void run(IMarker[] markers, IProgressMonitor monitor) {
		Ui.later(shell(), () -> run(List.of(markers)));
	}

	private static Shell shell() {
		return Objects.requireNonNull(PlatformUI.getWorkbench().getWorkbenchWindows()[0].getShell());
	}

	private record Plan(Map<String, String> before, MendingRun.Result result) {}

	private void run(List<IMarker> markers) {
		Shell shell = shell();
		if (way.care() == Mending.Care.REMOVES && !MessageDialog.openConfirm(shell, words.say("fix.title"), words.say("fix.confirm", getLabel()))) {
			return;
		}
		IProject project = marker.getResource().getProject();
		List<Fault> faults = markers.stream().flatMap(one -> FaultMarker.fault(one).stream()).toList();
		Ui.load(shell, words.say("fix.job"), () -> plan(project, faults), plan -> apply(project, plan),
				e -> MessageDialog.openError(shell, words.say("fix.title"), Ui.message(e)));
	}

	private Plan plan(IProject project, List<Fault> faults) throws IOException {
		Map<String, String> before = new OpenTexts(project).read();
		return new Plan(before, new MendingRun(Migrations.folder(project), words.locale(), new Selected(faults, way.what().id())).run(before));
	}

	private void apply(IProject project, Plan plan) {
		Map<String, List<TextEdit>> edits = new HashMap<>();
		plan.result.texts().forEach((file, text) -> edits.put(file, TextEdit.difference(plan.before.getOrDefault(file, ""), text)));
		List<String> changed = new OpenTexts(project).apply(plan.before, edits, words.say("fix.job"));
		if (!changed.isEmpty() || edits.isEmpty()) {
			MessageDialog.openInformation(shell(), words.say("fix.title"), words.say("fix.changed"));
		}
	}

	/// The faults of the markers: in the first round where they stand, later by what they say, since lines have moved.
	private record Selected(List<Fault> faults, String what) implements MendingRun.Chooser {
		Selected {
			faults = List.copyOf(faults);
		}

		@Override
		public Optional<Mending> choose(int round, Fault fault, List<Mending> ways) {
			boolean isMine = faults.stream().anyMatch(mine -> mine.file().equals(fault.file()) && mine.reason().equals(fault.reason())
					&& (round == 0 ? mine.line() == fault.line() : !fault.reason().args().isEmpty()));
			return isMine ? ways.stream().filter(one -> one.what().id().equals(what)).findFirst() : Optional.empty();
		}
	}
}
