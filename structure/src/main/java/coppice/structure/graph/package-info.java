/// Nodes and the edges between them. Read [SpaceGraphView] first.
@NullMarked
package coppice.structure.graph;

import org.jspecify.annotations.NullMarked;
