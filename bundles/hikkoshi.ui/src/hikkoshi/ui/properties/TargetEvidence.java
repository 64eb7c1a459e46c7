package hikkoshi.ui.properties;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ages;
import hikkoshi.ui.TargetLabels;

/// What the newest evidence says of a target and of what belongs to it: the worst first. Pure; any thread but the UI thread.
///
/// @param doors the accounts and presences that are looked at, as the files have them
record TargetEvidence(Phrases words, Instant now, List<? extends Target> doors) {
	private static final int MOST = 40;

	/// @param migration empty when its files cannot be read: then only what is said of the target itself counts
	/// @param latest the newest word of each probe about each target
	List<PropertyRow> of(Target target, Optional<Migration> migration, Collection<Sighting> latest) {
		Predicate<String> about = about(target, migration);
		List<Sighting> found = latest.stream().filter(one -> about.test(one.evidence().target().value()))
				.sorted(Comparator.comparing((Sighting one) -> one.evidence().outcome()).reversed().thenComparing(Sighting::lastSeen, Comparator.reverseOrder()))
				.toList();
		List<PropertyRow> rows = new ArrayList<>();
		if (found.isEmpty()) {
			rows.add(new PropertyRow("evidence", words.say("properties.evidence"), words.say("properties.evidence.none")));
		}
		found.stream().limit(MOST).forEach(one -> rows.add(row(target, one)));
		if (found.size() > MOST) {
			rows.add(new PropertyRow("evidence", words.say("properties.evidence"), words.say("properties.evidence.more", found.size() - MOST)));
		}
		return rows;
	}

	private PropertyRow row(Target target, Sighting one) {
		String probe = words.title(one.evidence().probe());
		boolean isItself = one.evidence().target().equals(target.id());
		String sentence = words.say(one.evidence().reason());
		String value = words.say("properties.evidence.value", words.outcome(one.evidence().outcome()), Ages.say(one.lastSeen(), now, words), sentence);
		List<Facts> below = new ArrayList<>();
		doors.stream().filter(door -> door.id().equals(one.evidence().target())).findFirst().map(this::expected).ifPresent(below::add);
		below.add(one.evidence().facts());
		return new PropertyRow("evidence", isItself ? probe : words.say("properties.evidence.of", probe, TargetLabels.of(one.evidence().target(), words)),
				value, sentence + words.remedy(one.evidence().reason()).map(remedy -> " " + remedy).orElse(""), below);
	}

	/// What has to be so for the probe to pass.
	private Facts expected(Target target) {
		return switch (target) {
			case Account account -> Facts.Tree.of("properties.expected.login", expected(account.door(), words.say("properties.expected.user", account.user())));
			case Presence presence -> Facts.Tree.of("properties.expected.recipient", expected(presence.door(), words.say("properties.expected.accepts", presence.recipient())));
			default -> Facts.NONE;
		};
	}

	private String expected(Door door, String more) {
		String security = words.say("properties.security." + door.endpoint().security().token());
		String certificate = door.endpoint().security() == Security.NONE ? ""
				: door.server().pins().isEmpty() ? words.say("properties.expected.name", door.server().name().unicode()) : words.say("properties.expected.pin", door.server().name().unicode());
		return Stream.of(words.say("properties.expected.door", IpText.of(door.address()), String.valueOf(door.endpoint().port()), security), certificate, more)
				.filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
	}

	private static Predicate<String> about(Target target, Optional<Migration> migration) {
		Predicate<String> itself = target.id().value()::equals;
		return switch (target) {
			case Server server -> {
				String account = Account.idPrefix(server);
				String rest = account.substring("account:".length());
				yield itself.or(id -> id.startsWith(account) || id.startsWith("door:" + rest) || id.startsWith("presence:" + rest));
			}
			case Mailbox mailbox -> itself.or(ids(mailbox.address()::equals, migration)::contains);
			case Recipient recipient -> itself.or(ids(recipient.address()::equals, migration)::contains);
			case Domain domain -> itself.or(ids(address -> address.domain().equals(domain.name()), migration)::contains);
			default -> itself;
		};
	}

	/// Of the accounts and presences of addresses on both sides.
	private static Set<String> ids(Predicate<EmailAddress> wanted, Optional<Migration> migration) {
		Set<String> ids = new HashSet<>();
		for (Side side : Side.values()) {
			migration.ifPresent(all -> {
				all.addresses().stream().filter(wanted).forEach(address -> all.presences(address, side).forEach(presence -> ids.add(presence.id().value())));
				all.mailboxes().stream().filter(mailbox -> wanted.test(mailbox.address()))
						.forEach(mailbox -> all.accounts(mailbox, side).forEach(account -> ids.add(account.id().value())));
			});
		}
		return ids;
	}
}
