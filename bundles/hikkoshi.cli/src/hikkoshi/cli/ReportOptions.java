package hikkoshi.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.chart.WatchCharts;
import hikkoshi.core.document.Document;
import hikkoshi.core.document.DocumentPrinter;
import hikkoshi.core.document.HtmlPage;
import hikkoshi.core.document.Picture;
import hikkoshi.core.document.Svg;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.model.Migration;
import hikkoshi.core.report.WatchReport;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.WatchDetails;
import picocli.CommandLine.Option;

/// What a watch leaves as files for other people: a page, and the charts alone. Each is written beside its place first, so that nobody reads half of one.
final class ReportOptions {
	@Option(names = "--report", paramLabel = "FILE", descriptionKey = "watch.report")
	private @Nullable Path report;

	@Option(names = "--charts", paramLabel = "FOLDER", descriptionKey = "watch.charts")
	private @Nullable Path charts;

	@Option(names = "--zone", paramLabel = "ZONE", descriptionKey = "watch.zone")
	private @Nullable String zone;

	boolean isWanted() {
		return report != null || charts != null;
	}

	/// @throws CommandFailure for a zone that there is not
	ZoneId zone(Phrases words) throws CommandFailure {
		try {
			return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
		} catch (DateTimeException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("sheets.no-zone", String.valueOf(zone)));
		}
	}

	/// @param project its name
	void write(String project, List<DomainWatch> watches, Migration migration, EvidenceView log, ZoneId at, Phrases words, Services services) throws IOException {
		Path page = report;
		if (page != null) {
			Document document = new WatchReport(words, at, migration.policy().evidenceMaxAge()).of(project, watches, watch -> WatchDetails.of(watch, migration, log));
			replace(page, page.toString().toLowerCase(Locale.ROOT).endsWith(".pdf") ? pdf(document, services.documentPrinter())
					: HtmlPage.of(document).getBytes(StandardCharsets.UTF_8));
		}
		Path folder = charts;
		if (folder != null) {
			Files.createDirectories(folder);
			for (DomainWatch watch : watches) {
				Map<WatchCharts, Picture> pictures =
						WatchCharts.of(WatchDetails.of(watch, migration, log), migration.policy().evidenceMaxAge(), at, words);
				for (Map.Entry<WatchCharts, Picture> picture : pictures.entrySet()) {
					replace(folder.resolve(watch.domain().name().ascii() + "-" + picture.getKey().token() + ".svg"),
							Svg.file(picture.getValue()).getBytes(StandardCharsets.UTF_8));
				}
			}
		}
	}

	private static byte[] pdf(Document document, DocumentPrinter printer) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		printer.pdf(document, null, out);
		return out.toByteArray();
	}

	private static void replace(Path file, byte[] content) throws IOException {
		Path absolute = file.toAbsolutePath();
		Path parent = absolute.getParent();
		Path half = Files.createTempFile(parent, ".hikkoshi", ".part");
		try {
			Files.write(half, content);
			Files.move(half, absolute, StandardCopyOption.REPLACE_EXISTING);
		} finally {
			Files.deleteIfExists(half);
		}
	}
}
