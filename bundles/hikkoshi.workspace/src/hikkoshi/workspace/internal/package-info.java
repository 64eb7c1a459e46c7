/// What the extension registry and the service registry instantiate.
@NullMarked
package hikkoshi.workspace.internal;

import org.jspecify.annotations.NullMarked;
