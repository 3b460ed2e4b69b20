/// Values in an order of their own. Read [Place] first.
@NullMarked
package coppice.structure.sequence;

import org.jspecify.annotations.NullMarked;
