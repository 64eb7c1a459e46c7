package hikkoshi.mail.internal.arrival;

/// Reasons of a look that no other room knows.
public final class LookReasons {
	/// The server refused to show what is in a folder. (command, its words)
	public static final String REFUSED = "arrivals.refused";

	private LookReasons() {}
}
