/// What comes into spaces of branches, and who waits for it. Read [Waiters] first.
@NullMarked
package coppice.engine.arrival;

import org.jspecify.annotations.NullMarked;
