package hikkoshi.dns.audit;

import java.io.IOException;

/// The judgement of one check.
@FunctionalInterface
interface Check {
	/// @throws Unanswered when a server owed an answer without which there is no judgement
	Verdict judge(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException;
}
