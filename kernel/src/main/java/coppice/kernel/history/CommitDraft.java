package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import java.util.List;
import java.util.Map;

/// What its maker says of a commit; [History#prepare] adds what follows from the parents. See [Commit] for
/// the limits.
public record CommitDraft(
        Hash catalog,
        List<Hash> parents,
        String author,
        long authoredAt,
        String committer,
        long committedAt,
        String message,
        Map<String, String> metadata) {
    public CommitDraft {
        parents = List.copyOf(parents);
        metadata = Map.copyOf(metadata);
    }

    /// A commit by one person at one time, without metadata.
    public static CommitDraft of(Hash catalog, List<Hash> parents, String author, long millis, String message) {
        return new CommitDraft(catalog, parents, author, millis, author, millis, message, Map.of());
    }
}
