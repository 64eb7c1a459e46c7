package hikkoshi.core.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/// Writes a file so that at any instant, even after a power failure, it holds either all of the old or all of the new content.
public final class SafeFile {
	private SafeFile() {}

	/// Writes beside, forces to the disk, renames over the old file, forces the folder. Keeps the permissions of an old file; a symbolic link
	/// stays and its target is replaced.
	///
	/// @throws IOException when it could not be written; the old content is then untouched
	public static void write(Path file, byte[] content) throws IOException {
		Path target = Files.isSymbolicLink(file) ? real(file) : file.toAbsolutePath();
		Path folder = target.getParent();
		Path beside = Files.createTempFile(folder, "." + target.getFileName() + ".", ".tmp");
		boolean done = false;
		try {
			try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
				ByteBuffer rest = ByteBuffer.wrap(content);
				while (rest.hasRemaining()) {
					channel.write(rest);
				}
				permissions(target, beside);
				channel.force(true);
			}
			Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			done = true;
			forceFolder(folder);
		} finally {
			if (!done) {
				Files.deleteIfExists(beside);
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
		}
	}
}
