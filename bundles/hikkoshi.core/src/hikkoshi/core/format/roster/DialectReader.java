package hikkoshi.core.format.roster;

/// Sends a text to the reader of its dialect.
final class DialectReader {
	private DialectReader() {}

	static void read(String text, Detector.Shape shape, Collector found) throws InterruptedException {
		switch (shape.dialect()) {
			case HIKKOSHI, EXCHANGE, EXCHANGE_STAGED, TABLE, KERIO_USERS, CLOUDM -> new HeadedReader(shape, found).read(text);
			case CPANEL, CPANEL_FORWARDERS -> {
				if (shape.header()) {
					new HeadedReader(shape, found).read(text);
				} else {
					new ListReader(shape, found).read(text);
				}
			}
			case PLESK -> {
				if (shape.header()) {
					new HeadedReader(shape, found).read(text);
				} else {
					new ListReader(shape, found).read(text);
				}
			}
			case IMAPSYNC, ISPMANAGER, KERIO, ADDRESSES, PASSWD -> new ListReader(shape, found).read(text);
			case POSTFIX_MAILBOXES, POSTFIX_ALIASES -> new MapReader(shape.dialect(), found).read(text);
			case ZONE -> new ZoneReader(text, found).read();
		}
	}
}
