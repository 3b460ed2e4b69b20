/// Working changes in memory: a persistent sorted map from key to new value or removal.
///
/// Read [Delta] first. A snapshot of a delta is the reference itself; editing copies only the path to what changes,
/// and within one [DeltaEditor] each node is copied at most once.
@NullMarked
package coppice.engine.delta;

import org.jspecify.annotations.NullMarked;
