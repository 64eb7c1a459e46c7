/// Lines of other tools, quoted for a shell.
@NullMarked
package hikkoshi.core.tests.command;

import org.jspecify.annotations.NullMarked;
