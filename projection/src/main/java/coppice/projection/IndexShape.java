package coppice.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Limits;
import coppice.api.projection.ProjectionDefinition.Column;
import coppice.api.projection.ProjectionDefinition.Index;
import coppice.expression.Direction;
import coppice.expression.Expression;
import coppice.expression.JointEvaluator;
import coppice.expression.SortKeyReader;
import coppice.expression.SortKeyWriter;
import coppice.expression.Value;
import coppice.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Rows in an order of their own. Immutable; for any number of threads.
///
/// The key of an entry is the values of the columns, as they sort, and the key of the row; its value is what is
/// stored. Where that key would pass 4,096 bytes there is a *long entry*, which sorts behind all others: `FF`, 16
/// bytes of the SHA-256 of the values and 16 of that of the row's key; its value begins with both, each behind
/// its length. Equal values have equal beginnings there too, but long entries are in no order.
public final class IndexShape implements Shape {
    /// What the keys of long entries begin with, and no others.
    public static final byte LONG = (byte) 0xFF;

    private static final int DIGEST_BYTES = 16;
    private static final byte[] NOTHING = {};

    private final List<IndexColumn> columns;
    private final List<Direction> directions;
    private final List<String> columnNames;
    private final boolean isUnique;
    private final Optional<Expression> filter;
    private final SortedMap<String, Expression> stored;
    private final List<byte[]> storedNames;
    private final int each;
    private final JointEvaluator evaluator;

    private IndexShape(
            List<IndexColumn> columns,
            boolean isUnique,
            Optional<Expression> filter,
            SortedMap<String, Expression> stored) {
        this.columns = List.copyOf(columns);
        this.directions = columns.stream().map(IndexColumn::direction).toList();
        this.columnNames =
                columns.stream().map(column -> column.expression().toString()).toList();
        this.isUnique = isUnique;
        this.filter = filter;
        this.stored = Collections.unmodifiableSortedMap(stored);
        this.storedNames = stored.keySet().stream()
                .map(name -> Json.of(name).text().getBytes(UTF_8))
                .toList();
        this.each = columns.stream().map(IndexColumn::isEach).toList().indexOf(true);
        List<Expression> all = new ArrayList<>();
        columns.forEach(column -> all.add(column.expression()));
        all.addAll(stored.values());
        filter.ifPresent(all::add);
        this.evaluator = JointEvaluator.of(all);
    }

    static IndexShape of(Expressions expressions, Index index, Optional<Expression> filter) {
        if (index.columns().isEmpty()) {
            throw expressions.wrong("the index", "it has no columns: say what it is ordered by");
        }
        List<IndexColumn> columns = new ArrayList<>();
        for (Column column : index.columns()) {
            String place = "column " + (columns.size() + 1);
            if (column.isEach() && columns.stream().anyMatch(IndexColumn::isEach)) {
                throw expressions.wrong(place, "another column is EACH already: make one index for each of the two");
            }
            columns.add(new IndexColumn(
                    expressions.read(place, column.expression()),
                    column.isDescending() ? Direction.DESCENDING : Direction.ASCENDING,
                    column.isEach()));
        }
        SortedMap<String, Expression> stored = new TreeMap<>();
        expressions
                .named("stored member", index.stored())
                .forEach(member -> stored.put(member.name(), member.expression()));
        return new IndexShape(columns, index.isUnique(), filter, stored);
    }

    /// What rows are ordered by; at least one, of which at most one is EACH.
    public List<IndexColumn> columns() {
        return columns;
    }

    /// In which directions the columns sort.
    public List<Direction> directions() {
        return directions;
    }

    /// What the columns are called: their expressions as text.
    public List<String> columnNames() {
        return columnNames;
    }

    /// Whether no two rows may have the same columns, none of which is NULL.
    public boolean isUnique() {
        return isUnique;
    }

    /// The condition on which rows are in it, about the documents of its source.
    public Optional<Expression> filter() {
        return filter;
    }

