package coppice.api.structure;

import java.util.Optional;

/// Some of the keys of a dict: from one (inclusive) to another (exclusive), either end open, in order or in
/// reverse. Keys sort by the bytes of their UTF-8, which is by code points.
///
/// @param prefix what all of them begin with; may be empty
/// @param from the first that is meant, if not all are
/// @param to the first that is not meant any more
/// @param isReversed whether the order is from high to low
public record Keys(String prefix, Optional<String> from, Optional<String> to, boolean isReversed) {
    private static final Keys ALL = new Keys("", Optional.empty(), Optional.empty(), false);

    /// All keys.
    public static Keys all() {
        return ALL;
    }

    /// The keys that begin with a text.
    public static Keys prefix(String prefix) {
        return new Keys(prefix, Optional.empty(), Optional.empty(), false);
    }

    /// These keys, as far as they are not before one.
    public Keys from(String key) {
        return new Keys(prefix, Optional.of(key), to, isReversed);
    }

    /// These keys, as far as they are before one.
    public Keys to(String key) {
        return new Keys(prefix, from, Optional.of(key), isReversed);
    }

    /// The same keys in the opposite order.
    public Keys reversed() {
        return new Keys(prefix, from, to, !isReversed);
    }
}
