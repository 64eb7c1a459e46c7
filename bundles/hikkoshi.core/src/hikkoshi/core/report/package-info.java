/// What is handed to other people: pages made of evidence and verdicts.
@NullMarked
package hikkoshi.core.report;

import org.jspecify.annotations.NullMarked;
