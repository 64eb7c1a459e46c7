package hikkoshi.dns.dnssec;

import java.io.IOException;

import org.xbill.DNS.Message;
import org.xbill.DNS.Name;

import hikkoshi.dns.transport.Reply;

/// Where answers with their signatures come from.
@FunctionalInterface
public interface SignedSource {
	/// What the authoritative servers say with the bit DO set (RFC 3225): of DS those of the parent, else those of the deepest zone that encloses the name.
	///
	/// @throws NoAnswerException when none of them gives an answer
	Message ask(Name name, int type) throws IOException, InterruptedException;

	/// A server owed an answer.
	final class NoAnswerException extends IOException {
		private static final long serialVersionUID = 1;

		public NoAnswerException(String what) {
			super(what);
		}

		static NoAnswerException of(Name name, Reply reply) {
			return new NoAnswerException(name.toString(true) + " " + reply.status() + (reply.detail().isEmpty() ? "" : " " + reply.detail()));
		}
	}
}
