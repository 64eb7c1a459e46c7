/// Quick fixes: the mendings of core, offered on the markers of the Problems view and done in the documents of open editors.
@NullMarked
package hikkoshi.ui.inventory.fixes;

import org.jspecify.annotations.NullMarked;
