package hikkoshi.core.tests.chart;

import static hikkoshi.core.tests.watch.Scene.HOUR;
import static hikkoshi.core.tests.watch.Scene.at;
import static hikkoshi.core.tests.watch.Scene.cache;
import static hikkoshi.core.tests.watch.Scene.ns;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import hikkoshi.core.chart.ArrivalChart;
import hikkoshi.core.chart.TimeSpan;
import hikkoshi.core.chart.WatchCharts;
import hikkoshi.core.document.HtmlPage;
import hikkoshi.core.document.Ink;
import hikkoshi.core.document.Picture;
import hikkoshi.core.document.Shape;
import hikkoshi.core.document.Svg;
import hikkoshi.core.model.Side;
import hikkoshi.core.report.WatchReport;
import hikkoshi.core.tests.watch.Scene;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.WatchDetails;

class WatchChartsTest {
	private static final Phrases ENGLISH = Phrases.of(Locale.ENGLISH, List.of());
	private static final Duration GOOD = Duration.ofHours(24);
	private static final int CUTOVER = 20 * HOUR;

	/// Mail all the time, a cutover, stragglers, a hole, canaries of which one is lost, a resolver that is late and one that is silent.
	private static Scene move(int messages) {
		Scene scene = new Scene("ann", "bob");
		Random random = new Random(7);
		int end = 60 * HOUR;
		for (int now = 0; now <= end; now += HOUR / 2) {
			scene.mx(ns(1), now < CUTOVER ? Side.OLD : Side.NEW, 3_600).mx(ns(2), now < CUTOVER + 2 * HOUR ? Side.OLD : Side.NEW, 3_600);
			scene.mx(cache(1), now < CUTOVER + HOUR ? Side.OLD : Side.NEW, 600).mx(cache(2), now < CUTOVER + 9 * HOUR ? Side.OLD : Side.NEW, 600);
			scene.silent(cache(3)).look(now);
			scene.quiet(Side.OLD, now);
			scene.quiet(Side.NEW, now);
		}
		for (int i = 0; i < messages; i++) {
			int came = (int) ((long) i * (end - 60) / messages);
			boolean isLate = came < CUTOVER || random.nextInt(Math.max(1, (came - CUTOVER) / HOUR)) == 0;
			scene.arrives(i % 3 == 0 ? "ann" : "bob", isLate ? Side.OLD : Side.NEW, came, came + 30, null);
		}
		scene.hole("ann", Side.OLD, 41 * HOUR);
		scene.canaries("ann", Side.NEW, 30 * HOUR);
		scene.canaries("bob", Side.OLD, 21 * HOUR);
		scene.sends("ann", Scene.OLD_WAY, 50 * HOUR);
		return scene;
	}

	private static WatchDetails details(Scene scene, int now) {
		DomainWatch watch = scene.watch(now);
		return WatchDetails.of(watch, scene.migration, scene.evidence);
	}

	private static Map<WatchCharts, Picture> charts(Scene scene, int now, Phrases words) {
		return WatchCharts.of(details(scene, now), GOOD, ZoneOffset.UTC, words);
	}

	private static long count(Picture picture, Ink ink) {
		return picture.shapes().stream().filter(shape -> shape instanceof Shape.Box box && box.ink() == ink && !box.tip().isEmpty()
				|| shape instanceof Shape.Dot dot && dot.ink() == ink).count();
	}

	private static List<String> texts(Picture picture) {
		return picture.shapes().stream().filter(Shape.Text.class::isInstance).map(shape -> ((Shape.Text) shape).words()).toList();
	}

	@Test
	void showBothSidesTheCutoverAndTheDeadline() {
		WatchDetails details = details(move(600), 60 * HOUR);
		assertThat(details.cutover()).as("seen, not planned").contains(at(CUTOVER));
		Picture arrivals = WatchCharts.of(details, GOOD, ZoneOffset.UTC, ENGLISH).get(WatchCharts.ARRIVALS);
		assertThat(count(arrivals, Ink.NEW)).isGreaterThan(20);
		assertThat(count(arrivals, Ink.OLD)).isGreaterThan(20);
		assertThat(count(arrivals, Ink.OTHER)).as("canaries").isPositive();
		assertThat(count(arrivals, Ink.VEIL)).as("the hole").isPositive();
		assertThat(texts(arrivals)).contains("Cutover 2026-03-02 08:00", "Old side", "2026-03-01 – 2026-03-04 (UTC)").anyMatch(text -> text.startsWith("Deadline of the caches"));
		assertThat(arrivals.description()).contains("messages on the new side", "came to the old side after the deadline");
	}

