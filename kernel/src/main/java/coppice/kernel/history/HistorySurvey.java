package coppice.kernel.history;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.tree.ChunkFacts;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.TreeSurvey;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/// Tells which commits are whole: they, all their ancestors, and the data of all of them can be read. Each commit
/// and each tree is looked at once. Not thread-safe.
public final class HistorySurvey {
    private final Nodes nodes;
    private final History history;
    private final TreeSurvey trees;
    private final Map<Hash, Boolean> commits = new HashMap<>();

    /// @param history parents beyond its floor need not be here
    /// @param facts what was learnt from all chunks
    public HistorySurvey(Nodes nodes, History history, ChunkFacts facts) {
        this.nodes = nodes;
        this.history = history;
        this.trees = new TreeSurvey(nodes, facts);
    }

    /// Whether a commit and all its ancestors can be read, with their data.
    public boolean isWhole(Hash head) {
        Deque<Hash> open = new ArrayDeque<>(List.of(head));
        while (!open.isEmpty()) {
            Hash next = open.peek();
            Optional<Commit> commit = commits.containsKey(next) ? Optional.empty() : read(next);
            if (commit.isEmpty()) {
                commits.putIfAbsent(next, false);
                open.pop();
                continue;
            }
            List<Hash> parents =
                    commit.get().parents().stream().filter(this::mayBeHere).toList();
            List<Hash> unknown = parents.stream()
                    .filter(parent -> !commits.containsKey(parent))
                    .toList();
            if (unknown.isEmpty()) {
                boolean whole = parents.stream().allMatch(commits::get)
                        && trees.isWhole(commit.get().closure())
                        && isCatalogWhole(commit.get().catalog());
                commits.put(next, whole);
                open.pop();
            }
            unknown.forEach(open::push);
        }
        return commits.getOrDefault(head, false);
    }

    private boolean mayBeHere(Hash parent) {
        try {
            return history.isHere(parent);
        } catch (CorruptException | MissingChunkException unreadable) {
            return true;
        }
    }

    /// A commit, if it can be read.
    public Optional<Commit> read(Hash commit) {
        try {
            return Optional.of(history.read(commit));
        } catch (CorruptException | MissingChunkException | ShallowException unreadable) {
            return Optional.empty();
        }
    }

    /// The newest whole commit among a commit and its ancestors, as far as they can be found.
    public Optional<Hash> newestWhole(Hash head) {
        PriorityQueue<Closure.Named> open = new PriorityQueue<>(Closure.Named.BY_KEY.reversed());
        Set<Hash> seen = new HashSet<>();
        add(head, open, seen);
        while (!open.isEmpty()) {
            Closure.Named next = open.poll();
            if (isWhole(next.hash())) {
                return Optional.of(next.hash());
            }
            next.commit().parents().forEach(parent -> add(parent, open, seen));
        }
        return Optional.empty();
    }

    private void add(Hash commit, PriorityQueue<Closure.Named> open, Set<Hash> seen) {
        if (seen.add(commit)) {
            read(commit).ifPresent(read -> open.add(new Closure.Named(commit, read)));
        }
    }

    /// Whether a tree can be read.
    public boolean isTreeWhole(Hash root) {
        return trees.isWhole(root);
    }

    /// Whether a catalog can be read, with all its spaces.
    public boolean isCatalogWhole(Hash root) {
        return trees.isWhole(root)
                && Catalog.load(nodes, root).spaces().stream().allMatch(space -> isWhole(space.record()));
    }

    /// Whether a space can be read.
    public boolean isWhole(SpaceRecord space) {
        Hash schema = space.schema();
        return trees.isWhole(space.root()) && (schema == null || trees.isWhole(schema));
    }

    /// The commits that were found not to be whole.
    public Set<Hash> broken() {
        Set<Hash> broken = new HashSet<>();
        commits.forEach((commit, whole) -> {
            if (!whole) {
                broken.add(commit);
            }
        });
        return broken;
    }

    /// Writes the trees of the ancestors of some commits and of all their ancestors again, each from those of its
    /// parents: what was lost of them is there again, as long as the commits can be read.
    public void remakeAncestors(List<Hash> heads) {
        Map<Hash, Commit> all = new HashMap<>();
        Deque<Hash> open = new ArrayDeque<>(heads);
        while (!open.isEmpty()) {
            Hash next = open.pop();
            Optional<Commit> commit = all.containsKey(next) ? Optional.empty() : read(next);
            commit.ifPresent(found -> {
                all.put(next, found);
                open.addAll(found.parents());
            });
        }
        all.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().generation()))
                .forEach(entry -> remake(entry.getValue()));
    }

    private void remake(Commit commit) {
        try {
            List<Closure.Named> parents = commit.parents().stream()
                    .map(parent -> new Closure.Named(parent, history.read(parent)))
                    .toList();
            var _ = Closure.ofParents(nodes, parents);
        } catch (CorruptException | MissingChunkException | ShallowException unreadable) {
            // What its ancestors are cannot be known.
        }
    }
}
