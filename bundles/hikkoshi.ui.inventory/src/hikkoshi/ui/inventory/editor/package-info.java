/// The editor of migration.yaml: a form and the source over one document, which is the only truth.
@NullMarked
package hikkoshi.ui.inventory.editor;

import org.jspecify.annotations.NullMarked;
