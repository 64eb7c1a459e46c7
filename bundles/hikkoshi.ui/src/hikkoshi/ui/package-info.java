/// What the `ui.*` bundles share: the way to the UI thread, words, icons, the active migration. Knows no protocol and no file format.
@NullMarked
package hikkoshi.ui;

import org.jspecify.annotations.NullMarked;
