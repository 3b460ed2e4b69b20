package coppice.api;

import java.util.List;
import java.util.Optional;

/// Some commits of a log, and how to go on.
///
/// @param commits in the order of the log
/// @param next what follows, or nothing when this was the end. It names commits by their hashes, so branches that
///     move meanwhile change nothing
public record CommitPage(List<Commit> commits, Optional<LogQuery> next) {
    public CommitPage {
        commits = List.copyOf(commits);
    }

    /// Where the next page starts, as text for [LogQuery#resume]; nothing when this was the end. It holds the
    /// commits that come next, one for each line of history that is open there.
    public Optional<String> token() {
        return next.map(LogQuery::token);
    }
}
