/// The open kernel and what everything above shares of it: the machine, the files and whether the database is open.
///
/// Read [Storage] first, then [Layout] (what lies where).
@NullMarked
package coppice.engine.storage;

import org.jspecify.annotations.NullMarked;
