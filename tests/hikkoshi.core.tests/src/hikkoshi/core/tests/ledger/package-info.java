@NullMarked
package hikkoshi.core.tests.ledger;

import org.jspecify.annotations.NullMarked;
