/// Content-addressed chunks and the files that hold them.
///
/// Start with [coppice.kernel.store.Chunks]: what a chunk is and all that the rest of the kernel needs of it.
@NullMarked
package coppice.kernel.store;

import org.jspecify.annotations.NullMarked;
