/// *Access tokens*: got from a person's program or from a token endpoint, shared and kept for a run.
@NullMarked
package hikkoshi.mail.internal.token;

import org.jspecify.annotations.NullMarked;
