/// Tests of jobs, markers and secrets in a real workspace without a screen.
@NullMarked
package hikkoshi.workspace.tests;

import org.jspecify.annotations.NullMarked;
