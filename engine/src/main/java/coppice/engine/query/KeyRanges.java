package coppice.engine.query;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.expression.Bounds;
import coppice.expression.Expression.RowKey;
import coppice.expression.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which ranges of a space's keys a question is about: as its glob begins, and as conditions on `$key` say. What
/// is in them need not fit, but nothing else does.
final class KeyRanges {
    private KeyRanges() {}

    /// The ranges, in order and disjoint.
    static List<Range> of(KeyPattern keys, List<Condition> conditions) {
        List<Range> ranges = List.of(keys.range());
        for (Condition condition : conditions) {
            Optional<Bounds> bounds =
                    condition.bounds().filter(found -> found.operand() instanceof RowKey && !found.isOfItems());
            if (bounds.isEmpty()) {
                continue;
            }
            List<KeyRange> texts = bounds.get().ranges().stream()
                    .flatMap(range -> range.texts().stream())
                    .toList();
            if (texts.size() == bounds.get().ranges().size()) {
                ranges = both(ranges, texts);
            }
        }
        return ranges;
    }

    private static List<Range> both(List<Range> some, List<KeyRange> others) {
        List<Range> both = new ArrayList<>();
        for (Range range : some) {
            for (KeyRange other : others) {
                byte[] from = later(range.lower(), other.from());
                byte[] to = range.upper()
                        .filter(upper -> Arrays.compareUnsigned(upper, other.to()) < 0)
                        .orElse(other.to());
                if (Arrays.compareUnsigned(from, to) < 0) {
                    both.add(Range.between(from, to));
                }
            }
        }
        return both;
    }

    private static byte[] later(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other) > 0 ? one : other;
    }
}
