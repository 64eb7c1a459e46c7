package hikkoshi.mail.internal.discover;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import hikkoshi.mail.internal.wire.Words;

/// Reads a stranger's XML: no document type, no entities of its own, nothing fetched, bounded in everything. Gives each element of certain names
/// with the texts of its children.
final class SetupXml {
	private static final int MOST_EVENTS = 20_000;
	private static final int DEEPEST = 40;
	private static final int LONGEST_TEXT = 300;
	private static final int MOST_BLOCKS = 50;

	private SetupXml() {}

	/// An element with the first text of each child, names in lower case.
	///
	/// @param type its attribute `type`, in lower case
	record Block(String element, String type, Map<String, String> texts) {
		String text(String child) {
			return texts.getOrDefault(child, "");
		}
	}

	/// Why a document cannot be used; the message holds nothing of the document but bounded, cleaned words.
	static final class BadDocumentException extends Exception {
		private static final long serialVersionUID = 1L;

		BadDocumentException(String message) {
			super(message, null, false, false);
		}
	}

	/// @param root what the document's root element must be called, in lower case
	/// @param wanted elements to take, in lower case
	static List<Block> read(byte[] document, String root, List<String> wanted) throws BadDocumentException {
		// the JDK's own, whatever else is about
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
		factory.setXMLResolver((_, _, _, _) -> {
			throw new XMLStreamException("nothing is fetched");
		});
		try {
			XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(document));
			try {
				return new Reader(xml, root, wanted).read();
			} finally {
				xml.close();
			}
		} catch (XMLStreamException | RuntimeException e) {
			throw new BadDocumentException(Words.clean(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
		}
	}

	/// One pass over one document.
	private static final class Reader {
		private final XMLStreamReader xml;
		private final String root;
		private final List<String> wanted;
		private final Deque<String> path = new ArrayDeque<>();
		private final Deque<Open> open = new ArrayDeque<>();
		private final List<Block> blocks = new ArrayList<>();
		private final StringBuilder text = new StringBuilder();

		private record Open(int depth, String type, Map<String, String> texts) {}

		Reader(XMLStreamReader xml, String root, List<String> wanted) {
			this.xml = xml;
			this.root = root;
			this.wanted = wanted;
		}

		List<Block> read() throws XMLStreamException, BadDocumentException {
			for (int i = 0; xml.hasNext(); i++) {
				if (i > MOST_EVENTS) {
					throw new BadDocumentException("more than " + MOST_EVENTS + " pieces");
				}
				switch (xml.next()) {
					case XMLStreamConstants.DTD -> throw new BadDocumentException("DOCTYPE");
					case XMLStreamConstants.ENTITY_REFERENCE -> throw new BadDocumentException("entity");
					case XMLStreamConstants.START_ELEMENT -> begin(lower(xml.getLocalName()));
					case XMLStreamConstants.END_ELEMENT -> end(lower(xml.getLocalName()));
					case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
						int room = LONGEST_TEXT - text.length();
						String part = xml.getText();
						text.append(part, 0, Math.clamp(part.length(), 0, Math.max(0, room)));
					}
					default -> {
						// comments and instructions say nothing here
					}
				}
			}
			return List.copyOf(blocks);
		}

		private void begin(String name) throws BadDocumentException {
			if (path.isEmpty() && !name.equals(root)) {
				throw new BadDocumentException("<" + Words.clean(name) + ">");
			}
			if (path.size() == DEEPEST) {
				throw new BadDocumentException("deeper than " + DEEPEST);
			}
			path.push(name);
			text.setLength(0);
			if (wanted.contains(name)) {
				String type = xml.getAttributeValue(null, "type");
				open.push(new Open(path.size(), type == null ? "" : lower(type), new HashMap<>()));
			}
		}

		private void end(String name) throws BadDocumentException {
			Open at = open.peek();
			if (at != null && path.size() == at.depth() + 1) {
				at.texts().putIfAbsent(name, text.toString().strip());
			}
			if (at != null && path.size() == at.depth()) {
				if (blocks.size() == MOST_BLOCKS) {
					throw new BadDocumentException("more than " + MOST_BLOCKS + " servers");
				}
				blocks.add(new Block(name, at.type(), Map.copyOf(at.texts())));
				open.pop();
			}
			path.pop();
			text.setLength(0);
		}

		private static String lower(String name) {
			return name.toLowerCase(Locale.ROOT);
		}
	}
}
