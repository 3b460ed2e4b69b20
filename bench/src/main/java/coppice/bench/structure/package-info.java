/// Stores whose dicts and queues are measured: Coppice, and tables of SQLite that are used as such. Read
/// [StructureStore] first.
@NullMarked
package coppice.bench.structure;

import org.jspecify.annotations.NullMarked;
