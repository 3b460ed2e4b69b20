/// The write-ahead log: the truth of what happened since the last checkpoint.
///
/// Read [coppice.kernel.journal.Journal] first: append gives a position, await makes it durable together with
/// everybody else's. The bytes are described in `docs/format/journal.md` and in
/// [coppice.kernel.journal.RecordFormat] and [coppice.kernel.journal.SegmentHeader].
@NullMarked
package coppice.kernel.journal;

import org.jspecify.annotations.NullMarked;
