/// What the tests of every `ui.*` bundle share: waiting while the window lives, page objects, a migration project, pictures.
@NullMarked
package hikkoshi.ui.tests.harness;

import org.jspecify.annotations.NullMarked;
