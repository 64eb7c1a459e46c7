/// The view of servers and domains, with the worst that is known of each.
@NullMarked
package hikkoshi.ui.inventory.view;

import org.jspecify.annotations.NullMarked;
