package hikkoshi.core.format.roster;

import java.nio.charset.Charset;
import java.util.List;

import hikkoshi.core.evidence.Reason;

/// In which form a file was read, and why: to be shown, and to be corrected through [SheetOptions].
///
/// @param mark whether the file begins with a byte order mark
/// @param delimiter between cells; 0 when lines are not cut into cells
/// @param header whether the first line was taken as headings
/// @param reasons one each for the encoding, the dialect, the delimiter and the header, as far as there is something to say
public record SheetFormat(Dialect dialect, Charset charset, boolean mark, char delimiter, boolean header, List<Reason> reasons) {
	public SheetFormat {
		reasons = List.copyOf(reasons);
	}
}
