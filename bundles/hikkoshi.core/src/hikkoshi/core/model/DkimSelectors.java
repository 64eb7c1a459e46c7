package hikkoshi.core.model;

import java.util.List;
import java.util.regex.Pattern;

/// Under which names a domain's DKIM keys stand (RFC 6376, 3.1): `SELECTOR._domainkey.DOMAIN`. Nobody can list them from outside, so a person says so.
///
/// @param old selectors that the old server signs with
/// @param fresh selectors that the new server signs or will sign with
public record DkimSelectors(List<String> old, List<String> fresh) {
	public static final DkimSelectors NONE = new DkimSelectors(List.of(), List.of());
	private static final Pattern SELECTOR = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*");
	private static final int LONGEST = 180;

	public DkimSelectors {
		old = List.copyOf(old);
		fresh = List.copyOf(fresh);
	}

	public List<String> of(Side side) {
		return side == Side.OLD ? old : fresh;
	}

	public boolean isEmpty() {
		return old.isEmpty() && fresh.isEmpty();
	}

	/// Whether a text can be a selector: labels of a host name, with dots between them. Underscores are let pass: some providers use them.
	public static boolean isSelector(String text) {
		return text.length() <= LONGEST && SELECTOR.matcher(text).matches();
	}
}
