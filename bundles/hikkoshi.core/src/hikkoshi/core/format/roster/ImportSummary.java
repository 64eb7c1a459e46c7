package hikkoshi.core.format.roster;

/// An import in numbers.
///
/// @param added rows that are selected and add an address
/// @param changed rows that are selected and change one
/// @param same rows that say nothing new
/// @param refused rows that cannot be taken
/// @param deselected rows that would add or change something and are not selected
/// @param vanished addresses of `mailboxes.csv` that the file does not list; they stay
/// @param domainsAdded domains that are added to `migration.yaml`
/// @param domainsMissing domains that `migration.yaml` lacks and that are not added
/// @param passwords passwords in clear text that the file holds for its usable rows
/// @param hashes passwords that it holds as hashes only
public record ImportSummary(int added, int changed, int same, int refused, int deselected, int vanished, int domainsAdded, int domainsMissing,
		int passwords, int hashes) {}
