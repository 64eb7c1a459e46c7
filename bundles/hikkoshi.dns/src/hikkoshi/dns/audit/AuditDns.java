package hikkoshi.dns.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

import org.xbill.DNS.Name;

import hikkoshi.core.probe.RunMemo;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.dnssec.Security;
import hikkoshi.dns.policy.PolicyFetch.Fetched;

/// DNS as an audit sees it: live, or planned.
@FunctionalInterface
public interface AuditDns {
	/// Follows aliases. "No answer" is an answer with its status.
	Resolved resolve(Name name, int type) throws IOException, InterruptedException;

	/// Whether what [#resolve] says of a name and type is proven by DNSSEC. A plan is signed by nobody yet.
	default Security security(Name name, int type) throws IOException, InterruptedException {
		return Security.UNJUDGED;
	}

	/// The policy of MTA-STS that a host serves. It is no DNS, but belongs to what a domain says of its mail.
	default Fetched policy(String host, List<InetAddress> addresses) throws IOException, InterruptedException {
		return new Fetched.Silent("not asked");
	}

	/// What several checks need and only one should work out, as [RunMemo#once].
	default <V> V once(Object key, Class<V> type, RunMemo.Question<V> question) throws IOException, InterruptedException {
		return question.ask();
	}
}
