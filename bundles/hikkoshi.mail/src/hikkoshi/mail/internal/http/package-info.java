/// A small *client of HTTP/1.1* over a wire: one question, one bounded answer, nothing followed by itself.
@NullMarked
package hikkoshi.mail.internal.http;

import org.jspecify.annotations.NullMarked;
