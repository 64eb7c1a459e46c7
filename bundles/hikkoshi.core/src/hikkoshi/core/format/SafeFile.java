package hikkoshi.core.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes a file so that at any instant, even after a power failure, it holds either all of the old or all of the new content.
public final class SafeFile {
	private SafeFile() {}

	/// A file and what it is to hold.
	public record Content(Path file, byte[] bytes) {}

	/// Writes beside, forces to the disk, renames over the old file, forces the folder. Keeps the permissions of an old file; a symbolic link
	/// stays and its target is replaced.
	///
	/// @throws IOException when it could not be written; the old content is then untouched
	public static void write(Path file, byte[] content) throws IOException {
		write(List.of(new Content(file, content)));
	}

	/// Writes several files so that all of them change or none. All are written beside and forced to the disk before the first is renamed, in the
	/// order of the list. When a later rename fails, those before it get their old content back; only a machine that dies between two renames, which
	/// is an instant, leaves the first ones new and the others old. So list first what is harmless alone.
	///
	/// @throws IOException when they could not be written. The old contents are untouched, or have been put back; when even that fails, the
	///         message names the files that are new
	public static void write(List<Content> contents) throws IOException {
		List<Path> targets = new ArrayList<>();
		List<Path> besides = new ArrayList<>();
		int renamed = 0;
		try {
			for (Content content : contents) {
				Path target = Files.isSymbolicLink(content.file()) ? real(content.file()) : content.file().toAbsolutePath();
				targets.add(target);
				besides.add(beside(target, content.bytes()));
			}
			List<Optional<byte[]>> olds = contents.size() > 1 ? olds(targets) : List.of();
			for (; renamed < targets.size(); renamed++) {
				try {
					Files.move(besides.get(renamed), targets.get(renamed), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
				} catch (IOException e) {
					putBack(targets.subList(0, renamed), olds, e);
					throw e;
				}
			}
		} finally {
			for (Path beside : besides.subList(renamed, besides.size())) {
				Files.deleteIfExists(beside);
			}
		}
		for (Path folder : targets.stream().map(Path::getParent).distinct().toList()) {
			forceFolder(folder);
		}
	}

	private static Path beside(Path target, byte[] content) throws IOException {
		Path beside = Files.createTempFile(target.getParent(), "." + target.getFileName() + ".", ".tmp");
		boolean done = false;
		try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
			ByteBuffer rest = ByteBuffer.wrap(content);
			while (rest.hasRemaining()) {
				channel.write(rest);
			}
			permissions(target, beside);
			channel.force(true);
			done = true;
		} finally {
			if (!done) {
				Files.deleteIfExists(beside);
			}
		}
		return beside;
	}

	/// Empty for a file that is not there.
	private static List<Optional<byte[]>> olds(List<Path> targets) throws IOException {
		List<Optional<byte[]>> olds = new ArrayList<>();
		for (Path target : targets) {
			olds.add(Files.exists(target) ? Optional.of(Files.readAllBytes(target)) : Optional.empty());
		}
		return olds;
	}

	private static void putBack(List<Path> renamed, List<Optional<byte[]>> olds, IOException why) throws IOException {
		for (int i = 0; i < renamed.size(); i++) {
			try {
				if (olds.get(i).isPresent()) {
					write(renamed.get(i), olds.get(i).get());
				} else {
					Files.deleteIfExists(renamed.get(i));
				}
			} catch (IOException e) {
				e.addSuppressed(why);
				throw new IOException(why.getMessage() + "; new already: " + renamed.subList(i, renamed.size()), e);
			}
		}
	}

	private static Path real(Path link) throws IOException {
		if (Files.exists(link)) {
			return link.toRealPath();
		}
		return link.toAbsolutePath().getParent().resolve(Files.readSymbolicLink(link)).normalize();
	}

	/// A temporary file is its owner's alone; the file keeps what it had, or gets what new files of the folder get.
	private static void permissions(Path target, Path beside) throws IOException {
		Optional<PosixFileAttributeView> view = Optional.ofNullable(Files.getFileAttributeView(beside, PosixFileAttributeView.class));
		if (view.isEmpty()) {
			return;
		}
		if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
			view.get().setPermissions(Files.readAttributes(target, PosixFileAttributes.class).permissions());
			return;
		}
		// there is no other way to learn the umask than to make a file
		Path probe = Files.createFile(beside.resolveSibling(beside.getFileName() + ".new"));
		try {
			view.get().setPermissions(Files.readAttributes(probe, PosixFileAttributes.class).permissions());
		} finally {
			Files.delete(probe);
		}
	}

	/// Makes the rename itself lasting. Windows has no such thing, and needs none.
	private static void forceFolder(Path folder) throws IOException {
		if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) == null) {
			return;
		}
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		} catch (ClosedByInterruptException e) {
			// the files are in place; the thread stays interrupted and its owner ends it
			assert Thread.currentThread().isInterrupted();
		}
	}
}
