/// Data structures: typed faces of the spaces of a branch, which fork, merge and travel in time with it. What is
/// here so far makes their asynchronous twins: read [AsyncTwin] first.
@NullMarked
package coppice.api.structure;

import org.jspecify.annotations.NullMarked;
