/// What a migration *is*: servers, domains, waves, mailboxes, and the targets that probes look at.
/// Values only. Knows no file format, no network, no clock; depends on nothing but the JDK.
@NullMarked
package hikkoshi.core.model;

import org.jspecify.annotations.NullMarked;
