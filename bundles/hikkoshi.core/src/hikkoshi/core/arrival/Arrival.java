package hikkoshi.core.arrival;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import hikkoshi.core.model.Server;

import org.jspecify.annotations.Nullable;

/// A message that was seen in a mailbox: where, when it came, and who brought it. Nothing of what it says is kept: no subject, no body.
///
/// @param folder in which it was seen
/// @param uid its UID there, or its unique id of POP3
/// @param received the time of the top `Received` field: when the last server took it. Null when there is none that can be believed
/// @param internal INTERNALDATE, or null. After a copy it may be anything: it never stands alone for a moment of arrival
/// @param sender who handed it to the server from outside
/// @param envelope the sender's address of the envelope (Return-Path), empty for the null sender or when the server does not say
/// @param from the address of the author
/// @param messageId without brackets
/// @param canary the token of a canary that it claims to be
/// @param legs its way from the first hop to the last, e.g. `mx.example=2026-11-24T19:40:00Z`
/// @param size in octets, or -1
public record Arrival(String folder, String uid, @Nullable Instant received, @Nullable Instant internal, Sender sender, String envelope, String from,
		String messageId, String canary, List<Leg> legs, long size) {
	/// What of a message's header must be asked for.
	public static final List<String> FIELDS = List.of("RECEIVED", "RETURN-PATH", "FROM", "MESSAGE-ID", CanaryToken.HEADER.toUpperCase(Locale.ROOT));
	/// Characters of one field that are kept.
	private static final int MOST = 200;
	private static final Pattern IN_ANGLES = Pattern.compile("<([^<>]{0,320})>");
	private static final Pattern BARE = Pattern.compile("[^\\s<>,;:\"()]{1,64}@[^\\s<>,;:\"()]{1,255}");

	/// The mail server from which a message came in.
	///
	/// @param name that was found for its address; empty when there was none
	/// @param helo the name that it gave itself
	/// @param address as text; empty when the message was born on the server
	/// @param by the server that took it from there
	/// @param with how, e.g. `ESMTPS`; one that ends in `A` was a login (RFC 3848)
	/// @param id under which that server's log has it
	public record Sender(String name, String helo, String address, String by, String with, String id) {
		public static final Sender NOBODY = new Sender("", "", "", "", "", "");

		/// Whether the message was not handed in from outside, but born on the server or given to it by a login.
		public boolean isLocal() {
			return address.isEmpty() && helo.isEmpty() && name.isEmpty() || isLogin();
		}

		/// RFC 3848: ESMTPA, ESMTPSA.
		public boolean isLogin() {
			return with.endsWith("A") && with.startsWith("ESMTP");
		}

		/// How people are told who it was: the name that was found, else the address, else what it called itself.
		public String shown() {
			return !name.isEmpty() ? name : !address.isEmpty() ? address : helo;
		}

		/// The literal address, where there is one.
		public Optional<InetAddress> literal() {
			try {
				return address.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(address));
			} catch (IllegalArgumentException e) {
				return Optional.empty();
			}
		}
	}

	public Arrival {
		legs = List.copyOf(legs);
	}

	/// Reads a header as it came.
	///
	/// @param server that holds the mailbox
	/// @param header as much of it as was asked for; hostile text
	/// @param clean makes a word of it fit to be kept
	public static Arrival of(Server server, String folder, String uid, @Nullable Instant internal, long size, String header, UnaryOperator<String> clean) {
		HeaderFields fields = HeaderFields.parse(header);
		Trace trace = Trace.of(fields);
		UnaryOperator<String> kept = text -> clean.apply(text.substring(0, Math.min(text.length(), MOST)));
		Sender sender = trace.entry(server).map(hop -> new Sender(kept.apply(hop.reverse()), kept.apply(hop.helo()), hop.address(), kept.apply(hop.by()),
				kept.apply(hop.with()), kept.apply(hop.id()))).orElse(Sender.NOBODY);
		List<Leg> legs = trace.legs().stream().map(leg -> new Leg(word(kept.apply(leg.by())), leg.at())).toList();
		return new Arrival(kept.apply(folder), kept.apply(uid), trace.received().orElse(null), internal, sender,
				kept.apply(fields.first("Return-Path").map(Arrival::address).orElse("")), kept.apply(fields.first("From").map(Arrival::address).orElse("")),
				kept.apply(fields.first("Message-ID").map(Arrival::address).orElse("")),
				fields.first(CanaryToken.HEADER).flatMap(CanaryToken::parse).map(CanaryToken::text).orElse(""), legs, size);
	}

	/// A message whose header could not be had: that it is there is all that is known.
	public static Arrival unreadable(String folder, String uid, UnaryOperator<String> clean) {
		return new Arrival(clean.apply(folder), clean.apply(uid), null, null, Sender.NOBODY, "", "", "", "", List.of(), -1);
	}

	/// When it came, as well as can be said: the top `Received`, else what the server dated it.
	public Optional<Instant> came() {
		return Optional.ofNullable(received != null ? received : internal);
	}

	/// Whether the time of its arrival is the trace's and not the server's date alone.
	public boolean isDated() {
		return received != null;
	}

	/// From the first hop to the last; empty when less than two are known.
	public Optional<Duration> latency() {
		return Leg.whole(legs);
	}

	private static String word(String text) {
		return text.replaceAll("[\\s=]", "_");
	}

	private static String address(String field) {
		List<String> found = new ArrayList<>();
		Matcher angles = IN_ANGLES.matcher(field);
		while (angles.find()) {
			found.add(angles.group(1).strip());
		}
		if (!found.isEmpty()) {
			return found.getLast();
		}
		Matcher bare = BARE.matcher(field);
		return bare.find() ? bare.group() : "";
	}
}
