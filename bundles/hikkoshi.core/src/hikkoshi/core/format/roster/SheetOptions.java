package hikkoshi.core.format.roster;

import java.nio.charset.Charset;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Side;

/// What a person says about a file to be imported; null for what is to be found out.
///
/// @param delimiter between cells
/// @param header whether the first line holds headings
/// @param domain completes names that stand without one, e.g. `ann` of a passwd-file; also the origin of a zone file
/// @param passwordSides where the passwords of the file let one in
public record SheetOptions(@Nullable Dialect dialect, @Nullable Charset charset, @Nullable Character delimiter, @Nullable Boolean header,
		@Nullable DomainName domain, @Nullable Set<Side> passwordSides) {
	/// Everything is to be found out.
	public static final SheetOptions NONE = new SheetOptions(null, null, null, null, null, null);

	public SheetOptions {
		passwordSides = passwordSides == null ? null : Set.copyOf(passwordSides);
	}

	public SheetOptions withDialect(@Nullable Dialect other) {
		return new SheetOptions(other, charset, delimiter, header, domain, passwordSides);
	}

	public SheetOptions withCharset(@Nullable Charset other) {
		return new SheetOptions(dialect, other, delimiter, header, domain, passwordSides);
	}

	public SheetOptions withDelimiter(@Nullable Character other) {
		return new SheetOptions(dialect, charset, other, header, domain, passwordSides);
	}

	public SheetOptions withHeader(@Nullable Boolean other) {
		return new SheetOptions(dialect, charset, delimiter, other, domain, passwordSides);
	}

	public SheetOptions withDomain(@Nullable DomainName other) {
		return new SheetOptions(dialect, charset, delimiter, header, other, passwordSides);
	}

	public SheetOptions withPasswordSides(@Nullable Set<Side> others) {
		return new SheetOptions(dialect, charset, delimiter, header, domain, others);
	}
}
