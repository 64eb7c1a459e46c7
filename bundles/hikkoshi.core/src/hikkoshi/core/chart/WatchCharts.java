package hikkoshi.core.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.document.Picture;
import hikkoshi.core.ledger.Source;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.WatchDetails;

/// The charts of one domain, in the order in which people are shown them.
public enum WatchCharts {
	ARRIVALS("arrivals"),
	AUTHORITIES("authorities"),
	RESOLVERS("resolvers"),
	CANARIES("canaries");

	private final String token;

	WatchCharts(String token) {
		this.token = token;
	}

	/// In names of files.
	public String token() {
		return token;
	}

	/// @param maxAge how long a server's word is good for
	public static Map<WatchCharts, Picture> of(WatchDetails details, Duration maxAge, ZoneId zone, Phrases words) {
		TimeSpan span = TimeSpan.around(details.began(), details.watch().ledger().now(), zone);
		@Nullable Instant cutover = details.cutover().orElse(null);
		@Nullable Instant deadline = details.deadline().orElse(null);
		Map<WatchCharts, Picture> charts = new LinkedHashMap<>();
		for (WatchCharts chart : values()) {
			charts.put(chart, switch (chart) {
				case ARRIVALS -> new ArrivalChart(details.arrivals(), cutover, deadline, span, words).picture();
				case AUTHORITIES -> new ConvergenceChart(details.watch().ledger(), Source.Kind.AUTHORITATIVE, maxAge, cutover, deadline, span, words).picture();
				case RESOLVERS -> new ConvergenceChart(details.watch().ledger(), Source.Kind.RESOLVER, maxAge, cutover, deadline, span, words).picture();
				case CANARIES -> new LatencyChart(details.canaries(), words).picture();
			});
		}
		return charts;
	}
}
