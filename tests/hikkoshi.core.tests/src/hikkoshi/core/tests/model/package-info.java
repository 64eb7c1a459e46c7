/// The model.
@NullMarked
package hikkoshi.core.tests.model;

import org.jspecify.annotations.NullMarked;
