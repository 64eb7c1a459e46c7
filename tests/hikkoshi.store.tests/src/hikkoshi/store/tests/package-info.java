/// The evidence log: its contract, two processes, a killed process, a tampered file.
@NullMarked
package hikkoshi.store.tests;

import org.jspecify.annotations.NullMarked;
