package hikkoshi.core.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.watch.Condition;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.WatchNews;

/// Verdicts and news for programs: one line of JSON, ids and arguments as evidence has them. All in ASCII, so that a hostile server's name in it cannot steer a
/// terminal (RFC 8259, 7).
public final class WatchJson {
	private static final int PRINTABLE = 0x20;
	private static final int DELETE = 0x7f;

	private WatchJson() {}

	public static String of(DomainWatch watch) {
		return "{" + fields(watch) + "}";
	}

	/// The same, and what is new.
	public static String of(WatchNews news) {
		String what = switch (news) {
			case WatchNews.Turned turned -> "\"before\":" + text(token(turned.before()));
			case WatchNews.Straggling straggling -> "\"stragglers\":" + straggling.arrivals().size();
		};
		return "{" + fields(news.watch()) + ",\"news\":{" + what + "," + reason(news.reason()) + "}}";
	}

	private static String fields(DomainWatch watch) {
		String conditions = watch.verdict().conditions().stream().map(WatchJson::condition).collect(Collectors.joining(","));
		return "\"domain\":" + text(watch.domain().name().toString()) + ",\"at\":" + text(watch.ledger().now().toString()) + ",\"state\":"
				+ text(token(watch.verdict().state())) + ",\"conditions\":[" + conditions + "]";
	}

	private static String condition(Condition condition) {
		String details = condition.details().stream().map(detail -> "{" + reason(detail) + "}").collect(Collectors.joining(","));
		return "{\"kind\":" + text(token(condition.kind())) + ",\"standing\":" + text(token(condition.standing())) + "," + reason(condition.reason()) + ",\"details\":["
				+ details + "]}";
	}

	private static String reason(Reason reason) {
		return "\"reason\":" + text(reason.id()) + ",\"args\":" + texts(reason.args());
	}

	private static String texts(List<String> all) {
		return all.stream().map(WatchJson::text).collect(Collectors.joining(",", "[", "]"));
	}

	private static String token(Enum<?> word) {
		return word.name().toLowerCase(Locale.ROOT);
	}

	private static String text(String text) {
		StringBuilder json = new StringBuilder(text.length() + 2).append('"');
		for (char c : text.toCharArray()) {
			if (c == '"' || c == '\\') {
				json.append('\\').append(c);
			} else if (c < PRINTABLE || c >= DELETE) {
				json.append(String.format("\\u%04x", (int) c));
			} else {
				json.append(c);
			}
		}
		return json.append('"').toString();
	}
}
