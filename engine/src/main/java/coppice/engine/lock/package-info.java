/// Locks that belong to the database as a whole. Read [LockTable] first.
@NullMarked
package coppice.engine.lock;

import org.jspecify.annotations.NullMarked;
