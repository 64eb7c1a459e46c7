/// Where a migration stands at a glance: numbers, what is proven, what blocks, what to do next. Pure: files, evidence and `now` are arguments.
@NullMarked
package hikkoshi.core.overview;

import org.jspecify.annotations.NullMarked;
