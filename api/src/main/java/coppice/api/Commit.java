package coppice.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A version of a database.
///
/// @param id its name: the hash of everything below and of all data
/// @param parents the versions it was made from: none for the first, two or more for a merge
/// @param author who made the change
/// @param time when, to the millisecond
/// @param message what and why, may be empty
/// @param metadata further facts by name
/// @param generation one more than the greatest of the parents, 0 for the first
public record Commit(
        CommitId id,
        List<CommitId> parents,
        String author,
        Instant time,
        String message,
        Map<String, String> metadata,
        long generation) {

    public Commit {
        parents = List.copyOf(parents);
        metadata = Map.copyOf(metadata);
    }

    /// The first line of the message.
    public String title() {
        return message.lines().findFirst().orElse("");
    }
}
