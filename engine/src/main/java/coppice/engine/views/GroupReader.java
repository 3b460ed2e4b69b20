package coppice.engine.views;

import coppice.api.Range;
import coppice.api.projection.Lookup;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.expression.Direction;
import coppice.expression.KeyRange;
import coppice.projection.GroupShape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads groups in one state: looked up by what their rows have in common. Groups under a digest come behind all
/// others.
///
/// @param rows of the groups
record GroupReader(GroupShape shape, SpaceState rows) implements Reader {
    private static final KeyRange DIGESTS =
            new KeyRange(new byte[] {GroupShape.DIGEST}, new byte[] {(byte) (GroupShape.DIGEST + 1)});

    @Override
    public long count(Lookup lookup) {
        List<KeyRange> ranges = ranges(lookup);
        long count = 0;
        for (KeyRange range : ranges) {
            count += rows.countOnce(keys(usual(range)));
        }
        Walk digests = walk(List.of(DIGESTS), ranges, false);
        while (digests.next() != null) {
            count++;
        }
        return count;
    }

    private List<KeyRange> ranges(Lookup lookup) {
        return LookupRanges.of(Collections.nCopies(shape.by().size(), Direction.ASCENDING), lookup);
    }

    /// The part of a range in which no digest is.
    private static KeyRange usual(KeyRange range) {
        return Arrays.compareUnsigned(range.to(), DIGESTS.from()) > 0
                ? new KeyRange(range.from(), DIGESTS.from())
                : range;
    }

    private static Range keys(KeyRange range) {
        return Range.between(range.from(), range.to());
    }

    @Override
    public Walk walk(Lookup lookup, Optional<byte[]> after, boolean isCovered, int wanted) {
        List<KeyRange> ranges = ranges(lookup);
        List<KeyRange> all =
                new ArrayList<>(ranges.stream().map(GroupReader::usual).toList());
        all.add(DIGESTS);
        List<KeyRange> rest = after.isEmpty()
                ? all
                : all.stream()
                        .flatMap(range -> LookupRanges.rest(range, after.get(), lookup.isReversed()).stream())
                        .toList();
        return walk(rest, ranges, lookup.isReversed());
    }

    /// @param wanted what the sort key of what groups have in common must be in
    private Walk walk(List<KeyRange> where, List<KeyRange> wanted, boolean isReversed) {
        Deque<KeyRange> left = new ArrayDeque<>(isReversed ? where.reversed() : where);
        return new Walk() {
            private @Nullable StateCursor cursor;

            @Override
            public @Nullable Found next() {
                while (true) {
                    StateCursor walk = cursor;
                    if (walk != null && walk.next()) {
                        byte[] token = walk.key();
                        byte[] document = walk.value();
                        byte[] sortKey = shape.sortKey(token, document);
                        if (wanted.stream().anyMatch(range -> range.has(sortKey))) {
                            return new FoundRow(token, document);
                        }
                    } else if (left.isEmpty()) {
                        return null;
                    } else {
                        Range keys = keys(left.remove());
                        cursor = rows.scan(isReversed ? keys.reversed() : keys);
                    }
                }
            }
        };
    }
}
