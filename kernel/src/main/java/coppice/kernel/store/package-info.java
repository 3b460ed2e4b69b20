/// Content-addressed chunks and the files that hold them.
///
/// Start with [coppice.kernel.store.Chunks]: what a chunk is and all that the rest of the kernel needs of it.
/// [coppice.kernel.store.PackStore] keeps chunks in append-only pack files; [coppice.kernel.store.PackState]
/// says which bytes of which packs count, and lives in the [coppice.kernel.store.Manifest], the one file from
/// which a database is opened. The formats are in `docs/format/pack.md` and `docs/format/manifest.md`.
@NullMarked
package coppice.kernel.store;

import org.jspecify.annotations.NullMarked;
