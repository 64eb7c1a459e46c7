package hikkoshi.dns.dnssec;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

/// What dnsjava's validator takes for its resolver: asks a [SignedSource], follows aliases as a resolver does, and keeps everything that was said, so that
/// the reason of a failure can be read from it. Answers on the asking thread, so that an interrupt reaches the question. One per evaluation.
final class Head implements Resolver {
	private static final int MAX_QUESTIONS = 60;
	private static final int MAX_ALIASES = 8;
	private final SignedSource source;
	private final List<Message> said = new ArrayList<>();
	private String unanswered = "";
	private @Nullable InterruptedException interrupted;

	Head(SignedSource source) {
		this.source = source;
	}

	List<Message> said() {
		return List.copyOf(said);
	}

	/// What a server owed; empty when all have answered.
	String unanswered() {
		return unanswered;
	}

	void failIfInterrupted() throws InterruptedException {
		if (interrupted != null) {
			throw new InterruptedException();
		}
	}

	@Override
	public CompletionStage<Message> sendAsync(Message query, Executor executor) {
		return sendAsync(query);
	}

	@Override
	public CompletionStage<Message> sendAsync(Message query) {
		try {
			return CompletableFuture.completedFuture(answer(query));
		} catch (IOException e) {
			unanswered = String.valueOf(e.getMessage());
			return CompletableFuture.failedFuture(e);
		} catch (InterruptedException e) {
			interrupted = e;
			return CompletableFuture.failedFuture(e);
		}
	}

	private Message answer(Message query) throws IOException, InterruptedException {
		if (interrupted != null) {
			throw new InterruptedException();
		}
		Record question = query.getQuestion();
		Message answer = new Message(query.getHeader().getID());
		answer.getHeader().setFlag(Flags.QR);
		answer.getHeader().setFlag(Flags.RA);
		answer.addRecord(question, Section.QUESTION);
		Name name = question.getName();
		for (int i = 0; i < MAX_ALIASES; i++) {
			if (said.size() >= MAX_QUESTIONS) {
				throw new IOException("more than " + MAX_QUESTIONS + " questions");
			}
			Message part = source.ask(name, question.getType());
			said.add(part);
			part.getSection(Section.ANSWER).forEach(record -> answer.addRecord(record, Section.ANSWER));
			Optional<Name> alias = alias(part, name, question.getType());
			if (alias.isEmpty()) {
				part.getSection(Section.AUTHORITY).stream().filter(record -> !isOfServers(record)).forEach(record -> answer.addRecord(record, Section.AUTHORITY));
				answer.getHeader().setRcode(part.getRcode());
				return answer;
			}
			name = alias.get();
		}
		answer.getHeader().setRcode(Rcode.SERVFAIL);
		return answer;
	}

	/// The zone's servers, which BIND and NSD name behind an answer; with their signature, which alone would be a set without records that nothing proves.
	private static boolean isOfServers(Record record) {
		return record.getType() == Type.NS || record instanceof RRSIGRecord signature && signature.getTypeCovered() == Type.NS;
	}

	/// Where an answer ends that has aliases only.
	private static Optional<Name> alias(Message part, Name name, int type) {
		Name end = name;
		for (int i = 0; i < MAX_ALIASES; i++) {
			Name at = end;
			if (type == Type.CNAME || part.getSection(Section.ANSWER).stream().anyMatch(record -> record.getType() == type && record.getName().equals(at))) {
				return Optional.empty();
			}
			Optional<Name> next = part.getSection(Section.ANSWER).stream().filter(record -> record instanceof CNAMERecord && record.getName().equals(at))
					.map(record -> ((CNAMERecord) record).getTarget()).findFirst();
			if (next.isEmpty()) {
				break;
			}
			end = next.get();
		}
		return end.equals(name) ? Optional.empty() : Optional.of(end);
	}

	@Override
	public void setPort(int port) {
		// the source knows where to ask
	}

	@Override
	public void setTCP(boolean flag) {
		// the transport decides
	}

	@Override
	public void setIgnoreTruncation(boolean flag) {
		// the transport decides
	}

	@Override
	public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
		// DO is always set
	}

	@Override
	public void setTSIGKey(TSIG key) {
		// nobody signs questions to strangers
	}

	@Override
	public void setTimeout(Duration timeout) {
		// patience is the transport's
	}
}
