/// The *files* of a migration: reading, faults with line and remedy, edits that keep comments and order. The only package that knows formats.
@NullMarked
package hikkoshi.core.format;

import org.jspecify.annotations.NullMarked;
