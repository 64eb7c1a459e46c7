/// Tests of the domain: pure, without network, files only below a temporary folder.
@NullMarked
package hikkoshi.core.tests;

import org.jspecify.annotations.NullMarked;
