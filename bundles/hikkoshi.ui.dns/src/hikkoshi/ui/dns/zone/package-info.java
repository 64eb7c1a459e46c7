/// The editor of a planned zone (`zones/DOMAIN.zone`): its records, what would change in DNS, and the text.
@NullMarked
package hikkoshi.ui.dns.zone;

import org.jspecify.annotations.NullMarked;
