package hikkoshi.rehearsal.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.probe.RehearsalStage;
import hikkoshi.core.secret.Secrets;

/// The stage of `hikkoshi rehearse`, in this very process. Stateless: each play is a world of its own.
public final class EmbeddedStage implements RehearsalStage {

	private final @Nullable Grounds grounds;

	/// Plays on whatever addresses this machine has.
	public EmbeddedStage() {
		grounds = null;
	}

	/// Plays on these addresses.
	public EmbeddedStage(Grounds grounds) {
		this.grounds = grounds;
	}

	@Override
	public Play open(Path project, Locale language) throws IOException {
		ProjectFolder folder = ProjectFolder.prepare(project);
		World world = World.start(grounds == null ? Grounds.find() : grounds, InstantSource.system());
		try {
			folder.write(world, language);
			return new EmbeddedPlay(world);
		} catch (IOException | RuntimeException e) {
			world.close();
			throw e;
		}
	}

	private record EmbeddedPlay(World world) implements Play {

		@Override
		public Secrets secrets() {
			return world.secrets();
		}

		@Override
		public String missingMailbox() {
			return World.MISSING.address();
		}

		@Override
		public void repair() {
			world.repair();
		}

		@Override
		public void lowerTtl() {
			world.lowerTtl();
		}

		@Override
		public void cutOver() {
			world.cutOver();
		}

		@Override
		public void close() {
			world.close();
		}
	}
}
