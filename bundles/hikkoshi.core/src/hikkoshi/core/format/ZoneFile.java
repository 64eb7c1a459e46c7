package hikkoshi.core.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import hikkoshi.core.model.DomainName;

/// The planned zone of a domain, a master file (RFC 1035, 5) beside the other files of a project.
public record ZoneFile(Path path) {
	/// Within the project's folder.
	public static final String FOLDER = "zones";

	/// `zones/example.org.zone`, by the name's ASCII form, whether it is there or not.
	public static ZoneFile of(Path project, DomainName domain) {
		return new ZoneFile(project.resolve(place(domain)));
	}

	/// `zones/example.org.zone`, within the project's folder.
	public static String place(DomainName domain) {
		return FOLDER + "/" + domain.ascii() + ".zone";
	}

	/// @param most bytes
	/// @return empty where there is none, or a larger one
	/// @throws IOException when it cannot be read, or is not UTF-8
	public Optional<String> text(long most) throws IOException {
		return Files.isRegularFile(path) && Files.size(path) <= most ? Optional.of(Files.readString(path, StandardCharsets.UTF_8)) : Optional.empty();
	}
}
