package coppice.api;

import java.util.Objects;

/// What the three values of a [Conflict] come from, for people: a branch, a commit as `ab12cd34ef56 (its title)`.
///
/// @param base what both sides come from
/// @param ours where the result goes
/// @param theirs what is merged, applied or brought back
public record ConflictSides(String base, String ours, String theirs) {
    public ConflictSides {
        Objects.requireNonNull(base);
        Objects.requireNonNull(ours);
        Objects.requireNonNull(theirs);
    }
}
