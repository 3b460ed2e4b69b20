package coppice.structure.sketch;

import coppice.api.Cursor;
import coppice.api.Space;
import coppice.api.SpaceView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values that may be among the most frequent: a row for each, under its fingerprint, with a mark that is new with
/// each adding, and its stored form. Through the mark, a merge sees that one side added a value which the other
/// let go, and keeps it.
record Tracked(long mark, byte[] stored) {
    private static final int HEAD = Long.BYTES;

    byte[] encode() {
        return ByteBuffer.allocate(HEAD + stored.length)
                .putLong(mark)
                .put(stored)
                .array();
    }

    /// Reads a row; nothing when it is none.
    static Optional<Tracked> decode(byte[] row) {
        return row.length <= HEAD
                ? Optional.empty()
                : Optional.of(new Tracked(ByteBuffer.wrap(row).getLong(), Arrays.copyOfRange(row, HEAD, row.length)));
    }

    /// One that is there on both sides, or on one that added it.
    static Optional<byte[]> merge(byte @Nullable [] ours, byte @Nullable [] theirs) {
        if (ours == null || theirs == null) {
            return Optional.ofNullable(ours == null ? theirs : ours);
        }
        return decode(ours)
                .flatMap(our -> decode(theirs).map(their -> our.merged(their).encode()));
    }

    private Tracked merged(Tracked other) {
        byte[] form = Arrays.compare(stored, other.stored) <= 0 ? stored : other.stored;
        return new Tracked(Fingerprint.both(mark, other.mark), form);
    }

    /// A tracked value with how often it was added at most.
    record Counted(byte[] key, byte[] stored, long times) {}

    /// All of a sketch, the most frequent first; equally frequent ones by their fingerprints.
    static List<Counted> all(Shape shape, SpaceView rows, Frequencies frequencies) {
        List<Counted> all = new ArrayList<>();
        try (Cursor cursor = rows.scan(Part.TRACKED.range(shape.tag()))) {
            while (cursor.next()) {
                byte[] stored = decode(cursor.value())
                        .orElseThrow(() -> Pieces.none(rows, Part.TRACKED))
                        .stored();
                all.add(new Counted(cursor.key(), stored, frequencies.estimate(Fingerprint.of(stored))));
            }
        }
        all.sort(Comparator.comparingLong(Counted::times).reversed()); // stable: equal ones stay in the order of keys
        return all;
    }

    /// Lets go of all but the most frequent.
    ///
    /// @return what is known then
    static Totals trim(Shape shape, Space rows, Frequencies frequencies, Totals totals) {
        int bound = shape.options().tracked();
        List<Counted> all = all(shape, rows, frequencies);
        if (all.size() <= bound) {
            return new Totals(totals.added(), totals.floor(), all.size());
        }
        List<Counted> over = all.subList(bound, all.size());
        over.forEach(value -> rows.delete(value.key()));
        return new Totals(
                totals.added(), Math.max(totals.floor(), over.getFirst().times()), bound);
    }
}
