package hikkoshi.core.sheet;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import hikkoshi.core.document.Block;
import hikkoshi.core.document.Block.Field;
import hikkoshi.core.document.Block.Fields;
import hikkoshi.core.document.Block.Heading;
import hikkoshi.core.document.Block.Notice;
import hikkoshi.core.document.Block.Paragraph;
import hikkoshi.core.document.Block.Steps;
import hikkoshi.core.document.Block.Subheading;
import hikkoshi.core.document.Block.Tone;
import hikkoshi.core.document.Document;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;

/// What a set-up sheet says to the owner of a mailbox, in words for people who have never heard of DNS.
///
/// @param zone in which its dates are written
public record SheetText(Phrases words, ZoneId zone) {
	public Document of(Setup setup) {
		String address = shown(setup);
		List<Block> blocks = new ArrayList<>();
		blocks.add(new Paragraph(words.say("sheet.intro", address)));
		blocks.add(new Paragraph(when(setup)));
		blocks.add(new Notice(Tone.NOTE, words.say("sheet.password")));
		for (SideSetup side : setup.sides()) {
			side(side, address, blocks);
		}
		blocks.add(new Heading(words.say("sheet.sending.title")));
		blocks.add(new Paragraph(setup.cutover() == null ? words.say("sheet.sending.some-day") : words.say("sheet.sending", date(setup.cutover()))));
		later(setup, blocks);
		programs(setup, address, blocks);
		return new Document(words.say("sheet.title", address), words.locale(), blocks);
	}

	/// With the domain as people read it.
	private static String shown(Setup setup) {
		return setup.mailbox().address().localPart() + "@" + setup.mailbox().address().domain().unicode();
	}

	private String when(Setup setup) {
		Instant cutover = setup.cutover();
		return cutover == null ? words.say("sheet.when.some-day") : words.say("sheet.when", date(cutover));
	}

	private void side(SideSetup side, String address, List<Block> blocks) {
		String token = side.side().token();
		blocks.add(new Heading(words.say("sheet." + token + ".title")));
		blocks.add(new Paragraph(words.say("sheet." + token + ".text")));
		List<Field> common = List.of(new Field(words.say("sheet.account-name"), words.say("sheet.account-name." + token, address), false),
				new Field(words.say("sheet.user"), side.user(), true),
				new Field(words.say("sheet.login"), words.say(side.isToken() ? "sheet.login.token" : "sheet.login." + token), false));
		blocks.add(new Fields("", common));
		for (Endpoint endpoint : side.receiving()) {
			blocks.add(fields(words.say("sheet.receiving." + endpoint.protocol().token()), side, endpoint));
		}
		if (side.receiving(Protocol.POP3).isPresent()) {
			blocks.add(new Notice(Tone.NOTE, words.say(side.receiving(Protocol.IMAP).isPresent() ? "sheet.pop3.choice" : "sheet.pop3.only")));
		}
		side.sending().forEach(endpoint -> blocks.add(fields(words.say("sheet.submission"), side, endpoint)));
		if (side.sending().isEmpty()) {
			blocks.add(new Notice(Tone.NOTE, words.say("sheet.no-submission")));
		}
		if (!side.isName()) {
			blocks.add(new Notice(Tone.WARNING, words.say("sheet.bare-address", side.host())));
			fingerprints(side, blocks);
		}
		if (side.receiving().stream().anyMatch(SheetText::isClear) || side.sending().stream().anyMatch(SheetText::isClear)) {
			blocks.add(new Notice(Tone.WARNING, words.say("sheet.unprotected")));
		}
	}

	private static boolean isClear(Endpoint endpoint) {
		return endpoint.security() == Security.NONE;
	}

	private Fields fields(String caption, SideSetup side, Endpoint endpoint) {
		return new Fields(caption, List.of(new Field(words.say("sheet.server"), side.host(), true),
				new Field(words.say("sheet.port"), String.valueOf(endpoint.port()), true),
				new Field(words.say("sheet.security"), words.say("sheet.security." + endpoint.security().token()), false)));
	}

	private void fingerprints(SideSetup side, List<Block> blocks) {
		if (side.fingerprints().isEmpty()) {
			blocks.add(new Notice(Tone.WARNING, words.say("sheet.fingerprint.unknown")));
			return;
		}
		blocks.add(new Fields(words.say("sheet.fingerprint.caption"),
				side.fingerprints().stream().map(sha256 -> new Field(words.say("sheet.fingerprint"), grouped(sha256), true)).toList()));
	}

	/// As mail programs show it: pairs with colons, upper case.
	private static String grouped(String hex) {
		List<String> pairs = new ArrayList<>();
		for (int at = 0; at + 2 <= hex.length(); at += 2) {
			pairs.add(hex.substring(at, at + 2).toUpperCase(Locale.ROOT));
		}
		return String.join(":", pairs);
	}

	private void later(Setup setup, List<Block> blocks) {
		Optional<SideSetup> old = setup.sides().stream().filter(side -> side.side() == Side.OLD).findFirst();
		if (old.isEmpty()) {
			return;
		}
		String host = old.get().host();
		Instant until = setup.keepUntil();
		blocks.add(new Heading(words.say("sheet.later.title")));
		blocks.add(new Notice(Tone.WARNING, until == null ? words.say("sheet.later.some-day", host) : words.say("sheet.later", host, date(until))));
		blocks.add(new Paragraph(words.say("sheet.later.stragglers")));
		String last = setup.lastName();
		boolean changes = last != null && setup.sides().stream().anyMatch(side -> side.side() == Side.NEW && !side.host().equals(last));
		if (changes) {
			blocks.add(new Paragraph(words.say("sheet.later.final-name", last)));
		}
	}

	private void programs(Setup setup, String address, List<Block> blocks) {
		blocks.add(new Heading(words.say("sheet.programs.title")));
		String hosts = setup.sides().stream().map(SideSetup::host).collect(Collectors.joining(", "));
		blocks.add(new Subheading(words.say("sheet.thunderbird.title")));
		blocks.add(new Steps(List.of(words.say("sheet.thunderbird.1"), words.say("sheet.thunderbird.2", address), words.say("sheet.thunderbird.3"),
				words.say("sheet.thunderbird.4"))));
		blocks.add(new Subheading(words.say("sheet.apple.title")));
		blocks.add(new Steps(List.of(words.say("sheet.apple.1"), words.say("sheet.apple.2"), words.say("sheet.apple.3"))));
		blocks.add(new Subheading(words.say("sheet.outlook.title")));
		blocks.add(new Steps(List.of(words.say("sheet.outlook.1"), words.say("sheet.outlook.2"), words.say("sheet.outlook.3"), words.say("sheet.outlook.4"))));
		blocks.add(new Paragraph(words.say(setup.sides().stream().allMatch(SideSetup::isName) ? "sheet.outlook.cloud" : "sheet.outlook.cloud-address", hosts)));
	}

	private String date(Instant instant) {
		return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT).withLocale(words.locale()).withZone(zone).format(instant) + " ("
				+ DateTimeFormatter.ofPattern("z", words.locale()).withZone(zone).format(instant) + ")";
	}
}
