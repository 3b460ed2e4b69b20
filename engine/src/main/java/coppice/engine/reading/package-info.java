/// How spaces are read: what snapshots, branches and transactions have in common. Read [Reading] first.
@NullMarked
package coppice.engine.reading;

import org.jspecify.annotations.NullMarked;
