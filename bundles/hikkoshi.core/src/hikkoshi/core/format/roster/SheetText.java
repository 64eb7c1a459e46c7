package hikkoshi.core.format.roster;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.Parsed;
import hikkoshi.core.format.TextFile;

/// The text of a file of unknown origin, with the reason for its encoding. Beyond what [TextFile] knows: UTF-16 without a mark, and
/// Windows-1252, which every byte string nearly is and therefore comes last.
record SheetText(String text, Charset charset, boolean mark, Reason reason) {
	private static final String LATIN = "windows-1252";
	private static final int SAMPLE = 4096;

	static Optional<SheetText> decode(byte[] bytes, SheetOptions options, Collector found) {
		Charset asked = options.charset();
		if (asked != null) {
			Optional<SheetText> text = strictly(bytes, asked, "import.encoding.asked");
			if (text.isEmpty()) {
				found.whole(FaultKind.IMPORT_ENCODING, asked.name());
			}
			return text;
		}
		Optional<Charset> unmarked = unmarkedUtf16(bytes);
		if (unmarked.isPresent()) {
			Optional<SheetText> text = strictly(bytes, unmarked.get(), "import.encoding.zeros");
			if (text.isPresent()) {
				return text;
			}
		}
		Parsed<TextFile> usual = TextFile.decode(bytes, found.file());
		Optional<TextFile> file = usual.value();
		boolean isUnicode = file.filter(text -> text.charset().name().startsWith("UTF")).isPresent();
		if (isUnicode) {
			TextFile text = file.get();
			String id = text.mark() ? "import.encoding.mark" : "import.encoding.valid";
			return Optional.of(new SheetText(text.text(), text.charset(), text.mark(), new Reason(id, List.of(text.charset().name()))));
		}
		// German or French text in Windows-1252 sometimes is valid CP932 too, but then looks like characters that nobody assigned
		if (file.isPresent() && file.get().text().chars().noneMatch(c -> c >= 0xe000 && c <= 0xf8ff)) {
			found.addAll(usual.faults());
			return Optional.of(new SheetText(file.get().text(), file.get().charset(), false,
					new Reason("import.encoding.cp932", List.of(file.get().charset().name()))));
		}
		Optional<SheetText> latin = Charset.isSupported(LATIN) && !isBinary(bytes)
				? strictly(bytes, Charset.forName(LATIN), "import.encoding.latin") : Optional.empty();
		if (latin.isPresent()) {
			found.whole(FaultKind.IMPORT_LATIN);
		} else if (file.isEmpty()) {
			found.addAll(usual.faults());
		} else {
			found.whole(FaultKind.IMPORT_ENCODING, file.get().charset().name());
		}
		return latin;
	}

	private static Optional<SheetText> strictly(byte[] bytes, Charset charset, String reason) {
		return TextFile.decode(bytes, charset).map(text -> {
			boolean mark = text.startsWith("\uFEFF");
			return new SheetText(mark ? text.substring(1) : text, charset, mark, new Reason(reason, List.of(charset.name())));
		});
	}

	/// A text in ASCII letters has a zero in every second byte then.
	private static Optional<Charset> unmarkedUtf16(byte[] bytes) {
		int length = Math.min(bytes.length, SAMPLE) & ~1;
		int even = 0;
		int odd = 0;
		for (int i = 0; i < length; i += 2) {
			even += bytes[i] == 0 ? 1 : 0;
			odd += bytes[i + 1] == 0 ? 1 : 0;
		}
		if (length < 8 || bytes.length % 2 != 0 || even > 0 && odd > 0) {
			return Optional.empty();
		}
		int enough = length / 4;
		return odd >= enough ? Optional.of(StandardCharsets.UTF_16LE) : even >= enough ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
	}

	private static boolean isBinary(byte[] bytes) {
		for (int i = 0; i < Math.min(bytes.length, SAMPLE); i++) {
			if (bytes[i] == 0) {
				return true;
			}
		}
		return false;
	}
}
