/// Data structures: typed faces of the spaces of a branch, which fork, merge and travel in time with it. What is here
/// so far is what their asynchronous twins are made of: [AsyncCalls].
@NullMarked
package coppice.api.structure;

import org.jspecify.annotations.NullMarked;
