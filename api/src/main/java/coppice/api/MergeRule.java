package coppice.api;

import java.util.Objects;

/// Which policy decides which keys.
///
/// @param spaces the names of spaces it is for
/// @param keys the keys in them it is for
/// @param policy what becomes of those that both sides changed
public record MergeRule(KeyPattern spaces, KeyPattern keys, MergePolicy policy) {
    public MergeRule {
        Objects.requireNonNull(spaces);
        Objects.requireNonNull(keys);
        Objects.requireNonNull(policy);
    }

    /// A rule for all keys of the spaces that a glob fits.
    public static MergeRule of(String spaces, MergePolicy policy) {
        return of(spaces, "*", policy);
    }

    /// A rule for the keys that a glob fits, in the spaces that a glob fits.
    public static MergeRule of(String spaces, String keys, MergePolicy policy) {
        return new MergeRule(KeyPattern.glob(spaces), KeyPattern.glob(keys), policy);
    }
}
