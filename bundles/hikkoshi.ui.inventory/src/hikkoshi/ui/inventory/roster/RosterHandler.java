package hikkoshi.ui.inventory.roster;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

/// The commands of the table, by the last word of their id.
public final class RosterHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) {
		RosterActions table = HandlerUtil.getActiveEditor(event) instanceof RosterEditor editor ? editor.actions() : null;
		if (table != null) {
			String id = event.getCommand().getId();
			switch (id.substring(id.lastIndexOf('.') + 1)) {
				case "add" -> table.add();
				case "remove" -> table.remove();
				case "set" -> table.askAndSet();
				case "paste-rows" -> table.pasteRows();
				case "next-fault" -> table.nextFault(1);
				case "previous-fault" -> table.nextFault(-1);
				default -> throw new IllegalStateException(id);
			}
		}
		return null;
	}
}
