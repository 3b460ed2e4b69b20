package coppice.api;

import java.util.List;

/// A commit and what it changed against its first parent; see [HistoryView#show].
///
/// @param commit the commit
/// @param counts how much changed in each space that changed, by name
/// @param changes the changes themselves, to look at page by page
public record CommitDetails(Commit commit, List<ChangeCount> counts, DiffQuery changes) {
    public CommitDetails {
        counts = List.copyOf(counts);
    }
}
