/// Pages for people, as data: what a page says, apart from how it is written (HTML here, PDF by a leaf). Knows nothing of migrations.
@NullMarked
package hikkoshi.core.document;

import org.jspecify.annotations.NullMarked;
