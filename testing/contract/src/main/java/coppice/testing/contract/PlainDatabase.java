package coppice.testing.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a database is, in plain sorted maps: every state a whole map, every merge row by row. The model of
/// [ModelContract].
///
/// Keys and values are Latin-1 strings, so that the order of strings is the order of unsigned bytes.
final class PlainDatabase {
    /// Where a value is.
    record Row(String space, String key) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            int bySpace = space.compareTo(other.space);
            return bySpace != 0 ? bySpace : key.compareTo(other.key);
        }
    }

    /// All rows of one state. Never changed once it is somewhere.
    static final class State extends TreeMap<Row, String> {
        private static final long serialVersionUID = 1L;

        State() {}

        State(Map<Row, String> rows) {
            putAll(rows);
        }

        /// One space's rows.
        NavigableMap<String, String> space(String name) {
            TreeMap<String, String> rows = new TreeMap<>();
            tailMap(new Row(name, "")).forEach((row, value) -> {
                if (row.space().equals(name)) {
                    rows.put(row.key(), value);
                }
            });
            return rows;
        }

        List<String> spaces() {
            Set<String> names = new TreeSet<>();
            keySet().forEach(row -> names.add(row.space()));
            return List.copyOf(names);
        }

        Optional<String> at(Row row) {
            return Optional.ofNullable(get(row));
        }

        State with(Row row, Optional<String> value) {
            State next = new State(this);
            next.write(row, value);
            return next;
        }

        void write(Row row, Optional<String> value) {
            if (value.isPresent()) {
                put(row, value.get());
            } else {
                remove(row);
            }
        }
    }

    /// A commit: the hash it got, its state and its parents.
    static final class Version {
        final String id;
        final State state;
        final List<Version> parents;

        Version(String id, State state, List<Version> parents) {
            this.id = id;
            this.state = state;
            this.parents = parents;
        }

        /// The version itself and everything before it.
        Set<Version> ancestors() {
            Set<Version> found = new HashSet<>();
            List<Version> open = new ArrayList<>(List.of(this));
            while (!open.isEmpty()) {
                Version version = open.removeLast();
                if (found.add(version)) {
                    open.addAll(version.parents);
                }
            }
            return found;
        }
    }

    /// A branch.
    static final class Line {
        Version head;
        State working;

        Line(Version head) {
            this.head = head;
            this.working = head.state;
        }

        boolean hasChanges() {
            return !working.equals(head.state);
        }
    }

    /// How the merge of two rows that clash is decided.
    enum Decision {
        NONE,
        OURS,
        THEIRS,
        DELETE
    }

    /// What a merge gives: the rows that clash, and the state in which all others are merged.
    record Merging(List<Row> clashes, State state) {}

    final TreeMap<String, Line> lines = new TreeMap<>();
    final List<Version> versions = new ArrayList<>();

    Line line(String name) {
        Line line = lines.get(name);
        if (line == null) {
            throw new IllegalStateException("the model has no branch " + name);
        }
        return line;
    }

    Version add(String id, State state, List<Version> parents) {
        Version version = new Version(id, state, parents);
        versions.add(version);
        return version;
    }

    /// The common ancestors that no other common ancestor comes after. Several only after criss-cross merges.
    static List<Version> bases(Version ours, Version theirs) {
        Set<Version> common = ours.ancestors();
        common.retainAll(theirs.ancestors());
        return common.stream()
                .filter(version -> common.stream()
                        .noneMatch(
                                other -> other != version && other.ancestors().contains(version)))
                .toList();
    }

    /// The state to merge two versions on. Where there are several best common ancestors these are merged, the
    /// newest first, each on what the ones before and it have in common; a row that they disagree on gets a text
    /// that no row has, so that it counts as changed.
    static State base(Version ours, Version theirs) {
        List<Version> bases = bases(ours, theirs).stream()
                .sorted(Comparator.comparingLong(PlainDatabase::generation)
                        .thenComparing(version -> version.id)
                        .reversed())
                .toList();
        if (bases.isEmpty()) {
            return new State();
        }
        Version merged = bases.getFirst();
        for (Version next : bases.subList(1, bases.size())) {
            Merging merging = merge(base(merged, next), merged.state, next.state, Decision.NONE);
            for (Row clash : merging.clashes()) {
                String one = merged.state.at(clash).orElse("none");
                String other = next.state.at(clash).orElse("none");
                boolean inOrder = one.compareTo(other) < 0;
                String both = inOrder ? one + " | " + other : other + " | " + one;
                merging.state().write(clash, Optional.of("the bases disagree: " + both));
            }
            merged = new Version("", merging.state(), List.of(merged, next));
        }
        return merged.state;
    }

    private static long generation(Version version) {
        return version.parents.stream()
                        .mapToLong(PlainDatabase::generation)
                        .max()
                        .orElse(-1)
                + 1;
    }

    /// Merges row by row.
    static Merging merge(State base, State ours, State theirs, Decision decision) {
        Set<Row> rows = new TreeSet<>(base.keySet());
        rows.addAll(ours.keySet());
        rows.addAll(theirs.keySet());
        List<Row> clashes = new ArrayList<>();
        State merged = new State();
        for (Row row : rows) {
            Optional<String> was = base.at(row);
            Optional<String> left = ours.at(row);
            Optional<String> right = theirs.at(row);
            if (left.equals(right) || right.equals(was)) {
                merged.write(row, left);
            } else if (left.equals(was)) {
                merged.write(row, right);
            } else {
                switch (decision) {
                    case NONE -> clashes.add(row);
                    case OURS -> merged.write(row, left);
                    case THEIRS -> merged.write(row, right);
                    case DELETE -> merged.write(row, Optional.empty());
                }
            }
        }
        return new Merging(clashes, merged);
    }
}
