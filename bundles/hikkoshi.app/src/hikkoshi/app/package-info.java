/// The workbench as a product: application, branding, window, perspective. What it shows comes from the `ui.*` bundles.
@NullMarked
package hikkoshi.app;

import org.jspecify.annotations.NullMarked;
