/// The Watch view: whether propagation has ended, for every domain, and why not. Shows core's verdicts and charts; judges nothing.
@NullMarked
package hikkoshi.ui.mailbox.watch;

import org.jspecify.annotations.NullMarked;
