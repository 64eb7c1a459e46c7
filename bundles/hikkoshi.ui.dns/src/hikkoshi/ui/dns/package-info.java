/// DNS for a person: free look-ups at any server. Asks through core's port [hikkoshi.core.probe.DnsLookup]; knows no DNS library.
@NullMarked
package hikkoshi.ui.dns;

import org.jspecify.annotations.NullMarked;
