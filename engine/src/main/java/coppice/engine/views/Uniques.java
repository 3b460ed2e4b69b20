package coppice.engine.views;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.engine.projection.Node;
import coppice.engine.projection.Results;
import coppice.engine.state.BranchState;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.engine.terms.Keys;
import coppice.expression.Value;
import coppice.kernel.tree.TreeDiff;
import coppice.projection.IndexEntry;
import coppice.projection.IndexShape;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Refuses what would give two rows the same columns in an index where no two may have them. Safe for all threads.
public final class Uniques {
    private final Catalogue catalogue;
    private final Results results;

    Uniques(Catalogue catalogue, Results results) {
        this.catalogue = catalogue;
        this.results = results;
    }

    /// Whether there are such indexes.
    boolean areAny() {
        return !catalogue.uniques().isEmpty();
    }

    /// Makes what [#check] needs, so that it takes no longer than what is written.
    public void prepare(BranchState state, Collection<String> spaces) {
        catalogue.uniques().forEach(unique -> {
            if (isAbout(unique.result(), spaces)) {
                results.of(unique.result(), state);
            }
        });
    }

    /// Compares what differs between two states with the rest of the later one.
    ///
    /// @param spaces what may differ
    /// @throws DatabaseException.Incorrect when two rows have the same columns, one of which is new
    public void check(BranchState before, BranchState after, Collection<String> spaces) {
        for (Defined unique : catalogue.uniques()) {
            if (isAbout(unique.result(), spaces)) {
                check(unique, results.of(unique.result(), before), results.of(unique.result(), after));
            }
        }
    }

    /// Compares all rows of an index with each other. Costs a read of its entries, which are made where they are
    /// not known.
    ///
    /// @throws DatabaseException.Incorrect when two rows have the same columns
    void checkAll(Defined unique, BranchState state) {
        IndexShape shape = (IndexShape) unique.projection().shape();
        SpaceState entries = results.of(unique.result(), state);
        Optional<IndexEntry> before = Optional.empty();
        try (StateCursor cursor = entries.scan(Range.all())) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                IndexEntry entry = shape.read(key, cursor.value());
                if (key[0] == IndexShape.LONG) {
                    same(shape, entries, key, entry).ifPresent(other -> refuseBoth(unique, shape, entry, other));
                }
                before.filter(other -> other.hasColumnsOf(entry))
                        .ifPresent(other -> refuseBoth(unique, shape, other, entry));
                before = Optional.of(entry);
            }
        }
    }

    private static void refuseBoth(Defined unique, IndexShape shape, IndexEntry one, IndexEntry other) {
        List<Value> columns = shape.values(one.sortKey());
        if (!columns.contains(Value.Null.VALUE)) {
            throw refusal(
                    unique,
                    columns,
                    one,
                    other,
                    " have the same ",
                    ", where no two rows may: give one of them another value, or leave out UNIQUE; nothing was"
                            + " defined");
        }
    }

    private static boolean isAbout(Node node, Collection<String> spaces) {
        return switch (node) {
            case Node.OfSpace(String space) -> spaces.contains(space);
            case Node.Made made -> made.inputs().stream().anyMatch(input -> isAbout(input, spaces));
        };
    }

    private static void check(Defined unique, SpaceState before, SpaceState after) {
        if (before.base().equals(after.base())) {
            after.differing(before, key -> checkOne(unique, after, key));
            return;
        }
        TreeDiff diff = before.whole().diff(after.whole());
        while (diff.next()) {
            checkOne(unique, after, diff.key());
        }
    }

    private static void checkOne(Defined unique, SpaceState entries, byte[] key) {
        byte[] value = entries.get(key);
        if (value == null) {
            return;
        }
        IndexShape shape = (IndexShape) unique.projection().shape();
        IndexEntry entry = shape.read(key, value);
        List<Value> columns = shape.values(entry.sortKey());
        if (columns.contains(Value.Null.VALUE)) {
            return;
        }
        same(shape, entries, key, entry).ifPresent(other -> {
            throw refusal(
                    unique,
                    columns,
                    entry,
                    other,
                    " would have the same ",
                    ", where no two rows may: give one of them another value; nothing was written");
        });
    }

    /// Another entry with the same columns.
    private static Optional<IndexEntry> same(IndexShape shape, SpaceState entries, byte[] key, IndexEntry entry) {
        for (byte[] beginning : List.of(entry.sortKey(), IndexShape.longBeginning(entry.sortKey()))) {
            try (StateCursor cursor = entries.scan(Range.prefix(beginning))) {
                while (cursor.next()) {
                    byte[] other = cursor.key();
                    IndexEntry found = shape.read(other, cursor.value());
                    if (!Arrays.equals(other, key) && found.hasColumnsOf(entry)) {
                        return Optional.of(found);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static DatabaseException refusal(
            Defined unique, List<Value> columns, IndexEntry one, IndexEntry other, String have, String remedy) {
        String values = columns.stream().map(Value::toString).collect(Collectors.joining(", "));
        return new DatabaseException.Incorrect(
                        ErrorCode.NOT_UNIQUE,
                        "'" + Keys.display(one.rowKey()) + "' and '" + Keys.display(other.rowKey()) + "'" + have + "("
                                + values + ") in '" + unique.name() + "'" + remedy)
                .with("projection", unique.name())
                .with("key", Keys.display(one.rowKey()))
                .with("other", Keys.display(other.rowKey()))
                .with("values", values);
    }
}
