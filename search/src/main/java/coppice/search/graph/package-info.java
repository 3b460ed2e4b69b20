/// Vectors in graphs of segments. Read [SegmentGraph] first.
@NullMarked
package coppice.search.graph;

import org.jspecify.annotations.NullMarked;
