package hikkoshi.cli;

import java.io.IOException;
import java.util.List;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.text.Phrases;

/// What a command that looks at the outside world begins with: what can be asked, in whose words it is said, and what is to move.
record OpenProject(List<ProbeSet> leaves, Phrases words, MigrationProject files, Migration migration) {
	OpenProject {
		leaves = List.copyOf(leaves);
	}

	/// @throws CommandFailure when there is no project, or its files cannot be used
	static OpenProject of(Face face, ProjectOption option) throws IOException, CommandFailure {
		List<ProbeSet> leaves = face.services().probeSets();
		Phrases words = Words.of(face.locale(), leaves);
		MigrationProject files = option.load(words);
		return new OpenProject(leaves, words, files, option.migration(files, words));
	}
}
