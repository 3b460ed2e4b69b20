package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import coppice.testing.property.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A graph of commits in a [History], and the same as plain lists to search naively. Commits are numbered in
/// the order in which they were made.
final class Graph {
    private final History history;
    private final Hash catalog;
    private final List<List<Integer>> parents = new ArrayList<>();
    private final List<Hash> hashes = new ArrayList<>();

    Graph(History history) {
        this(history, Example.hash(1));
    }

    private Graph(History history, Hash catalog) {
        this.history = history;
        this.catalog = catalog;
    }

    /// Graphs as lists of commits, each the distances back to its parents. Mostly short distances, so that
    /// lines, branches and criss-cross merges come up.
    static Gen<List<List<Integer>>> shapes(int max) {
        Gen<Integer> distances = Gen.frequency(
                Gen.constant(1).weighing(4),
                Gen.ints(1, 4).weighing(3),
                Gen.ints(1, 40).weighing(1));
        Gen<List<Integer>> single = distances.map(List::of);
        return Gen.frequency(single.weighing(3), distances.list(0, 3).weighing(3))
                .list(1, max);
    }

    static Graph of(History history, List<List<Integer>> shape) {
        return of(history, Example.hash(1), shape);
    }

    /// As above, with this catalog in each commit.
    static Graph of(History history, Hash catalog, List<List<Integer>> shape) {
        Graph graph = new Graph(history, catalog);
        for (List<Integer> distances : shape) {
            Set<Integer> parents = new TreeSet<>();
            for (int distance : distances) {
                int parent = graph.size() - distance;
                if (parent >= 0) {
                    parents.add(parent);
                }
            }
            graph.add(List.copyOf(parents));
        }
        return graph;
    }

    int add(List<Integer> of) {
        List<Hash> named = of.stream().map(hashes::get).toList();
        int number = size();
        hashes.add(history.commit(CommitDraft.of(catalog, named, "a", number, "commit " + number)));
        parents.add(of);
        return number;
    }

    int size() {
        return hashes.size();
    }

    Hash hash(int number) {
        return hashes.get(number);
    }

    int number(Hash hash) {
        return hashes.indexOf(hash);
    }

    List<Integer> parents(int number) {
        return parents.get(number);
    }

    /// A commit and all its ancestors.
    Set<Integer> withAncestors(int number) {
        Set<Integer> seen = new TreeSet<>();
        List<Integer> open = new ArrayList<>(List.of(number));
        while (!open.isEmpty()) {
            int next = open.removeLast();
            if (seen.add(next)) {
                open.addAll(parents.get(next));
            }
        }
        return seen;
    }

    /// Common ancestors that are no ancestor of another one.
    Set<Integer> mergeBases(int a, int b) {
        Set<Integer> common = withAncestors(a);
        common.retainAll(withAncestors(b));
        Set<Integer> best = new TreeSet<>(common);
        for (int ancestor : common) {
            for (int below : withAncestors(ancestor)) {
                if (below != ancestor) {
                    best.remove(below);
                }
            }
        }
        return best;
    }
}
