package hikkoshi.workspace.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.text.Phrases;

/// Brings the markers of a project in line with its faults: what is still wrong keeps its marker, so that the Problems view does not
/// flicker and a save that changes nothing causes no event.
public final class FaultMarkers {
	public static final String TYPE = "hikkoshi.workspace.fault";
	/// What to do about it.
	public static final String REMEDY = "hikkoshi.remedy";
	/// The reason's id, for quick fixes.
	public static final String REASON = "hikkoshi.reason";
	/// The reason's arguments, for quick fixes; they hold no control characters, so one separates them.
	public static final String ARGS = "hikkoshi.args";
	/// The file's name; a file that is missing has its marker on the project.
	public static final String FILE = "hikkoshi.file";
	public static final String SEPARATOR = "\u001f";
	/// Beyond it a person reads no list, and the workspace's marker store should not hold one.
	private static final int MAX_MARKERS = 1_000;
	private static final int MAX_POSITIONED_BYTES = 4 << 20;

	private final Phrases words;
	private final String type;
	private final String source;

	/// For what is wrong with the files.
	public FaultMarkers(Phrases words) {
		this(words, TYPE, "hikkoshi.validate");
	}

	/// For faults of another origin, which have a marker type of their own.
	///
	/// @param source of the markers, for people who sort by it
	FaultMarkers(Phrases words, String type, String source) {
		this.words = words;
		this.type = type;
		this.source = source;
	}

	public void update(IProject project, List<Fault> faults) throws CoreException {
		Map<Map<String, Object>, List<IMarker>> old = new HashMap<>();
		for (IMarker marker : project.findMarkers(type, false, IResource.DEPTH_INFINITE)) {
			Map<String, Object> key = new HashMap<>(marker.getAttributes());
			key.put("resource", marker.getResource().getFullPath().toString());
			old.computeIfAbsent(key, k -> new ArrayList<>()).add(marker);
		}
		Map<String, @Nullable Lines> lines = new HashMap<>();
		for (Fault fault : faults.subList(0, Math.min(faults.size(), MAX_MARKERS))) {
			IFile file = project.getFile(fault.file());
			IResource resource = file.exists() ? file : project;
			Map<String, Object> attributes =
					attributes(fault, lines.computeIfAbsent(fault.file(), name -> file.exists() ? Lines.of(file) : null));
			Map<String, Object> key = new HashMap<>(attributes);
			key.put("resource", resource.getFullPath().toString());
			List<IMarker> same = old.get(key);
			if (same != null && !same.isEmpty()) {
				same.removeLast();
			} else {
				resource.createMarker(type, attributes);
			}
		}
		for (List<IMarker> gone : old.values()) {
			for (IMarker marker : gone) {
				marker.delete();
			}
		}
	}

	private Map<String, Object> attributes(Fault fault, @Nullable Lines lines) {
		Map<String, Object> attributes = new HashMap<>();
		attributes.put(IMarker.MESSAGE, words.say(fault.reason()));
		attributes.put(IMarker.SEVERITY, switch (fault.severity()) {
			case ERROR -> IMarker.SEVERITY_ERROR;
			case WARNING -> IMarker.SEVERITY_WARNING;
		});
		attributes.put(IMarker.SOURCE_ID, source);
		attributes.put(REASON, fault.reason().id());
		attributes.put(FILE, fault.file());
		attributes.put(ARGS, String.join(SEPARATOR, fault.reason().args()));
		words.remedy(fault.reason()).ifPresent(remedy -> attributes.put(REMEDY, remedy));
		if (fault.line() > 0) {
			attributes.put(IMarker.LINE_NUMBER, fault.line());
			attributes.put(IMarker.LOCATION, fault.column() > 0 ? fault.line() + ":" + fault.column() : String.valueOf(fault.line()));
			if (lines != null) {
				lines.range(fault).ifPresent(range -> {
					attributes.put(IMarker.CHAR_START, range[0]);
					attributes.put(IMarker.CHAR_END, range[1]);
				});
			}
		}
		return attributes;
	}

	/// Where the lines of a file begin, in characters of the decoded text, as a text editor counts.
	private record Lines(String text, List<Integer> starts) {
		static @Nullable Lines of(IFile file) {
			try (InputStream in = file.getContents(true)) {
				byte[] bytes = in.readNBytes(MAX_POSITIONED_BYTES + 1);
				if (bytes.length > MAX_POSITIONED_BYTES) {
					return null;
				}
				String text = Charset.forName(file.getCharset()).newDecoder().onMalformedInput(CodingErrorAction.REPLACE)
						.onUnmappableCharacter(CodingErrorAction.REPLACE).decode(ByteBuffer.wrap(bytes)).toString();
				// an editor does not show the byte order mark
				return of(text.startsWith("\uFEFF") ? text.substring(1) : text);
			} catch (IOException | CoreException | IllegalArgumentException e) {
				// the line number alone must do; that the file cannot be read is a fault of its own
				return null;
			}
		}

		static Lines of(String text) {
			List<Integer> starts = new ArrayList<>();
			starts.add(0);
			for (int i = 0; i < text.length(); i++) {
				if (text.charAt(i) == '\n' || text.charAt(i) == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
					starts.add(i + 1);
				}
			}
			return new Lines(text, starts);
		}

		Optional<int[]> range(Fault fault) {
			if (fault.line() > starts.size()) {
				return Optional.empty();
			}
			int line = starts.get(fault.line() - 1);
			int next = fault.line() < starts.size() ? starts.get(fault.line()) : text.length();
			int end = next;
			while (end > line && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
				end--;
			}
			int start = Math.min(line + Math.max(fault.column() - 1, 0), end);
			if (fault.column() == 0) {
				while (start < end && Character.isWhitespace(text.charAt(start))) {
					start++;
				}
			}
			return Optional.of(new int[] {start, Math.max(end, start)});
		}
	}
}
