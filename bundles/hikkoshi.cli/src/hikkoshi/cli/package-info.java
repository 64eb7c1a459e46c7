/// The headless face: each sub-command reads its options, calls one verb of core on the files of a project, and prints what it returned.
/// May not: speak a protocol, judge, or read a file format itself. The only bundle that writes to System.out and System.err.
@NullMarked
package hikkoshi.cli;

import org.jspecify.annotations.NullMarked;
