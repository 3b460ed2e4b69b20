package coppice.engine.merge;

import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.History;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When values were written, read from the history: see [coppice.api.MergePolicy#lastWriterWins()]. For one merge
/// and one thread.
public final class Writings {
    private static final int REMEMBERED = 64;

    private final History history;
    private final Nodes nodes;
    private final Map<Hash, Version> versions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Version> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Version(Commit commit, Catalog catalog) {}

    /// The writings in a history.
    Writings(History history, Nodes nodes) {
        this.history = history;
        this.nodes = nodes;
    }

    /// When what a commit has was written.
    public Written of(Hash head) {
        return (space, key) -> millis(head, space, key);
    }

    private long millis(Hash head, String space, byte[] key) {
        Version at = version(head);
        Content content = content(at, space, key);
        while (true) {
            Version before = null;
            for (Hash parent : at.commit.parents()) {
                if (!history.isHere(parent)) {
                    continue; // a shallow clone knows no writer but the first that it has
                }
                Version candidate = version(parent);
                Content older = content(candidate, space, key, content);
                if (older.means(content)) {
                    before = candidate;
                    content = older;
                    break;
                }
            }
            if (before == null) {
                return at.commit.authoredAt();
            }
            at = before;
        }
    }

    private Version version(Hash commit) {
        Version known = versions.get(commit);
        if (known == null) {
            Commit read = history.read(commit);
            known = new Version(read, Catalog.load(nodes, read.catalog()));
            versions.put(commit, known);
        }
        return known;
    }

    /// What is under a key, and in which tree.
    private record Content(Optional<Hash> tree, byte @Nullable [] value) {
        boolean means(Content other) {
            return Arrays.equals(value, other.value);
        }
    }

    private Content content(Version version, String space, byte[] key) {
        SpaceRecord record = version.catalog.space(space).orElse(null);
        return record == null
                ? new Content(Optional.empty(), null)
                : new Content(
                        Optional.of(record.root()),
                        Tree.load(nodes, record.root()).get(key));
    }

    /// As above, without a look into a tree that is known.
    private Content content(Version version, String space, byte[] key, Content known) {
        Optional<Hash> tree = version.catalog.space(space).map(SpaceRecord::root);
        return tree.equals(known.tree) ? known : content(version, space, key);
    }
}
