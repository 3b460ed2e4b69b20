package coppice.api;

import coppice.api.progress.Progress;
import java.util.Objects;

/// How much [Database#check] is to prove.
///
/// A standard check proves that every byte is what was written, and that all of it fits together: chunks, indexes
/// of packs, trees, counts, ancestors, refs, reflog and settings. A deep one also proves what the database derived
/// from all that to answer faster: that the index of changed keys, which `blame` and the history of a key ask,
/// says of each commit just what that changed, and that projections have what follows from the rows. That costs
/// finding out what each commit changed, and making projections again.
///
/// @param deep whether to prove also what is derived
/// @param progress is told how far it has come
public record CheckOptions(boolean deep, Progress progress) {
    public CheckOptions {
        Objects.requireNonNull(progress);
    }

    /// A standard check, in silence.
    public static CheckOptions defaults() {
        return new CheckOptions(false, Progress.none());
    }

    /// These options, proving also what is derived.
    public CheckOptions thorough() {
        return new CheckOptions(true, progress);
    }

    /// These options with somebody who wants to know how far it is.
    public CheckOptions telling(Progress listener) {
        return new CheckOptions(deep, listener);
    }
}
