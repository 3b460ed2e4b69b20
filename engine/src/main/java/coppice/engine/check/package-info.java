/// Proves that a database is whole, and counts what it holds. Read [Integrity] first.
@NullMarked
package coppice.engine.check;

import org.jspecify.annotations.NullMarked;
