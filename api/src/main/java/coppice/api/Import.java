package coppice.api;

import coppice.api.progress.Progress;
import java.util.Objects;
import java.util.Optional;

/// How to read JSON lines into a [Branch]. An immutable value.
///
/// @param space where lines go that name no space; empty to refuse these
/// @param progress is told the rows; how many there are is not known before the end
public record Import(Optional<String> space, Progress progress) {
    public Import {
        Objects.requireNonNull(space);
        Objects.requireNonNull(progress);
    }

    /// Lines that name their spaces.
    public static Import named() {
        return new Import(Optional.empty(), Progress.none());
    }

    /// Lines that name no space go into this one; others where they say.
    public static Import into(String space) {
        return new Import(Optional.of(space), Progress.none());
    }

    /// This, telling how far it is.
    public Import telling(Progress listener) {
        return new Import(space, listener);
    }
}
