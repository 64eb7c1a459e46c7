/// Zones as text: read, asked for, audited before they are public.
@NullMarked
package hikkoshi.dns.plan;

import org.jspecify.annotations.NullMarked;
