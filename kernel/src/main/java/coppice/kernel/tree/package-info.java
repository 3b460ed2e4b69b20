/// The prolly tree: an immutable, history-independent, sorted map of bytes to bytes with subtree counts.
///
/// Read [coppice.kernel.tree.Splitter] first (where a node ends, on which everything else rests), then
/// [coppice.kernel.tree.Assembler] (why every way to build a tree gives the same one), then
/// [coppice.kernel.tree.Tree].
@NullMarked
package coppice.kernel.tree;

import org.jspecify.annotations.NullMarked;
