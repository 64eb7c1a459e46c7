/// How the outside world is *questioned*: one small interface per question, the run that fans them out, and the guards that keep
/// a run from overloading or locking a server. Protocols live in the leaves (`hikkoshi.dns`, `hikkoshi.mail`).
@NullMarked
package hikkoshi.core.probe;

import org.jspecify.annotations.NullMarked;
