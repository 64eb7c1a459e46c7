/// Proves the rooms of CONTRIBUTING.md: who may import whom.
@NullMarked
package hikkoshi.architecture.tests;

import org.jspecify.annotations.NullMarked;
