/// What is known beforehand of big mail providers: hosts, endpoints, logins and limits that they publish, each with where and when it was read.
@NullMarked
package hikkoshi.core.preset;

import org.jspecify.annotations.NullMarked;
