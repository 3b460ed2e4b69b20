package coppice.engine.query;

import coppice.api.Range;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.expression.KeyRange;
import coppice.projection.IndexEntry;
import coppice.projection.IndexShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The entries of an index that are in ranges of its order: of the values of its columns, followed by the keys of
/// rows. Long entries, which lie behind the others, are looked through when this is made, and have their places
/// here. Where there are few entries, all of them may be here already.
public final class Entries {
    /// So many entries are read where it takes about as much to count them.
    private static final int FEW = 4;

    private static final Range LONG = Range.from(new byte[] {IndexShape.LONG});
    private static final Comparator<IndexEntry> ORDER =
            Comparator.comparing(IndexEntry::place, Arrays::compareUnsigned);

    private final SpaceState state;
    private final IndexShape shape;
    private final List<KeyRange> ranges;
    private final List<IndexEntry> here;
    private final boolean areAllHere;

    /// @param here the long ones of them, or all, in order
    private Entries(
            SpaceState state, IndexShape shape, List<KeyRange> ranges, List<IndexEntry> here, boolean areAllHere) {
        this.state = state;
        this.shape = shape;
        this.ranges = ranges;
        this.here = here;
        this.areAllHere = areAllHere;
    }

    /// Those in ranges.
    ///
    /// @param ranges in order and disjoint
    public static Entries of(SpaceState state, IndexShape shape, List<KeyRange> ranges) {
        return of(state, shape, ranges, true);
    }

    /// Those in ranges.
    ///
    /// @param hasLong whether to look for long entries: see [#hasLong]
    public static Entries of(SpaceState state, IndexShape shape, List<KeyRange> ranges, boolean hasLong) {
        List<IndexEntry> longOnes = hasLong ? longOnes(state, shape, ranges) : List.of();
        return new Entries(state, shape, ranges, longOnes, false);
    }

    /// Those in a range, all here, where they are few and none is long; else nothing.
    static Optional<Entries> few(SpaceState state, IndexShape shape, KeyRange range) {
        List<IndexEntry> here = new ArrayList<>(FEW);
        StateCursor cursor = state.scan(range.from(), range.to(), false);
        while (cursor.next()) {
            if (here.size() == FEW) {
                return Optional.empty();
            }
            here.add(shape.read(cursor.key(), cursor.value()));
        }
        return Optional.of(new Entries(state, shape, List.of(range), here, true));
    }

    /// Whether an index has long entries.
    public static boolean hasLong(SpaceState state) {
        try (StateCursor cursor = state.scan(LONG)) {
            return cursor.next();
        }
    }

    private static List<IndexEntry> longOnes(SpaceState state, IndexShape shape, List<KeyRange> ranges) {
        List<IndexEntry> longOnes = new ArrayList<>();
        for (StateCursor cursor = state.scan(LONG); cursor.next(); ) {
            IndexEntry entry = shape.read(cursor.key(), cursor.value());
            if (isIn(ranges, entry)) {
                longOnes.add(entry);
            }
        }
        longOnes.sort(ORDER);
        return longOnes;
    }

    /// All ranges of an order.
    static List<KeyRange> everything() {
        return List.of(KeyRange.ALL);
    }

    /// How many long entries an index has, about.
    static long longOnes(SpaceState state) {
        return state.estimate(LONG);
    }

    static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static boolean isIn(List<KeyRange> ranges, IndexEntry entry) {
        return ranges.stream().anyMatch(range -> range.has(entry.place()));
    }

    /// Those of them that are in a range.
    Entries within(KeyRange part) {
        List<KeyRange> parts =
                ranges.stream().flatMap(range -> range.and(part).stream()).toList();
        List<IndexEntry> left =
                here.stream().filter(entry -> isIn(parts, entry)).toList();
        return new Entries(state, shape, parts, left, areAllHere);
    }

    /// Those before a place, not in it.
    public Entries before(byte[] place) {
        return within(new KeyRange(new byte[0], place));
    }

    /// Those from a place on.
    public Entries from(byte[] place) {
        return within(new KeyRange(place, new byte[] {IndexShape.LONG}));
    }

    /// How many there are, exactly.
    public long count() {
        long count = here.size();
        for (KeyRange range : areAllHere ? List.<KeyRange>of() : ranges) {
            count += state.countOnce(range(range));
        }
        return count;
    }

    private static Range range(KeyRange range) {
        return Range.between(range.from(), range.to());
    }

    /// A walk over them.
    public Walk walk(boolean isDown) {
        return new Walk(isDown);
    }

    /// A walk over entries in one direction.
    public final class Walk {
        private final boolean isDown;
        private final Iterator<KeyRange> left;
        private final Iterator<IndexEntry> hereLeft;
        private @Nullable StateCursor cursor;
        private @Nullable IndexEntry nextThere;
        private @Nullable IndexEntry nextHere;

        private Walk(boolean isDown) {
            this.isDown = isDown;
            List<KeyRange> there = areAllHere ? List.of() : ranges;
            this.left = (isDown ? there.reversed() : there).iterator();
            this.hereLeft = (isDown ? here.reversed() : here).iterator();
        }

        /// The next entry; null when there is none.
        public @Nullable IndexEntry next() {
            IndexEntry one = nextThere == null ? readOne() : nextThere;
            IndexEntry other = nextHere == null && hereLeft.hasNext() ? hereLeft.next() : nextHere;
            boolean isThere = one != null && (other == null || (ORDER.compare(one, other) < 0) != isDown);
            nextThere = isThere ? null : one;
            nextHere = isThere ? other : null;
            return isThere ? one : other;
        }

        private @Nullable IndexEntry readOne() {
            while (true) {
                StateCursor open = cursor;
                if (open == null) {
                    if (!left.hasNext()) {
                        return null;
                    }
                    KeyRange range = left.next();
                    open = state.scan(range.from(), range.to(), isDown);
                    cursor = open;
                }
                if (open.next()) {
                    return shape.read(open.key(), open.value());
                }
                cursor = null;
            }
        }
    }
}
