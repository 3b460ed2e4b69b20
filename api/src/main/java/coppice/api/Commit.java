package coppice.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A version of a database.
///
/// @param id its name: the hash of everything below and of all data
/// @param parents the versions it was made from: none for the first, two or more for a merge
/// @param author who made the change
/// @param authored when the change was made, to the millisecond
/// @param committer who made the commit
/// @param time when the commit was made, to the millisecond
/// @param message what and why, may be empty
/// @param metadata further facts by name
/// @param generation one more than the greatest of the parents, 0 for the first
/// @param isSigned whether it carries a signature; see [Database#verify]
public record Commit(
        CommitId id,
        List<CommitId> parents,
        String author,
        Instant authored,
        String committer,
        Instant time,
        String message,
        Map<String, String> metadata,
        long generation,
        boolean isSigned) {

    public Commit {
        parents = List.copyOf(parents);
        metadata = Map.copyOf(metadata);
    }

    /// The first line of the message.
    public String title() {
        return message.lines().findFirst().orElse("");
    }
}
