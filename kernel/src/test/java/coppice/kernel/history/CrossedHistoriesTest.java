package coppice.kernel.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.CountingChunks;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Resolution;
import coppice.kernel.tree.Tree;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Merges of histories of any shape, against the same over plain maps.
class CrossedHistoriesTest {
    /// A commit of the model. A virtual one has no hash in the history under test.
    private record Version(@Nullable Hash hash, Map<String, String> rows, List<Version> parents, int generation) {
        Set<Version> withAncestors() {
            Set<Version> found = new HashSet<>();
            List<Version> open = new ArrayList<>(List.of(this));
            while (!open.isEmpty()) {
                Version next = open.removeLast();
                if (found.add(next)) {
                    open.addAll(next.parents);
                }
            }
            return found;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /// A commit to be made: which earlier ones are its parents, by distance, and what it writes.
    private record Step(List<Integer> distances, List<Integer> writes) {}

    private static Gen<List<Step>> steps() {
        Gen<Integer> distances =
                Gen.frequency(Gen.constant(1).weighing(2), Gen.ints(1, 4).weighing(3));
        Gen<List<Integer>> writes = Gen.ints(0, 11).list(0, 2);
        Gen<List<Step>> any =
                Gen.combine(distances.list(1, 3), writes, Step::new).list(2, 14);
        // A root, three from it, and all three merged twice.
        Gen<List<Step>> crossed = choices -> {
            List<Step> steps = new ArrayList<>();
            for (List<Integer> parents :
                    List.of(List.of(1), List.of(1), List.of(2), List.of(3), List.of(1, 2, 3), List.of(2, 3, 4))) {
                steps.add(new Step(parents, writes.from(choices)));
            }
            steps.addAll(any.from(choices));
            return steps;
        };
        return Gen.oneOf(any, crossed);
    }

    private final Nodes nodes = new Nodes(new CountingChunks(), 64 << 20);
    private final History history = new History(nodes);
    private int commits; // so that no two commits are one

    private Version commit(Map<String, String> rows, List<Version> parents) {
        List<Hash> names =
                parents.stream().map(Version::hash).map(Objects::requireNonNull).toList();
        int generation = parents.stream().mapToInt(Version::generation).max().orElse(-1) + 1;
        Hash hash = history.commit(CommitDraft.of(catalog(rows).root(), names, "a", commits++, ""));
        return new Version(hash, rows, parents, generation);
    }

    private Catalog catalog(Map<String, String> rows) {
        List<Edit> edits = rows.entrySet().stream()
                .map(row ->
                        Edit.put(row.getKey().getBytes(US_ASCII), row.getValue().getBytes(US_ASCII)))
                .toList();
        Tree tree = Tree.empty(nodes).apply(Edits.of(edits));
        return Catalog.empty(nodes).with("s", SpaceRecord.of("dict", tree, null));
    }

    private static List<Version> bases(Version a, Version b) {
        Set<Version> common = a.withAncestors();
        common.retainAll(b.withAncestors());
        Set<Version> best = new HashSet<>(common);
        for (Version ancestor : common) {
            Set<Version> below = ancestor.withAncestors();
            below.remove(ancestor);
            best.removeAll(below);
        }
        return best.stream()
                .sorted((x, y) -> x.generation != y.generation
                        ? Integer.compare(y.generation, x.generation)
                        : y.hash.compareTo(x.hash))
                .toList();
    }

    /// The rows to merge on; a disagreement is a `?` and what each has.
    private static Map<String, String> base(Version a, Version b) {
        List<Version> bases = bases(a, b);
        if (bases.isEmpty()) {
            return Map.of();
        }
        Version virtual = bases.getFirst();
        for (Version next : bases.subList(1, bases.size())) {
            Map<String, String> merged = new TreeMap<>();
            Map<String, String> below = base(virtual, next);
            for (String key : keys(below, virtual.rows, next.rows)) {
                String was = below.get(key);
                String ours = virtual.rows.get(key);
                String theirs = next.rows.get(key);
                String result = Objects.equals(was, ours) ? theirs : ours;
                if (!Objects.equals(ours, theirs) && !Objects.equals(was, ours) && !Objects.equals(was, theirs)) {
                    String[] both = {ours + "", theirs + ""};
                    Arrays.sort(both);
                    result = "?" + both[0] + "|" + both[1];
                }
                if (result != null) {
                    merged.put(key, result);
                }
            }
            int generation = Math.max(virtual.generation, next.generation) + 1;
            virtual = new Version(null, merged, List.of(virtual, next), generation);
        }
        return virtual.rows;
    }

    @SafeVarargs
    private static Set<String> keys(Map<String, String>... maps) {
        Set<String> keys = new TreeSet<>();
        for (Map<String, String> map : maps) {
            keys.addAll(map.keySet());
        }
        return keys;
    }

    private List<Version> build(List<Step> steps) {
        List<Version> versions = new ArrayList<>();
        for (Step step : steps) {
            List<Version> parents = step.distances.stream()
                    .filter(distance -> distance <= versions.size())
                    .map(distance -> versions.get(versions.size() - distance))
                    .distinct()
                    .toList();
            Map<String, String> rows = new TreeMap<>();
            parents.forEach(parent -> parent.rows.forEach(rows::putIfAbsent)); // some way of deciding
            for (int write : step.writes) {
                String key = "k" + write % 3;
                if (write < 3) {
                    rows.remove(key);
                } else {
                    rows.put(key, "v" + write / 3);
                }
            }
            versions.add(commit(rows, parents));
        }
        return versions;
    }

    @Test
    void theBaseIsThatOfTheModel() {
        Set<Integer> seen = new TreeSet<>(); // how many bases there were
        Property.forAll(steps()).runs(500).check(steps -> {
            List<Version> versions = build(steps);
            Version ours = versions.get(versions.size() / 2);
            for (Version theirs : versions) {
                Catalog base =
                        history.mergeBase(ours.hash, theirs.hash, (space, conflict) -> new Resolution.Unresolved());
                seen.add(bases(ours, theirs).size());
                Map<String, String> expected = base(ours, theirs);
                Map<String, String> found = rows(base);
                assertThat(found.keySet()).isEqualTo(expected.keySet());
                found.forEach((key, value) ->
                        assertThat(value).isEqualTo(expected.get(key).startsWith("?") ? "?" : expected.get(key)));
            }
        });
        assertThat(seen).as("shapes that matter came up").contains(0, 1, 2, 3);
    }

    private static Map<String, String> rows(Catalog catalog) {
        Map<String, String> rows = new TreeMap<>();
        Cursor cursor = catalog.rows("s").cursor();
        while (cursor.next()) {
            String value = Disagreement.is(cursor.value()) ? "?" : new String(cursor.value(), US_ASCII);
            rows.put(new String(cursor.key(), US_ASCII), value);
        }
        return rows;
    }
}