    /// What is kept beside, by name: about the documents of its source.
    public SortedMap<String, Expression> stored() {
        return stored;
    }

    /// Tells of the entries of a row: one; or, with an EACH column, one for each different item of the array, and
    /// none where it is no array; or none, where the filter is not true. Costs one pass over the document.
    ///
    /// @param sink takes keys and values, which are its own
    public void entries(byte[] key, byte[] document, BiConsumer<byte[], byte[]> sink) {
        JointEvaluator.Values values = evaluator.values(key, document);
        if (filter.isPresent() && !values.holds(columns.size() + storedNames.size())) {
            return;
        }
        Value[] row = new Value[columns.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = values.value(i);
        }
        if (each < 0) {
            entry(row, key, storedOf(values), sink);
        } else if (row[each] instanceof Value.Arr(List<Value> items)) {
            byte[] kept = items.isEmpty() ? NOTHING : storedOf(values);
            for (Value item : new LinkedHashSet<>(items)) {
                row[each] = item;
                entry(row, key, kept, sink);
            }
        }
    }

    private byte[] storedOf(JointEvaluator.Values values) {
        if (storedNames.isEmpty()) {
            return NOTHING;
        }
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        for (int i = 0; i < storedNames.size(); i++) {
            object.write(i == 0 ? '{' : ',');
            object.writeBytes(storedNames.get(i));
            object.write(':');
            object.writeBytes(values.json(columns.size() + i));
        }
        object.write('}');
        return object.toByteArray();
    }

    private void entry(Value[] row, byte[] key, byte[] kept, BiConsumer<byte[], byte[]> sink) {
        SortKeyWriter sortKey = new SortKeyWriter();
        for (int i = 0; i < row.length; i++) {
            sortKey.add(row[i], columns.get(i).direction());
        }
        if (sortKey.length() + key.length <= Limits.KEY_BYTES_MAX) {
            sink.accept(sortKey.followedBy(key), kept);
        } else {
            byte[] whole = sortKey.bytes();
            sink.accept(
                    longKey(whole, key),
                    new PartWriter().sized(whole).sized(key).bytes(kept).toBytes());
        }
    }

    /// What the keys of long entries with these values of the columns begin with; those of few others begin so,
    /// too.
    public static byte[] longBeginning(byte[] sortKey) {
        return ByteBuffer.allocate(1 + DIGEST_BYTES)
                .put(LONG)
                .put(Digest.of(sortKey), 0, DIGEST_BYTES)
                .array();
    }

    private static byte[] longKey(byte[] sortKey, byte[] key) {
        return ByteBuffer.allocate(1 + 2 * DIGEST_BYTES)
                .put(LONG)
                .put(Digest.of(sortKey), 0, DIGEST_BYTES)
                .put(Digest.of(key), 0, DIGEST_BYTES)
                .array();
    }

    /// Reads an entry, which takes over the arrays. Does not look at the values in it but to find their end.
    ///
    /// @throws IllegalArgumentException when it is no entry of an index with these columns
    public IndexEntry read(byte[] entryKey, byte[] entryValue) {
        if (entryKey.length > 0 && entryKey[0] == LONG) {
            PartReader parts = new PartReader(entryValue);
            byte[] sortKey = parts.sized();
            byte[] rowKey = parts.sized();
            byte[] place = Arrays.copyOf(sortKey, sortKey.length + rowKey.length);
            System.arraycopy(rowKey, 0, place, sortKey.length, rowKey.length);
            return new IndexEntry(place, sortKey.length, parts.rest());
        }
        SortKeyReader reader = new SortKeyReader(entryKey, 0);
        for (Direction direction : directions) {
            reader.skip(direction);
        }
        return new IndexEntry(entryKey, reader.position(), entryValue);
    }

    /// The values of the columns, as an entry has them.
    ///
    /// @throws IllegalArgumentException when these are no values of such columns
    public List<Value> values(byte[] sortKey) {
        SortKeyReader reader = new SortKeyReader(sortKey, 0);
        return columns.stream().map(column -> reader.next(column.direction())).toList();
    }
}
