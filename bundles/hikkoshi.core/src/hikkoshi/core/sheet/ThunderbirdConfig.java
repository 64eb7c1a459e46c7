package hikkoshi.core.sheet;

import java.io.StringWriter;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import hikkoshi.core.document.Plain;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;

/// One side of a set-up in the form that Thunderbird and its kin read (config-v1.1: `https://autoconfig.DOMAIN/mail/config-v1.1.xml`, or the folder
/// `isp` of an installation). Where the login name is the address or its local part, the text holds the placeholder for it, so that one file does for
/// a whole domain.
final class ThunderbirdConfig {
	private ThunderbirdConfig() {}

	static String of(SideSetup side, EmailAddress address) {
		StringWriter text = new StringWriter();
		try {
			XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
			xml.writeStartDocument("UTF-8", "1.0");
			start(xml, 0, "clientConfig");
			xml.writeAttribute("version", "1.1");
			start(xml, 1, "emailProvider");
			xml.writeAttribute("id", address.domain().ascii());
			leaf(xml, 2, "domain", address.domain().ascii());
			leaf(xml, 2, "displayName", address.domain().unicode() + " (" + side.side().token() + ")");
			leaf(xml, 2, "displayShortName", address.domain().unicode());
			for (Endpoint endpoint : side.receiving()) {
				server(xml, "incomingServer", endpoint.protocol() == Protocol.IMAP ? "imap" : "pop3", endpoint, side, address);
			}
			for (Endpoint endpoint : side.sending()) {
				server(xml, "outgoingServer", "smtp", endpoint, side, address);
			}
			end(xml, 1);
			end(xml, 0);
			xml.writeCharacters("\n");
			xml.writeEndDocument();
			xml.close();
		} catch (XMLStreamException e) {
			throw new IllegalStateException("XML into memory", e);
		}
		return text.toString();
	}

	private static void server(XMLStreamWriter xml, String element, String type, Endpoint endpoint, SideSetup side, EmailAddress address) throws XMLStreamException {
		start(xml, 2, element);
		xml.writeAttribute("type", type);
		leaf(xml, 3, "hostname", side.host());
		leaf(xml, 3, "port", String.valueOf(endpoint.port()));
		leaf(xml, 3, "socketType", socket(endpoint.security()));
		leaf(xml, 3, "authentication", side.isToken() ? "OAuth2" : "password-cleartext");
		leaf(xml, 3, "username", placeholder(side.user(), address));
		if (type.equals("pop3")) {
			start(xml, 3, "pop3");
			leaf(xml, 4, "leaveMessagesOnServer", "true");
			end(xml, 3);
		}
		end(xml, 2);
	}

	private static String socket(Security security) {
		return switch (security) {
			case TLS -> "SSL";
			case STARTTLS -> "STARTTLS";
			case NONE -> "plain";
		};
	}

	private static String placeholder(String user, EmailAddress address) {
		if (user.equals(address.toString())) {
			return "%EMAILADDRESS%";
		}
		return user.equals(address.localPart()) ? "%EMAILLOCALPART%" : user;
	}

	private static void start(XMLStreamWriter xml, int depth, String name) throws XMLStreamException {
		xml.writeCharacters("\n" + "  ".repeat(depth));
		xml.writeStartElement(name);
	}

	private static void end(XMLStreamWriter xml, int depth) throws XMLStreamException {
		xml.writeCharacters("\n" + "  ".repeat(depth));
		xml.writeEndElement();
	}

	private static void leaf(XMLStreamWriter xml, int depth, String name, String text) throws XMLStreamException {
		start(xml, depth, name);
		xml.writeCharacters(Plain.of(text));
		xml.writeEndElement();
	}
}
