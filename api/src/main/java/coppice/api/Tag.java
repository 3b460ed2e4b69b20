package coppice.api;

import java.time.Instant;
import java.util.Optional;

/// A name for one commit, for ever.
///
/// @param name its name, without `tags/`
/// @param commit the commit it names
/// @param created when it was made here
/// @param annotation what it says besides, unless it is a lightweight one
public record Tag(String name, CommitId commit, Instant created, Optional<Annotation> annotation) {
    /// What an annotated tag says.
    ///
    /// @param tagger who made it
    /// @param time when
    /// @param message what it stands for
    /// @param isSigned whether it carries a signature; see [Database#verify]
    public record Annotation(String tagger, Instant time, String message, boolean isSigned) {}
}