	@Test
	void showHowAnswersTurnAndHowLongCanariesFly() {
		Map<WatchCharts, Picture> charts = charts(move(10), 60 * HOUR, ENGLISH);
		assertThat(charts.get(WatchCharts.AUTHORITIES).description()).isEqualTo("At 2026-03-04 00:01 (UTC), of 2 answers (servers × records that change): 2 new, 0 old, 0 neither, 0 not known.");
		assertThat(charts.get(WatchCharts.RESOLVERS).description()).contains("of 3 answers", "2 new, 0 old, 0 neither, 1 not known");
		assertThat(count(charts.get(WatchCharts.RESOLVERS), Ink.SILENT)).isPositive();
		Picture canaries = charts.get(WatchCharts.CANARIES);
		assertThat(count(canaries, Ink.NEW)).as("one dot for those that took the same").isEqualTo(2);
		assertThat(count(canaries, Ink.OLD)).isEqualTo(2);
		assertThat(canaries.description()).contains("Sent by OLD, natural way: 7 sent, 3 arrived on the new side, 3 on the old one, 1 missing, median 60 s.");
	}

	@Test
	void theSameEvidenceGivesTheSameBytesAndThousandsOfPointsStaySmall() {
		Scene scene = move(20_000);
		Map<WatchCharts, Picture> once = charts(scene, 60 * HOUR, ENGLISH);
		Map<WatchCharts, Picture> again = charts(scene, 60 * HOUR, ENGLISH);
		once.forEach((chart, picture) -> {
			String svg = Svg.file(picture);
			assertThat(Svg.file(again.get(chart))).isEqualTo(svg);
			assertThat(svg.getBytes(StandardCharsets.UTF_8)).as("%s", chart).hasSizeLessThan(90_000);
		});
	}

	@Test
	void nothingIsSaidWhereNothingIsKnown() {
		Scene scene = new Scene("ann");
		Map<WatchCharts, Picture> charts = charts(scene, HOUR, ENGLISH);
		assertThat(texts(charts.get(WatchCharts.ARRIVALS))).contains("Nothing arrived in this time that anybody saw.");
		assertThat(texts(charts.get(WatchCharts.RESOLVERS))).contains("Nobody has been asked about a record that changes.");
		assertThat(texts(charts.get(WatchCharts.CANARIES))).contains("No canary has been sent in this time.");
		assertThat(count(charts.get(WatchCharts.ARRIVALS), Ink.VEIL)).as("both sides, all of the time").isEqualTo(2);
	}

	@Test
	void hoursAreThoseOfTheZone() {
		TimeSpan span = new TimeSpan(at(0), at(6 * HOUR), ZoneId.of("Asia/Tokyo"));
		Picture picture = new ArrivalChart(details(move(10), 60 * HOUR).arrivals(), at(HOUR), null, span, ENGLISH).picture();
		assertThat(texts(picture)).contains("Cutover 2026-03-01 22:00", "22:00", "23:00", "03-02", "2026-03-01 – 2026-03-02 (Asia/Tokyo)");
	}

	@Test
	void theReportHasEveryReasonAndAllThatIsHostileIsEscaped() {
		Scene scene = move(50);
		DomainWatch watch = scene.watch(60 * HOUR);
		WatchReport report = new WatchReport(ENGLISH, ZoneOffset.UTC, GOOD);
		String html = HtmlPage.of(report.of("<b>move</b>", List.of(watch), each -> WatchDetails.of(each, scene.migration, scene.evidence)));
		assertThat(html).contains("Watch of &lt;b&gt;move&lt;/b&gt;", "example.org: running", "Authoritative servers: holds", "Who still writes to the old side", "sender.example", "<svg")
				.doesNotContain("<script", "http://", "https://", "<b>").satisfies(page -> assertThat(page.split("<svg ", -1)).hasSize(1 + WatchCharts.values().length));
		Phrases japanese = Phrases.of(Locale.JAPANESE, List.of());
		String page = HtmlPage.of(new WatchReport(japanese, ZoneOffset.UTC, GOOD).of("move", List.of(watch), each -> WatchDetails.of(each, scene.migration, scene.evidence)));
		assertThat(page).contains("lang=\"ja\"", "旧側に最後に届いたのは", "まだ旧側に送っている送信元", "キャッシュの期限").doesNotContain("report.watch", "chart.", "straggler.kind");
	}
}
