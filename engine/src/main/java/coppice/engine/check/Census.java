package coppice.engine.check;

import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Ancestors;
import coppice.kernel.history.Commit;
import coppice.kernel.history.History;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Counts the commits that some heads reach, each once. Of the longest history the number is known; what the others
/// have besides is walked, and the answer kept as long as the heads are the same. Safe for all threads.
final class Census {
    private final History history;
    private volatile Counted last = new Counted(Set.of(), 0);

    private record Counted(Set<Hash> heads, long commits) {}

    Census(History history) {
        this.history = history;
    }

    /// Costs a read of each head, and of each commit that the one of the highest generation does not descend from.
    long commits(Set<Hash> heads) {
        Counted known = last;
        if (!known.heads.equals(heads)) {
            known = new Counted(Set.copyOf(heads), count(heads));
            last = known;
        }
        return known.commits;
    }

    private long count(Set<Hash> heads) {
        Map<Hash, Commit> read = new HashMap<>();
        heads.forEach(head -> read.put(head, history.read(head)));
        Map.Entry<Hash, Commit> longest = read.entrySet().stream()
                .max(Map.Entry.comparingByValue((a, b) -> Long.compare(a.generation(), b.generation())))
                .orElse(null);
        if (longest == null) {
            return 0;
        }
        Ancestors trunk = history.ancestors(longest.getKey(), longest.getValue());
        Deque<Hash> open = new ArrayDeque<>(heads);
        Set<Hash> besides = new HashSet<>();
        while (!open.isEmpty()) {
            Hash next = open.pop();
            if (besides.contains(next) || !history.isHere(next)) {
                continue;
            }
            Commit commit = read.containsKey(next) ? read.get(next) : history.read(next);
            if (!trunk.contains(next, commit.generation())) {
                besides.add(next);
                open.addAll(commit.parents());
            }
        }
        return trunk.count() + besides.size();
    }
}
