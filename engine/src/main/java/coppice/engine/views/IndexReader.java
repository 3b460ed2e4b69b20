package coppice.engine.views;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.projection.Lookup;
import coppice.api.query.Row;
import coppice.engine.query.Ahead;
import coppice.engine.query.Entries;
import coppice.engine.query.PlainRow;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.expression.KeyRange;
import coppice.expression.Value;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.kernel.bytes.Bytes;
import coppice.projection.IndexEntry;
import coppice.projection.IndexShape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads an index in one state.
///
/// @param entries of the index
/// @param rows that it is about
/// @param hasLong whether there are long entries
record IndexReader(IndexShape shape, SpaceState entries, SpaceState rows, boolean hasLong) implements Reader {
    @Override
    public long count(Lookup lookup) {
        return found(lookup).count();
    }

    private Entries found(Lookup lookup) {
        return Entries.of(entries, shape, ranges(lookup), hasLong);
    }

    private List<KeyRange> ranges(Lookup lookup) {
        return LookupRanges.of(shape.directions(), lookup);
    }

    /// As by a walk. Where there is one row, to set one up takes a fifth of the time, so there it is done without.
    @Override
    public List<Row> rows(Lookup lookup) {
        List<KeyRange> ranges = ranges(lookup);
        if (hasLong || ranges.size() != 1) {
            return Reader.super.rows(lookup);
        }
        KeyRange range = ranges.getFirst();
        StateCursor found = entries.scan(range.from(), range.to(), false);
        if (!found.next()) {
            return List.of();
        }
        byte[] place = found.key();
        if (found.next()) {
            return Reader.super.rows(lookup);
        }
        byte[] key = rowKey(place, lookup, range);
        return List.of(row(key, rows.get(key)));
    }

    /// The key of the row in a place in the range of a lookup.
    private byte[] rowKey(byte[] place, Lookup lookup, KeyRange range) {
        boolean isOfAllColumns = lookup.values().size() == shape.directions().size();
        return isOfAllColumns
                ? Arrays.copyOfRange(place, range.from().length, place.length)
                : shape.read(place, Bytes.EMPTY).rowKey();
    }

    private static Row row(byte[] key, byte @Nullable [] document) {
        return new PlainRow(key, Objects.requireNonNull(document, "an index has no rows but those of its source"));
    }

    @Override
    public Walk walk(Lookup lookup, Optional<byte[]> after, boolean isCovered, int wanted) {
        boolean isDown = lookup.isReversed();
        Entries all = found(lookup);
        Entries rest = after.map(place -> isDown ? all.before(place) : all.from(Arrays.copyOf(place, place.length + 1)))
                .orElse(all);
        Entries.Walk walk = rest.walk(isDown);
        return isCovered ? covered(walk) : new Fetching(walk, wanted);
    }

    private Walk covered(Entries.Walk walk) {
        return () -> {
            IndexEntry entry = walk.next();
            return entry == null ? null : new FoundEntry(new PlainRow(entry.rowKey(), () -> kept(entry)), entry);
        };
    }

    private record FoundEntry(Row row, IndexEntry entry) implements Found {
        @Override
        public byte[] place() {
            return entry.place();
        }
    }

    /// Gives the rows of entries, of which more and more are looked for at a time.
    private final class Fetching implements Walk {
        private final Entries.Walk walk;
        private final Ahead ahead;
        private IndexEntry[] entries = {};
        private Row[] found = {};
        private int at;
        private boolean isAtEnd;

        Fetching(Entries.Walk walk, int wanted) {
            this.walk = walk;
            this.ahead = new Ahead(wanted);
        }

        @Override
        public @Nullable Found next() {
            if (at == found.length && !isAtEnd) {
                fetch();
            }
            return at == found.length ? null : new FoundEntry(found[at], entries[at++]);
        }

        private void fetch() {
            entries = new IndexEntry[ahead.next()];
            int count = 0;
            for (IndexEntry entry; count < entries.length && (entry = walk.next()) != null; count++) {
                entries[count] = entry;
            }
            isAtEnd = count < entries.length;
            byte[][] keys = new byte[count][];
            Arrays.setAll(keys, i -> entries[i].rowKey());
            byte[] @Nullable [] documents = rows.getAll(keys);
            found = new Row[count];
            for (int i = 0; i < count; i++) {
                found[i] = row(keys[i], documents[i]);
            }
            at = 0;
        }
    }

    /// What the index has: what it is ordered by, named as it is written, and what it stores, which goes first
    /// where both have one name.
    private byte[] kept(IndexEntry entry) {
        Map<String, Json> members = new LinkedHashMap<>();
        List<Value> values = shape.values(entry.sortKey());
        for (int i = 0; i < values.size(); i++) {
            members.put(shape.columnNames().get(i), values.get(i).json());
        }
        if (entry.stored().length > 0 && JsonReader.parse(entry.stored()) instanceof Json.Obj(var stored)) {
            members.putAll(stored);
        }
        return new Json.Obj(members).text().getBytes(UTF_8);
    }
}
