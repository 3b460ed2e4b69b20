package coppice.structure.sequence;

import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.Space;
import coppice.structure.ground.Contents;
import coppice.structure.ground.Origin;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The values of a list in stored form, within a transaction.
final class SequenceRows {
    /// A longer key has what is around it spread out.
    static final int KEY_BYTES_MAX = 256;

    /// About the longest step, in bytes.
    private static final int STEP_BYTES = 17;

    private final Space rows;
    private final Origin origin;

    SequenceRows(Space rows, Origin origin) {
        this.rows = rows;
        this.origin = origin;
    }

    /// How many there are.
    long count() {
        return Indexes.count(rows);
    }

    /// The index of a value that must be there, from the beginning.
    long within(long index, long count) {
        return Indexes.within(rows, index, count);
    }

    /// Puts values behind the last.
    ///
    /// @param values not none
    /// @param last where the last one is, if that is known
    /// @return where the last one is then
    Place push(List<byte[]> values, Optional<Place> last) {
        Place place = last.orElseGet(() -> Place.between(place(count() - 1), Optional.empty(), origin));
        for (byte[] value : values) {
            place = place.next(origin);
            rows.put(place.key(), value);
        }
        return place;
    }

    /// @param index from 0 to the count
    void insert(long index, byte[] value) {
        rows.put(free(index).key(), value);
    }

    private Place free(long index) {
        Place place = between(index);
        if (place.key().length <= KEY_BYTES_MAX) {
            return place;
        }
        spread(place);
        return between(index);
    }

    private Place between(long index) {
        return Place.between(place(index - 1), place(index), origin);
    }

    /// Nothing before the first and behind the last.
    private Optional<Place> place(long index) {
        return index < 0 ? Optional.empty() : rows.select(index).map(this::place);
    }

    private Place place(Entry row) {
        return Place.of(row.key())
                .orElseThrow(() -> new DatabaseException.Incorrect(
                                ErrorCode.INVALID_KEY,
                                "The space '" + rows.name()
                                        + "' was filled by other means than as a list, with the key "
                                        + HexFormat.of().formatHex(row.key())
                                        + ", beside which there is no place: push its values to another list")
                        .with("space", rows.name()));
    }

    void set(long index, byte[] value) {
        rows.put(rows.select(index).orElseThrow().key(), value);
    }

    /// Removes a value, where there is one.
    Optional<byte[]> take(long index) {
        Optional<Entry> row = index < 0 ? Optional.empty() : rows.select(index);
        row.ifPresent(found -> rows.delete(found.key()));
        return row.map(Entry::value);
    }

    void clear() {
        Contents.clear(rows);
    }

    /// Gives all behind a value above this place new places, in one run. It is the value for which that costs
    /// least, measured by how much room it makes.
    private void spread(Place place) {
        Place best = place.parent(1);
        double least = Double.MAX_VALUE;
        for (int depth = 1; depth < place.steps().size(); depth++) {
            Place above = place.parent(depth);
            byte[] key = above.key();
            double cost = (double) rows.count(Range.prefix(key)) / (KEY_BYTES_MAX - STEP_BYTES - key.length);
            if (cost > 0 && cost < least) {
                best = above;
                least = cost;
            }
        }
        move(best);
    }

    private void move(Place above) {
        byte[] key = above.key();
        List<Entry> below;
        try (Stream<Entry> all = rows.entries(Range.prefix(key))) {
            below = all.filter(row -> row.key().length > key.length).toList();
        }
        below.forEach(row -> rows.delete(row.key()));
        Place to = above.child(origin);
        for (Entry row : below) {
            rows.put(to.key(), row.value());
            to = to.next(origin);
        }
    }
}
