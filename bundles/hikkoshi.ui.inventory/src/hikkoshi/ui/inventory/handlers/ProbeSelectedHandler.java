package hikkoshi.ui.inventory.handlers;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.ui.probe.About;

/// Proves what belongs to the selected servers, domains, mailboxes or accounts, in any view whose rows are targets.
public final class ProbeSelectedHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		List<Target> chosen = new ArrayList<>();
		for (Object element : HandlerUtil.getCurrentStructuredSelection(event)) {
			Target target = Adapters.adapt(element, Target.class);
			if (target != null) {
				chosen.add(target);
			}
		}
		if (chosen.isEmpty()) {
			MessageDialog.openInformation(HandlerUtil.getActiveShellChecked(event), Active.WORDS.say("command.title"),
					Active.WORDS.say("probe.select"));
		} else {
			Active.probe(event, Probe::isRoutine, new About(chosen));
		}
		return null;
	}
}
