package coppice.engine.views;

import coppice.api.Limits;
import coppice.api.Range;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.expression.KeyRange;
import coppice.projection.IndexEntry;
import coppice.projection.IndexShape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A walk over entries of an index in the order of its columns and then of the keys of rows. Long entries, which lie
/// behind
/// the others in no order, come at their places: they are gathered first. One thread.
///
/// The place of an entry is its sort key and the key of its row, one behind the other.
final class EntryWalk {
    private static final Range LONGS = Range.from(new byte[] {IndexShape.LONG});

    private final IndexShape shape;
    private final SpaceState entries;
    private final boolean isReversed;
    private final Deque<KeyRange> ranges;
    private final Deque<IndexEntry> longs;
    private @Nullable StateCursor cursor;
    private KeyRange walked = new KeyRange(new byte[0], new byte[0]);
    private @Nullable IndexEntry ahead;

    /// @param ranges of places, in order and disjoint
    /// @param hasLongs whether there are long entries
    EntryWalk(IndexShape shape, SpaceState entries, List<KeyRange> ranges, boolean isReversed, boolean hasLongs) {
        this.shape = shape;
        this.entries = entries;
        this.isReversed = isReversed;
        this.ranges = new ArrayDeque<>(isReversed ? ranges.reversed() : ranges);
        this.longs = hasLongs ? sorted(longs(shape, entries, ranges), isReversed) : new ArrayDeque<>();
    }

    private static Deque<IndexEntry> sorted(List<IndexEntry> entries, boolean isReversed) {
        Comparator<IndexEntry> order = Comparator.comparing(EntryWalk::place, Arrays::compareUnsigned);
        entries.sort(isReversed ? order.reversed() : order);
        return new ArrayDeque<>(entries);
    }

    /// Whether there are long entries.
    static boolean hasLongs(SpaceState entries) {
        try (StateCursor cursor = entries.scan(LONGS)) {
            return cursor.next();
        }
    }

    private static List<IndexEntry> longs(IndexShape shape, SpaceState entries, List<KeyRange> ranges) {
        List<IndexEntry> all = new ArrayList<>();
        try (StateCursor cursor = entries.scan(LONGS)) {
            while (cursor.next()) {
                IndexEntry entry = shape.read(cursor.key(), cursor.value());
                byte[] place = place(entry);
                if (ranges.stream().anyMatch(range -> range.has(place))) {
                    all.add(entry);
                }
            }
        }
        return all;
    }

    /// How many entries lie in ranges of places. Reads none but long ones.
    static long count(IndexShape shape, SpaceState entries, List<KeyRange> ranges) {
        return ranges.stream()
                        .mapToLong(range -> entries.countOnce(range(range)))
                        .sum()
                + longs(shape, entries, ranges).size();
    }

    static byte[] place(IndexEntry entry) {
        byte[] place = Arrays.copyOf(entry.sortKey(), entry.sortKey().length + entry.rowKey().length);
        System.arraycopy(entry.rowKey(), 0, place, entry.sortKey().length, entry.rowKey().length);
        return place;
    }

    /// Where entries of usual length are. A place is longer than any key where it is that of a long entry, beside which
    /// there is no other.
    private static Range range(KeyRange range) {
        return Range.between(key(range.from()), key(range.to()));
    }

    private static byte[] key(byte[] place) {
        return place.length <= Limits.KEY_BYTES_MAX ? place : Arrays.copyOf(place, Limits.KEY_BYTES_MAX);
    }

    private static boolean isCut(KeyRange range) {
        return Math.max(range.from().length, range.to().length) > Limits.KEY_BYTES_MAX;
    }

    /// The next entry; null when there is none.
    @Nullable
    IndexEntry next() {
        IndexEntry usual = ahead == null ? usual() : ahead;
        IndexEntry other = longs.peek();
        if (usual == null || (other != null && isBefore(other, usual))) {
            ahead = usual;
            return longs.poll();
        }
        ahead = null;
        return usual;
    }

    private boolean isBefore(IndexEntry one, IndexEntry other) {
        int order = Arrays.compareUnsigned(place(one), place(other));
        return isReversed ? order > 0 : order < 0;
    }

    private @Nullable IndexEntry usual() {
        while (true) {
            StateCursor walk = cursor;
            if (walk != null && walk.next()) {
                if (isCut(walked) && !walked.has(walk.key())) {
                    continue;
                }
                return shape.read(walk.key(), walk.value());
            }
            KeyRange range = ranges.poll();
            if (range == null) {
                return null;
            }
            walked = range;
            Range keys = range(range);
            cursor = entries.scan(isReversed ? keys.reversed() : keys);
        }
    }
}
