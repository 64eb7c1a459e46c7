/// Eclipse without a screen: the project nature, validation with markers, jobs, one open evidence log per project, secure storage.
/// No SWT, no JFace, no workbench: the headless command may use it as well as the window.
@NullMarked
package hikkoshi.workspace;

import org.jspecify.annotations.NullMarked;
