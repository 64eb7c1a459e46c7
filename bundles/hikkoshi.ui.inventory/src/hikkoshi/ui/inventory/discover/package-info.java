/// Finding out what a server or a domain's mail set-up is today, and taking what was found into `migration.yaml`.
@NullMarked
package hikkoshi.ui.inventory.discover;

import org.jspecify.annotations.NullMarked;
