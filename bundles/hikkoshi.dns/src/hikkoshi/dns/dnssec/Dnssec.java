package hikkoshi.dns.dnssec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.dnssec.ValidatingResolver;

import hikkoshi.core.model.DnsSettings;
import hikkoshi.dns.delegation.Delegation;

/// Validates sets of records with dnsjava's validator over our own questions. Blocks; an interrupt ends it. Safe for several threads: each evaluation has a
/// validator of its own, since what one of them keeps of a failure would hide the reason from the next; questions are shared by the source.
public final class Dnssec {
	/// DS of the root's keys (IANA, root-anchors.xml): KSK-2017, and KSK-2024, in use from October 2026.
	private static final List<String> IANA = List.of("20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
			"38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16");
	private static final int BUFFER = 1_232;
	private final SignedSource source;
	private final List<String> anchors;
	private final Clock clock;

	/// @param anchors DS data of the root's keys; when empty, everything is [Security.State#UNJUDGED]
	public Dnssec(SignedSource source, List<String> anchors, Clock clock) {
		this.source = source;
		this.anchors = List.copyOf(anchors);
		this.clock = clock;
	}

	/// Of the live servers. IANA's keys count for the public roots only: those of a laboratory cannot have them.
	public static Dnssec live(Delegation delegation, DnsSettings settings, Clock clock) {
		return new Dnssec(new Authorities(delegation), settings.anchors().isEmpty() && settings.roots().isEmpty() ? IANA : settings.anchors(), clock);
	}

	/// Whether what the servers say of a name and type — yes or no — is proven.
	public Security judge(Name name, int type) throws IOException, InterruptedException {
		if (anchors.isEmpty()) {
			return Security.UNJUDGED;
		}
		Head head = new Head(source);
		ValidatingResolver validator = new ValidatingResolver(head, clock);
		try {
			validator.loadTrustAnchors(new ByteArrayInputStream(anchorFile().getBytes(StandardCharsets.US_ASCII)));
		} catch (IOException | RuntimeException e) {
			return new Security(Security.State.INDETERMINATE, Security.Why.NONE, ".", "trust anchors: " + e.getMessage(), null);
		}
		Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
		query.addRecord(new OPTRecord(BUFFER, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
		query.getHeader().setFlag(Flags.AD);
		Message answer;
		try {
			answer = validator.sendAsync(query, Runnable::run).toCompletableFuture().get();
		} catch (ExecutionException e) {
			head.failIfInterrupted();
			String words = head.unanswered().isEmpty() ? String.valueOf(e.getCause()) : head.unanswered();
			return new Security(Security.State.INDETERMINATE, Security.Why.NONE, name.toString(true), words, null);
		}
		head.failIfInterrupted();
		if (answer.getHeader().getFlag(Flags.AD)) {
			return new Security(Security.State.SECURE, Security.Why.NONE, "", "", Chain.of(head.said()).firstEnd(clock.instant()));
		}
		if (answer.getRcode() != Rcode.SERVFAIL) {
			return new Security(Security.State.INSECURE, Security.Why.NONE, "", words(answer), null);
		}
		if (!head.unanswered().isEmpty()) {
			return new Security(Security.State.INDETERMINATE, Security.Why.NONE, name.toString(true), head.unanswered(), null);
		}
		return Chain.of(head.said()).fault(words(answer), clock.instant());
	}

	private String anchorFile() {
		StringBuilder file = new StringBuilder();
		anchors.forEach(anchor -> file.append(". 172800 IN DS ").append(anchor).append('\n'));
		return file.toString();
	}

	private static String words(Message answer) {
		return answer.getSection(Section.ADDITIONAL).stream()
				.filter(record -> record instanceof TXTRecord && record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS)
				.flatMap(record -> ((TXTRecord) record).getStrings().stream()).findFirst().orElse("");
	}
}
