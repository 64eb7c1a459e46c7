package hikkoshi.rehearsal.dns;

/// What answers questions behind a listener. Called by many threads at once; may block, and ends when its thread is interrupted.
@FunctionalInterface
public interface DnsService {

	/// @param query a well-formed query with a question of class IN
	DnsMessage answer(DnsMessage query) throws InterruptedException;
}
