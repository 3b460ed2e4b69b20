/// Values that merge by themselves: conflict-free replicated data types.
///
/// Each is an immutable value. Change it, store [coppice.api.crdt.Crdt#encode()] under a key, and register the key's
/// pattern with [coppice.api.MergePolicy#crdt(CrdtKind)]: two branches that changed it then always merge, and every
/// order of merges gives the same bytes. `docs/format/crdt.md` has the bytes.
///
/// Whoever changes a value says who he is by a *replica*: a name that belongs to one line of work at a time. Two
/// branches that changed a value under one replica's name would each believe to know the other's changes, and one of
/// them would be lost; so use [coppice.api.crdt.Replicas#unique()] for each new branch or process.
///
/// From M. Shapiro, N. Preguiça, C. Baquero, M. Zawirski: *A comprehensive study of convergent and commutative
/// replicated data types* (INRIA 7506, 2011), and for sets, maps and multi-value registers without tombstones
/// A. Bieniusa et al.: *An optimized conflict-free replicated set* (INRIA 8083, 2012).
@NullMarked
package coppice.api.crdt;

import org.jspecify.annotations.NullMarked;
