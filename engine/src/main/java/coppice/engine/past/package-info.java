/// What was: the order of commits, what each of them changed, and the index that says which ones changed a key.
///
/// Read [ChangeIndex] first, then [Origins]; `docs/format/changes.md` has the bytes.
@NullMarked
package coppice.engine.past;

import org.jspecify.annotations.NullMarked;
