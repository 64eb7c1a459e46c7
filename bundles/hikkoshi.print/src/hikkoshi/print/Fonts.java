package hikkoshi.print;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.openpdf.text.DocumentException;
import org.openpdf.text.pdf.BaseFont;

import hikkoshi.core.document.DocumentPrinter.NoFontException;

/// Which font has the characters of a text. Every PDF reader brings Helvetica with the letters of Western Europe; for anything else a font of this
/// machine is embedded, with the letters that are used. We ship none: one with all Japanese characters is larger than Hikkoshi.
final class Fonts {
	/// Where systems keep fonts with wide coverage, Japanese ones first. In a collection (`.ttc`) the first face is taken.
	private static final List<String> KNOWN = List.of(
			"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
			"/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc", "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf",
			"/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf", "/usr/share/fonts/truetype/fonts-japanese-gothic.ttf",
			"C:/Windows/Fonts/YuGothM.ttc", "C:/Windows/Fonts/meiryo.ttc", "C:/Windows/Fonts/msgothic.ttc",
			"/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc", "/System/Library/Fonts/Hiragino Sans GB.ttc", "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
			"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", "C:/Windows/Fonts/arial.ttf",
			"/System/Library/Fonts/Supplemental/Arial.ttf");

	private final Map<Path, BaseFont> read = new ConcurrentHashMap<>();
	private final List<Path> known;

	Fonts() {
		this(KNOWN.stream().map(Path::of).toList());
	}

	Fonts(List<Path> known) {
		this.known = List.copyOf(known);
	}

	/// Whether Helvetica, which needs no embedding, has all of it.
	static boolean isWestern(String text) {
		CharsetEncoder encoder = Charset.forName(BaseFont.CP1252).newEncoder();
		return encoder.canEncode(text);
	}

	static BaseFont western(boolean isBold) throws IOException {
		try {
			return BaseFont.createFont(isBold ? BaseFont.HELVETICA_BOLD : BaseFont.HELVETICA, BaseFont.CP1252, BaseFont.NOT_EMBEDDED);
		} catch (DocumentException e) {
			throw new IOException(e);
		}
	}

	/// The first known one that has every character.
	Optional<Path> find(String text) {
		return known.stream().filter(Files::isReadable).filter(path -> {
			try {
				return missing(font(path), text).isEmpty();
			} catch (IOException e) {
				// a broken font of this machine is as good as none
				return false;
			}
		}).findFirst();
	}

	/// @throws NoFontException when that font lacks characters of the text
	BaseFont font(Path path, String text) throws IOException {
		BaseFont font = font(path);
		String missing = missing(font, text);
		if (!missing.isEmpty()) {
			throw new NoFontException(missing);
		}
		return font;
	}

	private BaseFont font(Path path) throws IOException {
		BaseFont known = read.get(path);
		if (known != null) {
			return known;
		}
		if (!Files.isReadable(path)) {
			throw new IOException("no font file: " + path);
		}
		try {
			boolean isCollection = path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".ttc");
			BaseFont font = BaseFont.createFont(path + (isCollection ? ",0" : ""), BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, null, null);
			font.setSubset(true);
			read.put(path, font);
			return font;
		} catch (IOException | RuntimeException e) {
			throw new IOException("not a font that can be embedded: " + path + " (" + e.getMessage() + ")", e);
		}
	}

	private static String missing(BaseFont font, String text) {
		return text.codePoints().filter(c -> c != '\n' && !font.charExists(c)).distinct().limit(10).mapToObj(Character::toString).collect(Collectors.joining(" "));
	}
}
