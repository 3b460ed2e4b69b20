package coppice.api.projection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which rows of a projection, by what it is ordered by: the first columns equal to values, the next one perhaps
/// within bounds. Immutable. Values are as [coppice.api.query.Row] has them; null equals null here.
///
/// ```java
/// Lookup.all()
/// Lookup.equal("admin").from(30).below(50).reversed()
/// ```
///
/// @param values what the first columns equal
/// @param low the lower bound of the next column
/// @param high its upper bound
/// @param isReversed whether the last comes first
public record Lookup(List<@Nullable Object> values, Optional<Bound> low, Optional<Bound> high, boolean isReversed) {
    public Lookup {
        values = Collections.unmodifiableList(new ArrayList<>(values));
        Objects.requireNonNull(low);
        Objects.requireNonNull(high);
    }

    /// A bound.
    public record Bound(Object value, boolean isInclusive) {}

    /// All rows.
    public static Lookup all() {
        return equal();
    }

    /// The rows whose first columns equal these values.
    public static Lookup equal(@Nullable Object... values) {
        return new Lookup(Arrays.asList(values), Optional.empty(), Optional.empty(), false);
    }

    /// Those from a value on.
    public Lookup from(Object value) {
        return new Lookup(values, Optional.of(new Bound(value, true)), high, isReversed);
    }

    /// Those above a value.
    public Lookup above(Object value) {
        return new Lookup(values, Optional.of(new Bound(value, false)), high, isReversed);
    }

    /// Those up to a value, with it.
    public Lookup to(Object value) {
        return new Lookup(values, low, Optional.of(new Bound(value, true)), isReversed);
    }

    /// Those below a value.
    public Lookup below(Object value) {
        return new Lookup(values, low, Optional.of(new Bound(value, false)), isReversed);
    }

    /// The opposite order.
    public Lookup reversed() {
        return new Lookup(values, low, high, !isReversed);
    }
}
