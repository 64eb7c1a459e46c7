package hikkoshi.core.gate;

import java.time.Instant;
import java.util.List;

import hikkoshi.core.evidence.Sighting;

/// A gate's judgement.
public sealed interface Opening {
	/// @param proof what it rests on
	record Open(List<Sighting> proof) implements Opening {
		public Open {
			proof = List.copyOf(proof);
		}
	}

	/// @param by everything that keeps it shut, worst first, then by target; never empty
	record Blocked(List<Blocker> by) implements Opening {
		public Blocked {
			by = List.copyOf(by);
		}
	}

	/// Everything was proven once, but some of the proof is older than the gate allows: look again.
	///
	/// @param by what is too old, oldest first; never empty
	/// @param since when the first of it passed its age
	record Stale(List<Blocker> by, Instant since) implements Opening {
		public Stale {
			by = List.copyOf(by);
		}
	}
}
