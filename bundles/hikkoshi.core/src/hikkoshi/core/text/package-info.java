/// How ids become *sentences*, for a locale. The only place of core that knows human language.
@NullMarked
package hikkoshi.core.text;

import org.jspecify.annotations.NullMarked;
