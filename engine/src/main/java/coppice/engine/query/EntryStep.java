package coppice.engine.query;

import coppice.api.KeyPattern;
import coppice.engine.state.SpaceState;
import coppice.expression.KeyRange;
import coppice.projection.IndexEntry;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads entries of an index, in its order or the opposite; those with equal values of all columns from the
/// lowest key of rows or from the highest, whichever way the others come.
final class EntryStep extends Step {
    /// So many entries with equal values are turned round in memory; more are found anew.
    private static final int TURNED = 64;

    private final SpaceState rows;
    private final IndexMatch match;
    private final @Nullable KeyPattern pattern;
    private final boolean isDown;
    private final boolean isKeyDown;
    private final Optional<Entry> after;

    private final Deque<IndexEntry> turned = new ArrayDeque<>();
    private @Nullable Entries all;
    private Entries.@Nullable Walk group;
    private Entries.@Nullable Walk walk;
    private @Nullable IndexEntry ahead;

    /// A place to go on behind.
    ///
    /// @param sortKey the values of the first columns, or of all
    /// @param rowKey behind which of the entries with these values; before all of them where it is not said
    record Entry(byte[] sortKey, Optional<byte[]> rowKey) {}

    /// @param pattern what keys of rows must fit besides, if anything
    EntryStep(
            SpaceState rows,
            IndexMatch match,
            @Nullable KeyPattern pattern,
            boolean isDown,
            boolean isKeyDown,
            Optional<Entry> after,
            double estimate) {
        super("index", estimate);
        this.rows = rows;
        this.match = match;
        this.pattern = pattern;
        this.isDown = isDown;
        this.isKeyDown = isKeyDown;
        this.after = after;
    }

    @Override
    String of() {
        return match.toString();
    }

    @Override
    @Nullable
    Found advance() {
        while (true) {
            IndexEntry entry = entry();
            if (entry == null) {
                return null;
            }
            if (pattern == null || pattern.fits(entry.rowKey())) {
                return new Found(rows, entry);
            }
        }
    }

    private @Nullable IndexEntry entry() {
        Entries.Walk open = walk == null ? begin() : walk;
        while (true) {
            if (!turned.isEmpty()) {
                return turned.pop();
            }
            if (group != null) {
                IndexEntry entry = group.next();
                if (entry != null) {
                    return entry;
                }
                group = null;
            }
            IndexEntry first = ahead == null ? open.next() : ahead;
            ahead = null;
            if (first == null || isDown == isKeyDown) {
                return first;
            }
            open = turn(first, open);
        }
    }

    /// Gathers the entries that have the same values as one, to give them the other way round.
    private Entries.Walk turn(IndexEntry first, Entries.Walk open) {
        turned.push(first);
        ahead = open.next();
        while (ahead != null && ahead.hasColumnsOf(first)) {
            if (turned.size() == TURNED) {
                turned.clear();
                return goOn(first.sortKey(), Optional.empty());
            }
            turned.push(ahead);
            ahead = open.next();
        }
        return open;
    }

    private Entries.Walk begin() {
        Entries whole = match.entries();
        all = whole;
        if (after.isPresent()) {
            return goOn(after.get().sortKey(), after.get().rowKey());
        }
        Entries.Walk begun = whole.walk(isDown);
        walk = begun;
        return begun;
    }

    /// Goes on with the entries that have certain values, then with those behind them.
    ///
    /// @param rowKey behind which of them, if not all count
    private Entries.Walk goOn(byte[] sortKey, Optional<byte[]> rowKey) {
        Entries whole = all == null ? match.entries() : all;
        KeyRange same = KeyRange.beginningWith(sortKey);
        Entries equal = whole.within(same);
        if (rowKey.isPresent()) {
            byte[] place = Entries.joined(sortKey, rowKey.get());
            equal = isKeyDown ? equal.before(place) : equal.from(Arrays.copyOf(place, place.length + 1));
        }
        group = equal.walk(isKeyDown);
        ahead = null;
        Entries.Walk rest = (isDown ? whole.before(same.from()) : whole.from(same.to())).walk(isDown);
        walk = rest;
        return rest;
    }
}
