/// What is proven about mailboxes, at a glance. Shows core's [hikkoshi.core.probe.ProofMatrix]; judges nothing, asks no server.
@NullMarked
package hikkoshi.ui.mailbox;

import org.jspecify.annotations.NullMarked;
