/// The *print leaf*: documents as PDF. Imported by nobody; it publishes its service by OSGi DS.
@NullMarked
package hikkoshi.print;

import org.jspecify.annotations.NullMarked;
