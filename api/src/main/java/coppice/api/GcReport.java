package coppice.api;

import java.time.Duration;

/// What a collection of garbage found and did; see [Database#gc(Progress)].
///
/// @param liveChunks how many chunks something refers to
/// @param droppedChunks how many chunks were dropped
/// @param keptDeadChunks how many dead chunks were left in files that hardly shrink without them; a later
///     collection takes them
/// @param bytesBefore the length of all files of chunks when it began
/// @param bytesAfter the same when it ended; chunks that others wrote meanwhile are in it
/// @param prunedEntries how many entries of the reflog were older than [Options#retention()] and were dropped
/// @param took how long it took
public record GcReport(
        long liveChunks,
        long droppedChunks,
        long keptDeadChunks,
        long bytesBefore,
        long bytesAfter,
        long prunedEntries,
        Duration took) {
    /// By how many bytes the files have become smaller, 0 when others wrote more meanwhile.
    public long freedBytes() {
        return Math.max(0, bytesBefore - bytesAfter);
    }
}
