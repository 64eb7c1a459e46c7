/// The rehearsal's world — two mail servers, DNS, a project folder — behind core's port `RehearsalStage`.
@NullMarked
package hikkoshi.rehearsal.internal;

import org.jspecify.annotations.NullMarked;
