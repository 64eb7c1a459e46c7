/// Hikkoshi Workspace
@NullMarked
package hikkoshi.workspace;

import org.jspecify.annotations.NullMarked;
