package coppice.structure.ground;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Range;
import coppice.api.structure.Keys;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Some of the keys of a structure whose keys are text, as a range of rows.
public final class KeyRanges {
    private KeyRanges() {}

    /// The rows whose keys are meant.
    public static Range of(Keys which) {
        Range prefixed = which.prefix().isEmpty() ? Range.all() : Range.prefix(which.prefix());
        byte[] lower = extreme(prefixed.lower(), which.from(), order -> order > 0);
        Optional<byte[]> upper = prefixed.upper()
                .map(end -> extreme(end, which.to(), order -> order < 0))
                .or(() -> which.to().map(key -> key.getBytes(UTF_8)));
        Range range = upper.map(end -> Range.between(lower, end)).orElseGet(() -> Range.from(lower));
        return which.isReversed() ? range.reversed() : range;
    }

    private static byte[] extreme(byte[] bound, Optional<String> key, Function<Integer, Boolean> isBeyond) {
        return key.map(text -> text.getBytes(UTF_8))
                .filter(other -> isBeyond.apply(Arrays.compareUnsigned(other, bound)))
                .orElse(bound);
    }
}
