/// Embedded mail servers for a rehearsal: IMAP, POP3, submission and MX over one in-memory store, with TLS of a throw-away authority.
///
/// An implementation of its own, sharing no code with the probes: a probe that misread a protocol would otherwise be proven by the same misreading.
@NullMarked
package hikkoshi.rehearsal.mail;

import org.jspecify.annotations.NullMarked;
