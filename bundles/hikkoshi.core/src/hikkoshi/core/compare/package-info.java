/// What two servers *offer*, side by side: the words of their doors in one form, and what the new side lacks, with its consequence.
@NullMarked
package hikkoshi.core.compare;

import org.jspecify.annotations.NullMarked;
