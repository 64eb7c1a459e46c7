package hikkoshi.core.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A file's bytes as text, remembering how it was encoded, so that it can be written back the same way.
/// UTF-8 (with or without a byte order mark), UTF-16 by its byte order mark, and CP932 (Windows-31J, what Excel writes in Japan) when the
/// bytes are no valid UTF-8.
///
/// @param text without the byte order mark
/// @param mark whether the file starts with a byte order mark
public record TextFile(String text, Charset charset, boolean mark) {
	private static final String CP932 = "windows-31j";
	private static final char MARK = '\uFEFF';
	private static final char REPLACEMENT = '\uFFFD';

	/// @param name of the file, for the faults
	public static Parsed<TextFile> decode(byte[] bytes, String name) {
		FaultList faults = FaultList.ofFile(name);
		Charset unicode = charset(bytes);
		Optional<String> text = decode(bytes, unicode);
		if (text.isPresent()) {
			boolean mark = text.get().indexOf(MARK) == 0;
			return new Parsed<>(Optional.of(new TextFile(mark ? text.get().substring(1) : text.get(), unicode, mark)), List.of());
		}
		if (unicode == StandardCharsets.UTF_8 && Charset.isSupported(CP932)) {
			Charset cp932 = Charset.forName(CP932);
			Optional<String> japanese = decode(bytes, cp932);
			if (japanese.isPresent()) {
				faults.whole(FaultKind.FILE_CP932);
				return new Parsed<>(Optional.of(new TextFile(japanese.get(), cp932, false)), faults.list());
			}
		}
		String before = new String(bytes, 0, valid(bytes, unicode), unicode);
		Lines lines = Lines.of(before);
		faults.on(FaultKind.FILE_ENCODING, lines.line(before.length()), lines.column(before.length()));
		return new Parsed<>(Optional.empty(), faults.list());
	}

	/// Another text in the encoding of this file.
	///
	/// @throws CharacterCodingException when that encoding lacks one of its characters (CP932 only): nothing is replaced silently
	public byte[] encode(String changed) throws CharacterCodingException {
		String whole = mark ? MARK + changed : changed;
		// the way of String is several times as fast, but replaces what the encoding lacks: that shows when it is read again
		byte[] plain = whole.getBytes(charset);
		if (new String(plain, charset).equals(whole)) {
			return plain;
		}
		ByteBuffer bytes = charset.newEncoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)
				.encode(CharBuffer.wrap(whole));
		byte[] copy = new byte[bytes.remaining()];
		bytes.get(copy);
		return copy;
	}

	private static Charset charset(byte[] bytes) {
		if (bytes.length >= 2) {
			int start = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
			if (start == 0xfeff) {
				return StandardCharsets.UTF_16BE;
			}
			if (start == 0xfffe) {
				return StandardCharsets.UTF_16LE;
			}
		}
		return StandardCharsets.UTF_8;
	}

	/// Empty when a byte of it is none of the encoding.
	public static Optional<String> decode(byte[] bytes, Charset charset) {
		// the way of String is three times as fast and leaves a fifth of the garbage, but replaces what it cannot read
		String text = new String(bytes, charset);
		if (text.indexOf(REPLACEMENT) < 0) {
			return Optional.of(text);
		}
		try {
			return Optional.of(charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)
					.decode(ByteBuffer.wrap(bytes)).toString());
		} catch (CharacterCodingException e) {
			return Optional.empty();
		}
	}

	/// How many bytes can be read before the first that cannot.
	private static int valid(byte[] bytes, Charset charset) {
		ByteBuffer in = ByteBuffer.wrap(bytes);
		CharBuffer out = CharBuffer.allocate(8192);
		var decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
		while (decoder.decode(in, out, true) == CoderResult.OVERFLOW) {
			out.clear();
		}
		return in.position();
	}
}
