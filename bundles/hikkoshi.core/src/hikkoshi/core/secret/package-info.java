/// How core *asks for passwords*: ports and value types. No password ever reaches a file of the project, evidence, a log or `toString`.
@NullMarked
package hikkoshi.core.secret;

import org.jspecify.annotations.NullMarked;
