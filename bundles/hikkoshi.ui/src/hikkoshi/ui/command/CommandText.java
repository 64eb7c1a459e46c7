package hikkoshi.ui.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.resources.IProject;
import org.eclipse.ui.services.IServiceLocator;

import hikkoshi.core.command.AsCommand;
import hikkoshi.core.command.Tool;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.TargetLabels;
import hikkoshi.workspace.Migrations;

/// The lines of another program for what has been selected.
record CommandText(IProject project, IServiceLocator services, Phrases words) {
	/// More than anybody pastes.
	private static final int MOST = 2_000;

	/// Blocks.
	///
	/// @return empty where the program cannot ask any of it
	String of(Tool tool, List<Target> chosen) throws IOException {
		Optional<Migration> migration = services.getService(Migrations.class).load(project).migration();
		List<Target> all = new ArrayList<>();
		for (Target target : chosen) {
			if (all.size() < MOST) {
				migration.ifPresent(of -> all.addAll(AsCommand.targets(target, of)));
			}
		}
		return AsCommand.script(tool, all, target -> TargetLabels.of(target.id(), words));
	}
}
