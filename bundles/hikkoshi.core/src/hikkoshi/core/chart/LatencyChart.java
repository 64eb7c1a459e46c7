package hikkoshi.core.chart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import hikkoshi.core.canary.CanaryResult;
import hikkoshi.core.canary.CanaryRoute;
import hikkoshi.core.document.Ink;
import hikkoshi.core.document.Picture;
import hikkoshi.core.document.Shape.Anchor;
import hikkoshi.core.document.Shape.Dot;
import hikkoshi.core.document.Shape.Form;
import hikkoshi.core.document.Shape.Line;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;

/// How long canaries flew, route by route, on a scale of decades. A disc arrived on the new side, a square on the old one; a dash is the median. By the clocks of
/// two machines: what arrives before it set out stands at the left edge.
public record LatencyChart(List<CanaryResult> canaries, Phrases words) {
	private static final double LEFT = 190;
	private static final double RIGHT = 120;
	private static final int ROW = 30;
	private static final int FRAME = 96;
	private static final int MOST_PLACES = 200;
	private static final int[] SECONDS = {1, 10, 60, 600, 3_600, 36_000, 86_400};
	private static final double SMALLEST = 3;
	private static final double LARGEST = 8;

	public LatencyChart {
		canaries = List.copyOf(canaries);
	}

	/// The flights of one route.
	private record Flights(List<Duration> onNew, List<Duration> onOld, int missing) {}

	public Picture picture() {
		Map<String, Flights> routes = routes();
		Duration most = routes.values().stream().flatMap(flights -> Stream.concat(flights.onNew().stream(), flights.onOld().stream()))
				.max(Duration::compareTo).orElse(Duration.ZERO);
		int end = SECONDS.length - 1;
		while (end > 2 && SECONDS[end - 1] > most.toSeconds()) {
			end--;
		}
		int last = end;
		Sheet sheet = new Sheet(words, FRAME + ROW * Math.max(1, routes.size()), LEFT, 0);
		double width = sheet.right - RIGHT - sheet.left;
		sheet.legend(Ink.NEW, words.say("chart.on-new"));
		sheet.legend(Ink.OLD, words.say("chart.on-old"));
		for (int i = 0; i <= last; i++) {
			double x = sheet.left + width * place(SECONDS[i], SECONDS[last]);
			sheet.behind(new Line(x, sheet.top, x, sheet.bottom, Ink.RULE, false));
			sheet.text(x, sheet.bottom + 14, words.say("chart.duration." + SECONDS[i]), Anchor.MIDDLE, Ink.SOFT);
		}
		sheet.text(sheet.left + width, sheet.bottom + 28, words.say("chart.latency.axis"), Anchor.END, Ink.SOFT);
		int row = 0;
		StringBuilder description = new StringBuilder();
		for (Map.Entry<String, Flights> route : routes.entrySet()) {
			double y = sheet.top + ROW * row++ + ROW / 2.0;
			Flights flights = route.getValue();
			String name = name(route.getKey());
			sheet.behind(new Line(sheet.left, y, sheet.left + width, y, Ink.RULE, false));
			sheet.text(sheet.left - 8, y + 4, name, Anchor.END, Ink.TEXT);
			dots(sheet, y, width, SECONDS[last], flights.onNew(), Form.DISC, Ink.NEW);
			dots(sheet, y, width, SECONDS[last], flights.onOld(), Form.SQUARE, Ink.OLD);
			Optional<Duration> median = median(flights);
			median.ifPresent(value -> {
				double x = sheet.left + width * place(value.toSeconds(), SECONDS[last]);
				sheet.add(new Line(x, y - 11, x, y + 11, Ink.TEXT, false));
			});
			int arrived = flights.onNew().size() + flights.onOld().size();
			sheet.text(sheet.right, y + 4, words.say("chart.latency.count", arrived, arrived + flights.missing()), Anchor.END, flights.missing() == 0 ? Ink.SOFT : Ink.TEXT);
			description.append(description.isEmpty() ? "" : " ").append(words.say("chart.latency.text", name, arrived + flights.missing(), flights.onNew().size(),
					flights.onOld().size(), flights.missing(), median.map(Duration::toSeconds).map(String::valueOf).orElse("–")));
		}
		if (routes.isEmpty()) {
			sheet.nothing(words.say("chart.latency.none"));
			description.append(words.say("chart.latency.none"));
		}
		return sheet.picture(words.say("chart.latency"), description.toString());
	}

	private String name(String token) {
		return token.startsWith("outside:") ? words.say("chart.route.outside", token.substring("outside:".length())) : words.say("chart.route." + token);
	}

	private Map<String, Flights> routes() {
		Map<String, Flights> routes = new TreeMap<>();
		for (CanaryResult result : canaries) {
			if (!result.canary().mayArrive()) {
				continue;
			}
			CanaryRoute route = result.canary().route();
			Flights before = routes.getOrDefault(route.token(), new Flights(List.of(), List.of(), 0));
			List<Duration> onNew = new ArrayList<>(before.onNew());
			List<Duration> onOld = new ArrayList<>(before.onOld());
			result.latency(Side.NEW).ifPresent(onNew::add);
			result.latency(Side.OLD).ifPresent(onOld::add);
			routes.put(route.token(), new Flights(onNew, onOld, before.missing() + (result.isMissing() ? 1 : 0)));
		}
		return routes;
	}

	private static Optional<Duration> median(Flights flights) {
		List<Duration> all = new ArrayList<>(flights.onNew());
		all.addAll(flights.onOld());
		all.sort(Duration::compareTo);
		return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() / 2));
	}

	/// Decades: a second at 0, the end at 1.
	private static double place(long seconds, long end) {
		return Math.clamp(Math.log(Math.max(1, seconds)) / Math.log(end), 0, 1);
	}

	/// Many flights of the same length are one larger dot.
	private void dots(Sheet sheet, double y, double width, long end, List<Duration> flights, Form form, Ink ink) {
		Map<Integer, Integer> places = new TreeMap<>();
		flights.forEach(flight -> places.merge((int) Math.round(place(flight.toSeconds(), end) * MOST_PLACES), 1, Integer::sum));
		places.forEach((place, count) -> sheet.add(new Dot(sheet.left + width * place / MOST_PLACES, y, Math.min(LARGEST, SMALLEST + Math.log(count)), form, ink,
				words.say("chart.latency.tip", count))));
	}
}
