/// Rosters *as others write them*: reads lists of mailboxes of many tools and servers, plans what of them goes into `mailboxes.csv` and
/// `migration.yaml` before anything is written, and writes rosters for others.
@NullMarked
package hikkoshi.core.format.roster;

import org.jspecify.annotations.NullMarked;
