/// Figures about work: how long it takes, what it asks of the disk. Read [Meters] first.
@NullMarked
package coppice.engine.meter;

import org.jspecify.annotations.NullMarked;
