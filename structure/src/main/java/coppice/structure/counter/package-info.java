/// Counters over spaces. Read [SpaceCounter] first.
@NullMarked
package coppice.structure.counter;

import org.jspecify.annotations.NullMarked;
