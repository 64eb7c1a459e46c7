package hikkoshi.core.sheet;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Mailbox;

/// Both accounts of one mailbox, and how long the old one must stay.
///
/// @param sides OLD before NEW; a side whose server is not known is left out
/// @param lastName the name that mail programs keep once the move is over; null when the files give none
/// @param cutover when the wave's DNS is to be switched; null when that is not planned yet
/// @param keepUntil before which nobody should delete the old account: the planned cutover and the quiet time after it; null without a cutover
public record Setup(Mailbox mailbox, List<SideSetup> sides, @Nullable String lastName, @Nullable Instant cutover, @Nullable Instant keepUntil) {
	public Setup {
		sides = List.copyOf(sides);
	}
}
