package coppice.testing.contract;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.testing.property.Gen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A random history of a database, and beside it everything that was ever committed as plain maps, to search
/// naively.
final class Timeline {
    static final String SPACE = "s";
    static final String OTHER = "t";

    /// One thing to do; what does not apply is passed over.
    ///
    /// @param kind what
    /// @param branch on which of the branches
    /// @param number which key, other branch, or value
    record Step(int kind, int branch, int number) {}

    /// One commit, as plain data.
    ///
    /// @param rows all that it holds, by `space/key`
    record Version(Commit commit, List<Version> parents, Map<String, String> rows) {
        /// This and all ancestors.
        Set<Version> withAncestors() {
            Set<Version> seen = new HashSet<>();
            List<Version> open = new ArrayList<>(List.of(this));
            while (!open.isEmpty()) {
                Version next = open.removeLast();
                if (seen.add(next)) {
                    open.addAll(next.parents);
                }
            }
            return seen;
        }

        /// Whether the row is another than in each parent.
        boolean changed(String row) {
            String own = rows.get(row);
            return parents.isEmpty()
                    ? own != null
                    : parents.stream().noneMatch(parent -> Objects.equals(parent.rows.get(row), own));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Version that && commit.id().equals(that.commit.id());
        }

        @Override
        public int hashCode() {
            return commit.id().hashCode();
        }
    }

    final Map<String, Version> versions = new LinkedHashMap<>();
    final List<String> branches = new ArrayList<>(List.of("main"));
    private final Map<String, Map<String, String>> working = new TreeMap<>();
    private final Database db;

    Timeline(Database db) {
        this.db = db;
        Commit first = db.head();
        versions.put(first.id().hex(), new Version(first, List.of(), Map.of()));
        working.put("main", new TreeMap<>());
    }

    static Gen<List<Step>> steps(int max) {
        Gen<Integer> kinds = Gen.frequency(
                Gen.constant(0).weighing(6), // put
                Gen.constant(1).weighing(2), // delete
                Gen.constant(2).weighing(6), // commit
                Gen.constant(3).weighing(1), // branch
                Gen.constant(4).weighing(2), // merge
                Gen.constant(5).weighing(1)); // put into the other space
        return Gen.combine(
                        kinds,
                        Gen.combine(Gen.ints(0, 3), Gen.ints(0, 5), (branch, number) -> new int[] {branch, number}),
                        (kind, where) -> new Step(kind, where[0], where[1]))
                .list(1, max);
    }

    void run(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String name = branches.get(step.branch % branches.size());
            Branch branch = db.branch(name);
            switch (step.kind) {
                case 0, 5 -> {
                    String space = step.kind == 0 ? SPACE : OTHER;
                    put(branch, space, "k" + step.number, "" + i % 3);
                }
                case 1 -> {
                    branch.space(SPACE).delete("k" + step.number);
                    working(name).remove(SPACE + "/k" + step.number);
                }
                case 2 -> commit(branch, "step " + i);
                case 3 -> branch(name, i);
                default -> merge(branch, branches.get(step.number % branches.size()), i);
            }
        }
        branches.forEach(name -> commit(db.branch(name), "the rest of " + name));
    }

    void put(Branch branch, String space, String key, String value) {
        branch.space(space).put(key, value);
        working(branch.name()).put(space + "/" + key, value);
    }

    private Map<String, String> working(String branch) {
        return Objects.requireNonNull(working.get(branch));
    }

    Version commit(Branch branch, String message) {
        Version parent = at(branch.head());
        Commit commit = branch.commit(message);
        return add(commit, List.of(parent), working(branch.name()));
    }

    private Version add(Commit commit, List<Version> parents, Map<String, String> rows) {
        Version version = new Version(commit, parents, new TreeMap<>(rows));
        versions.put(commit.id().hex(), version);
        return version;
    }

    Version at(Commit commit) {
        return Objects.requireNonNull(versions.get(commit.id().hex()));
    }

    private void branch(String from, int number) {
        if (branches.size() < 4) {
            String name = "b" + number;
            Branch made = db.branch(name, db.branch(from).head());
            branches.add(name);
            working.put(name, new TreeMap<>(at(made.head()).rows));
        }
    }

    /// Where both sides changed a key, one of them wins or something new takes its place.
    private void merge(Branch into, String source, int number) {
        if (source.equals(into.name()) || into.hasChanges()) {
            return;
        }
        Version ours = at(into.head());
        Version theirs = at(db.branch(source).head());
        db.merge(source, Merge.into(into.name()).resolving(resolver(number)));
        Map<String, String> rows = new TreeMap<>();
        for (String space : into.snapshot().spaces()) {
            for (String row : Contract.rows(into.snapshot().space(space))) {
                int sign = row.indexOf('=');
                rows.put(space + "/" + row.substring(0, sign), row.substring(sign + 1));
            }
        }
        if (!versions.containsKey(into.head().id().hex())) {
            add(into.head(), List.of(ours, theirs), rows);
        }
        working.put(into.name(), rows);
    }

    private static Resolver resolver(int number) {
        return switch (number % 3) {
            case 0 -> Resolver.OURS;
            case 1 -> Resolver.THEIRS;
            default -> conflict -> new Resolver.Take(Optional.of(Contract.utf8("merged " + number)));
        };
    }
}
