/// Commands that every view of targets shares.
@NullMarked
package hikkoshi.ui.command;

import org.jspecify.annotations.NullMarked;
