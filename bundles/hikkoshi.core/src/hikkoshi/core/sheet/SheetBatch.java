package hikkoshi.core.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.document.Document;
import hikkoshi.core.document.DocumentPrinter;
import hikkoshi.core.document.HtmlPage;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.SafeFile;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;

/// Writes the set-up sheets of many mailboxes into a folder. Each file is whole or not there; a file of an earlier run is replaced. Used once, by one
/// thread; blocks, and an interrupt ends it between two mailboxes with what had been written kept.
public final class SheetBatch {
	/// @param languages one sheet for each; the first is that of the Apple profile
	/// @param zone in which dates are written
	/// @param font for the PDF; null for one that the machine has
	public record Options(Set<SheetFormat> formats, List<Locale> languages, ZoneId zone, @Nullable Path font) {
		/// @throws IllegalArgumentException without a format or a language
		public Options {
			if (formats.isEmpty() || languages.isEmpty()) {
				throw new IllegalArgumentException("no format or no language");
			}
			formats = EnumSet.copyOf(formats);
			languages = List.copyOf(new LinkedHashSet<>(languages));
		}
	}

	/// @param files how many were written
	/// @param mailboxes for how many
	/// @param remarks what the technician should know, each once
	public record Written(int files, int mailboxes, List<Reason> remarks) {
		public Written {
			remarks = List.copyOf(remarks);
		}
	}

	/// Told of each mailbox that is done.
	@FunctionalInterface
	public interface Progress {
		void done(EmailAddress address);
	}

	private record Config(EmailAddress address, String text) {}

	private record Place(String domain, Side side) {}

	private final SetupPlan plan;
	private final Options options;
	private final Map<Locale, SheetText> texts = new LinkedHashMap<>();
	private final @Nullable DocumentPrinter printer;
	private final Path folder;
	private final Set<String> names = new HashSet<>();
	private final Map<Place, List<Config>> configs = new LinkedHashMap<>();
	private final Set<Reason> remarks = new LinkedHashSet<>();
	private int files;

	/// @param printer null where nobody asks for PDF
	public SheetBatch(SetupPlan plan, Options options, @Nullable DocumentPrinter printer, Path folder) {
		this.plan = plan;
		this.options = options;
		this.printer = printer;
		this.folder = folder;
		options.languages().forEach(language -> texts.put(language, new SheetText(Phrases.of(language, List.of()), options.zone())));
	}

	/// @throws IOException when a file could not be written, or a font could not be read or lacks characters ([DocumentPrinter.NoFontException])
	/// @throws InterruptedException when cancelled
	public Written write(List<Mailbox> mailboxes, Progress progress) throws IOException, InterruptedException {
		Files.createDirectories(folder);
		int done = 0;
		for (Mailbox mailbox : mailboxes) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			Optional<Setup> setup = plan.of(mailbox);
			if (setup.isPresent()) {
				write(setup.get());
				done++;
			}
			progress.done(mailbox.address());
		}
		for (Map.Entry<Place, List<Config>> each : configs.entrySet()) {
			write(each.getKey(), each.getValue());
		}
		List<Reason> all = new ArrayList<>(plan.remarks());
		all.addAll(remarks);
		return new Written(files, done, all);
	}

	private void write(Setup setup) throws IOException {
		EmailAddress address = setup.mailbox().address();
		String name = free(fileName(address.toString()));
		for (Map.Entry<Locale, SheetText> each : texts.entrySet()) {
			String suffix = texts.size() == 1 ? "" : "." + each.getKey().toLanguageTag();
			Document document = each.getValue().of(setup);
			if (options.formats().contains(SheetFormat.HTML)) {
				write(name + suffix + ".html", HtmlPage.of(document));
			}
			if (options.formats().contains(SheetFormat.PDF)) {
				write(name + suffix + ".pdf", pdf(document));
			}
		}
		if (options.formats().contains(SheetFormat.APPLE)) {
			Optional<String> profile = AppleProfile.of(setup, texts.values().iterator().next().words());
			if (profile.isPresent()) {
				write(name + ".mobileconfig", profile.get());
			} else if (setup.sides().stream().anyMatch(SideSetup::isToken)) {
				remarks.add(Reason.of("sheet.no-profile", address));
			}
		}
		if (options.formats().contains(SheetFormat.THUNDERBIRD)) {
			setup.sides().stream().filter(side -> !side.receiving().isEmpty()).forEach(side -> configs
					.computeIfAbsent(new Place(address.domain().ascii(), side.side()), _ -> new ArrayList<>()).add(new Config(address, ThunderbirdConfig.of(side, address))));
		}
	}

	/// One file where it fits every mailbox of the domain, else one each.
	private void write(Place place, List<Config> of) throws IOException {
		String suffix = "." + place.side().token() + ".xml";
		if (of.stream().map(Config::text).distinct().count() == 1) {
			write(free(place.domain() + suffix), of.getFirst().text());
			return;
		}
		for (Config each : of) {
			write(free(fileName(each.address().toString()) + suffix), each.text());
		}
	}

	private byte[] pdf(Document document) throws IOException {
		DocumentPrinter print = printer;
		if (print == null) {
			throw new IllegalStateException("PDF without a printer");
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		print.pdf(document, options.font(), bytes);
		return bytes.toByteArray();
	}

	private void write(String name, String text) throws IOException {
		write(name, text.getBytes(StandardCharsets.UTF_8));
	}

	private void write(String name, byte[] bytes) throws IOException {
		SafeFile.write(folder.resolve(name), bytes);
		files++;
	}

	/// No two mailboxes share a file, also where a file system takes upper and lower case for the same.
	private String free(String name) {
		String free = name;
		for (int more = 2; !names.add(free.toLowerCase(Locale.ROOT)); more++) {
			free = name + "-" + more;
		}
		return free;
	}

	/// An address as a name of a file on every system: what might be a path or is not allowed somewhere is written as in a URL.
	static String fileName(String address) {
		StringBuilder name = new StringBuilder(address.length());
		address.codePoints().forEach(c -> {
			if (Character.isLetterOrDigit(c) || c < 0x80 && "@.-_+=".indexOf(c) >= 0) {
				name.appendCodePoint(c);
			} else {
				for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
					name.append('%').append(String.format("%02X", b));
				}
			}
		});
		return name.toString();
	}
}
