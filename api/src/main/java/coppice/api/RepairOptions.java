package coppice.api;

import coppice.api.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How to repair a database; see [Coppice#repair].
///
/// @param copies directories of copies from which missing chunks may be taken: other databases, such as clones,
///     and backups
/// @param allowLoss whether what cannot be had back may be given up, so that the rest is sound again
/// @param dryRun whether to change nothing and only say what would be done
/// @param progress is told how far it has come
public record RepairOptions(List<String> copies, boolean allowLoss, boolean dryRun, Progress progress) {
    public RepairOptions {
        copies = List.copyOf(copies);
        Objects.requireNonNull(progress);
    }

    /// Without a copy, giving nothing up.
    public static RepairOptions defaults() {
        return new RepairOptions(List.of(), false, false, Progress.none());
    }

    /// These options with another copy to take chunks from.
    public RepairOptions from(String directory) {
        List<String> more = new ArrayList<>(copies);
        more.add(directory);
        return new RepairOptions(more, allowLoss, dryRun, progress);
    }

    /// These options, giving up what cannot be had back. All of it is named in the report.
    public RepairOptions allowingLoss() {
        return new RepairOptions(copies, true, dryRun, progress);
    }

    /// These options, changing nothing.
    public RepairOptions dry() {
        return new RepairOptions(copies, allowLoss, true, progress);
    }

    /// These options with somebody who wants to know how far it is.
    public RepairOptions telling(Progress listener) {
        return new RepairOptions(copies, allowLoss, dryRun, listener);
    }
}
