package hikkoshi.dns.audit;

import java.io.IOException;

import org.xbill.DNS.Name;

import hikkoshi.core.probe.RunMemo;
import hikkoshi.dns.delegation.Resolved;

/// DNS as an audit sees it: live, or planned.
@FunctionalInterface
public interface AuditDns {
	/// Follows aliases. "No answer" is an answer with its status.
	Resolved resolve(Name name, int type) throws IOException, InterruptedException;

	/// What several checks need and only one should work out, as [RunMemo#once].
	default <V> V once(Object key, Class<V> type, RunMemo.Question<V> question) throws IOException, InterruptedException {
		return question.ask();
	}
}
