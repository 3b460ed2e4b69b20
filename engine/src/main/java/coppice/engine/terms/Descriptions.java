package coppice.engine.terms;

import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.kernel.bytes.Hash;
import java.time.Instant;

/// The kernel's commits in the words of the API.
public final class Descriptions {
    private Descriptions() {}

    /// Describes a commit.
    public static Commit of(Hash name, coppice.kernel.history.Commit commit) {
        return new Commit(
                id(name),
                commit.parents().stream().map(Descriptions::id).toList(),
                commit.author(),
                Instant.ofEpochMilli(commit.authoredAt()),
                commit.committer(),
                Instant.ofEpochMilli(commit.committedAt()),
                commit.message(),
                commit.metadata(),
                commit.generation(),
                !commit.signature().isEmpty());
    }

    /// A commit as people know it: `ab12cd34ef56 (its title)`.
    public static String title(Commit commit) {
        return commit.id().abbreviated() + " (" + commit.title() + ")";
    }

    /// The name of a commit.
    public static CommitId id(Hash name) {
        return new CommitId(name.toString());
    }
}
