package coppice.testing.contract.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What merging two states row by row gives.
///
/// @param merged where a row clashes and nobody decided, it has what our side has
/// @param clashes those rows
record PlainMerge(State merged, List<Clash> clashes) {
    /// Begins what a merged base has for a row that the bases disagree on. No row of a state does.
    private static final String DISAGREED = "\0disagreed\0";

    static PlainMerge of(State base, State ours, State theirs, Ruling ruling) {
        Set<Row> rows = State.rowsOf(base, ours, theirs);
        List<Clash> clashes = new ArrayList<>();
        State merged = State.EMPTY.edited(all -> {
            for (Row row : rows) {
                Optional<String> was = base.at(row);
                Optional<String> left = ours.at(row);
                Optional<String> right = theirs.at(row);
                Optional<String> result = left;
                if (left.equals(was)) {
                    result = right;
                } else if (!left.equals(right) && !right.equals(was)) {
                    Clash clash = new Clash(row, was.filter(text -> !text.startsWith(DISAGREED)), left, right);
                    Optional<Optional<String>> decided = ruling.decide(clash);
                    if (decided.isEmpty()) {
                        clashes.add(clash);
                    }
                    result = decided.orElse(left);
                }
                State.write(all, row, result);
            }
        });
        return new PlainMerge(merged, clashes);
    }

    /// Merges two versions.
    static PlainMerge of(Version ours, Version theirs, Ruling ruling) {
        return of(base(ours, theirs, ruling.betweenBases()), ours.state(), theirs.state(), ruling);
    }

    /// The state to merge two versions on. Where there are several best common ancestors these are merged, the
    /// newest first, each on what the ones before and it have in common; a row that they disagree on gets a text
    /// that no row has, so that it counts as changed.
    private static State base(Version ours, Version theirs, Ruling ruling) {
        List<Version> bases = Version.bases(ours, theirs).stream()
                .sorted(Version.NEWEST_FIRST)
                .toList();
        if (bases.isEmpty()) {
            return State.EMPTY;
        }
        Version merged = bases.getFirst();
        for (Version next : bases.subList(1, bases.size())) {
            PlainMerge together = of(base(merged, next, ruling), merged.state(), next.state(), ruling);
            State disagreeing = together.merged.edited(
                    rows -> together.clashes.forEach(clash -> rows.put(clash.row(), DISAGREED + both(clash))));
            merged = Version.draft(disagreeing, List.of(merged, next), "", "");
        }
        return merged.state();
    }

    /// The same whichever side is which.
    private static String both(Clash clash) {
        String one = clash.ours().map(text -> "=" + text).orElse("");
        String other = clash.theirs().map(text -> "=" + text).orElse("");
        return one.compareTo(other) < 0 ? one + "\0" + other : other + "\0" + one;
    }
}
