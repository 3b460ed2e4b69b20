package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The commits that were read or written last, so that listing branches or paging a log does not read each one from
/// disk again. A commit is what its name says, so what is kept here never grows old. Safe for all threads.
final class CommitCache {
    /// What a commit costs besides its texts, about, in bytes.
    private static final int FOOTPRINT = 700;

    private final long capacity;
    private final Map<Hash, Commit> commits = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /// @param capacity the memory that commits may take, about, in bytes
    CommitCache(long capacity) {
        this.capacity = capacity;
    }

    synchronized @Nullable Commit find(Hash name) {
        return commits.get(name);
    }

    synchronized Commit keep(Hash name, Commit commit) {
        if (commits.put(name, commit) == null) {
            bytes += footprint(commit);
        }
        var eldest = commits.values().iterator();
        while (bytes > capacity && eldest.hasNext()) {
            bytes -= footprint(eldest.next());
            eldest.remove();
        }
        return commit;
    }

    private static int footprint(Commit commit) {
        int length = commit.author().length()
                + commit.committer().length()
                + commit.message().length()
                + commit.signature().length()
                + commit.parents().size() * Hash.BYTES;
        for (Map.Entry<String, String> entry : commit.metadata().entrySet()) {
            length += FOOTPRINT / 4 + entry.getKey().length() + entry.getValue().length();
        }
        return FOOTPRINT + 2 * length;
    }
}
