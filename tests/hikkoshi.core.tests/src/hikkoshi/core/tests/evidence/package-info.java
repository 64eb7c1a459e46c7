/// Evidence and its JSON.
@NullMarked
package hikkoshi.core.tests.evidence;

import org.jspecify.annotations.NullMarked;
