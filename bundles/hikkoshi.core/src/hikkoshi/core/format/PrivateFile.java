package hikkoshi.core.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A file with passwords that lies outside of the project: who else may read it, and how a new one is made that only its owner may read. What a
/// file system without modes does (Windows) is its own affair: there nobody is said to be able to read it.
///
/// @param path any
public record PrivateFile(Path path) {
	private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
			PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

	/// Whether its mode lets anybody but the owner (and the system's administrator) at it.
	///
	/// @throws IOException when it cannot be asked, e.g. is not there
	public boolean isOpenToOthers() throws IOException {
		return hasModes(path) && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
	}

	/// Whether it lies in a folder or below, links followed.
	///
	/// @throws IOException when one of them is not there
	public boolean isWithin(Path folder) throws IOException {
		Path real = Files.exists(path) ? path.toRealPath()
				: Optional.ofNullable(path.toAbsolutePath().normalize().getParent()).orElse(path).toRealPath().resolve(path.getFileName());
		return real.startsWith(folder.toRealPath());
	}

	/// Makes it; one that is there already is never touched.
	///
	/// @param forOwner whether only its owner may read it, from its first instant
	/// @throws java.nio.file.FileAlreadyExistsException when it is there
	/// @throws IOException when it cannot be made
	public OutputStream create(boolean forOwner) throws IOException {
		FileAttribute<?>[] attributes = forOwner && hasModes(path)
				? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))} : new FileAttribute<?>[0];
		return new BufferedOutputStream(
				Channels.newOutputStream(Files.newByteChannel(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)));
	}

	private static boolean hasModes(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}
}
