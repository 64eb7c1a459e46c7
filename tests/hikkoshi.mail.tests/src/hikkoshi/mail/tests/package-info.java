@NullMarked
package hikkoshi.mail.tests;

import org.jspecify.annotations.NullMarked;
