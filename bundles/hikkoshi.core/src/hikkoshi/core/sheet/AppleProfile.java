package hikkoshi.core.sheet;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import hikkoshi.core.document.Plain;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.text.Phrases;

/// Both accounts of a set-up as an Apple configuration profile (`com.apple.mail.managed`), unsigned. The same mailbox always has the same identifiers, so
/// that a newer profile replaces an older one instead of standing beside it. Holds no password: the device asks for it.
final class AppleProfile {
	private AppleProfile() {}

	/// @return empty where no side can be set up so: without receiving or sending, or with a sign-in by OAuth 2.0
	static Optional<String> of(Setup setup, Phrases words) {
		EmailAddress address = setup.mailbox().address();
		List<Map<String, Object>> accounts = new ArrayList<>();
		for (SideSetup side : setup.sides()) {
			if (!side.isToken() && !side.receiving().isEmpty() && !side.sending().isEmpty()) {
				accounts.add(account(side, address, words));
			}
		}
		if (accounts.isEmpty()) {
			return Optional.empty();
		}
		Map<String, Object> profile = payload("Configuration", "hikkoshi." + address, words.say("sheet.profile", address.toString()));
		profile.put("PayloadDescription", words.say("sheet.profile.text", address.toString()));
		profile.put("PayloadRemovalDisallowed", Boolean.FALSE);
		profile.put("PayloadContent", accounts);
		return Optional.of(write(profile));
	}

	private static Map<String, Object> account(SideSetup side, EmailAddress address, Phrases words) {
		Endpoint in = side.receiving().getFirst();
		Endpoint out = side.sending().getFirst();
		String title = words.say("sheet.account-name." + side.side().token(), address.toString());
		Map<String, Object> account = payload("com.apple.mail.managed", "hikkoshi." + address + "." + side.side().token(), title);
		account.put("EmailAccountDescription", title);
		account.put("EmailAccountType", in.protocol() == Protocol.IMAP ? "EmailTypeIMAP" : "EmailTypePOP");
		account.put("EmailAddress", address.toString());
		account.put("IncomingMailServerAuthentication", "EmailAuthPassword");
		account.put("IncomingMailServerHostName", side.host());
		account.put("IncomingMailServerPortNumber", in.port());
		account.put("IncomingMailServerUseSSL", in.security() != Security.NONE);
		account.put("IncomingMailServerUsername", side.user());
		account.put("OutgoingMailServerAuthentication", "EmailAuthPassword");
		account.put("OutgoingMailServerHostName", side.host());
		account.put("OutgoingMailServerPortNumber", out.port());
		account.put("OutgoingMailServerUseSSL", out.security() != Security.NONE);
		account.put("OutgoingMailServerUsername", side.user());
		account.put("OutgoingPasswordSameAsIncomingPassword", Boolean.TRUE);
		return account;
	}

	private static Map<String, Object> payload(String type, String identifier, String title) {
		Map<String, Object> payload = new LinkedHashMap<>();
		payload.put("PayloadType", type);
		payload.put("PayloadVersion", 1);
		payload.put("PayloadIdentifier", identifier);
		payload.put("PayloadUUID", UUID.nameUUIDFromBytes(identifier.getBytes(StandardCharsets.UTF_8)).toString().toUpperCase(Locale.ROOT));
		payload.put("PayloadDisplayName", title);
		return payload;
	}

	private static String write(Map<String, Object> profile) {
		StringWriter text = new StringWriter();
		try {
			XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
			xml.writeStartDocument("UTF-8", "1.0");
			xml.writeCharacters("\n");
			xml.writeDTD("<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">");
			xml.writeCharacters("\n");
			xml.writeStartElement("plist");
			xml.writeAttribute("version", "1.0");
			value(xml, profile, 0);
			xml.writeCharacters("\n");
			xml.writeEndElement();
			xml.writeCharacters("\n");
			xml.writeEndDocument();
			xml.close();
		} catch (XMLStreamException e) {
			throw new IllegalStateException("XML into memory", e);
		}
		return text.toString();
	}

	private static void value(XMLStreamWriter xml, Object value, int depth) throws XMLStreamException {
		indent(xml, depth);
		switch (value) {
			case Boolean truth -> xml.writeEmptyElement(truth ? "true" : "false");
			case Integer number -> leaf(xml, "integer", number.toString());
			case String text -> leaf(xml, "string", text);
			case List<?> list -> {
				xml.writeStartElement("array");
				for (Object each : list) {
					value(xml, each, depth + 1);
				}
				indent(xml, depth);
				xml.writeEndElement();
			}
			case Map<?, ?> map -> {
				xml.writeStartElement("dict");
				for (Map.Entry<?, ?> each : map.entrySet()) {
					indent(xml, depth + 1);
					leaf(xml, "key", String.valueOf(each.getKey()));
					value(xml, each.getValue(), depth + 1);
				}
				indent(xml, depth);
				xml.writeEndElement();
			}
			default -> throw new IllegalArgumentException("no plist value: " + value.getClass());
		}
	}

	private static void leaf(XMLStreamWriter xml, String element, String text) throws XMLStreamException {
		xml.writeStartElement(element);
		xml.writeCharacters(Plain.of(text));
		xml.writeEndElement();
	}

	private static void indent(XMLStreamWriter xml, int depth) throws XMLStreamException {
		xml.writeCharacters("\n" + "  ".repeat(depth));
	}
}
