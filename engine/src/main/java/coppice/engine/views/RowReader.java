package coppice.engine.views;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.projection.Lookup;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.kernel.bytes.Bytes;
import coppice.projection.JoinedKey;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads rows that a projection gives under keys, in one state: looked up by the key as text; joined ones by the
/// key of the row that others were put beside.
///
/// @param joins how often others were put beside: their keys are those of joined rows then
record RowReader(SpaceState rows, int joins) implements Reader {
    @Override
    public long count(Lookup lookup) {
        return rows.countOnce(range(lookup));
    }

    @Override
    public Walk walk(Lookup lookup, Optional<byte[]> after, boolean isCovered, int wanted) {
        Range range = range(lookup);
        Range directed = lookup.isReversed() ? range.reversed() : range;
        StateCursor cursor = rows.scan(after.map(directed::after).orElse(directed));
        return () -> cursor.next() ? new FoundRow(cursor.key(), cursor.value()) : null;
    }

    private Range range(Lookup lookup) {
        if (lookup.values().size() > 1 || (!lookup.values().isEmpty() && isBounded(lookup))) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.INVALID_QUERY, "The projection is looked up by the keys of rows alone: give one");
        }
        if (!lookup.values().isEmpty()) {
            byte[] key = key(lookup.values().getFirst());
            return Range.between(beginning(key), end(key));
        }
        byte[] from = lookup.low()
                .map(bound -> bound.isInclusive() ? beginning(key(bound.value())) : end(key(bound.value())))
                .orElse(Bytes.EMPTY);
        Optional<byte[]> to = lookup.high()
                .map(bound -> bound.isInclusive() ? end(key(bound.value())) : beginning(key(bound.value())));
        return to.map(end -> Range.between(from, end)).orElseGet(() -> Range.from(from));
    }

    /// Where what has this key begins.
    private byte[] beginning(byte[] key) {
        if (joins == 0) {
            return key;
        }
        byte[] beginning = new JoinedKey(key, Optional.empty()).bytes();
        for (int outer = 1; outer < joins; outer++) {
            beginning = JoinedKey.beginning(beginning);
        }
        return beginning;
    }

    /// Where it ends.
    private byte[] end(byte[] key) {
        return joins > 0
                ? Objects.requireNonNull(Bytes.successorOfPrefix(beginning(key)), "such keys do not begin with FF")
                : Arrays.copyOf(key, key.length + 1);
    }

    private static boolean isBounded(Lookup lookup) {
        return lookup.low().isPresent() || lookup.high().isPresent();
    }

    private static byte[] key(@Nullable Object value) {
        return switch (value) {
            case byte[] key -> key.clone();
            case CharSequence text -> text.toString().getBytes(UTF_8);
            case null, default ->
                throw new DatabaseException.Incorrect(
                        ErrorCode.INVALID_QUERY,
                        "The projection is looked up by the keys of rows: give one as text or as bytes");
        };
    }
}
