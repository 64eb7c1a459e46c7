/// What stands below `migration.yaml` in the Project Explorer.
@NullMarked
package hikkoshi.ui.inventory.navigator;

import org.jspecify.annotations.NullMarked;
