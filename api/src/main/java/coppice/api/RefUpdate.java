package coppice.api;

import java.util.Optional;

/// What a fetch did to a ref.
///
/// @param ref its name here: `remotes/origin/main`, `tags/v1`
/// @param before where it was, empty when there was none
/// @param after where it is, empty when there is none
/// @param kind what happened
public record RefUpdate(String ref, Optional<CommitId> before, Optional<CommitId> after, Kind kind) {
    /// What may happen.
    public enum Kind {
        /// It is new.
        CREATED,
        /// It moved to a descendant.
        FORWARDED,
        /// It moved to something else: over there, history was rewritten.
        FORCED,
        /// It is where it was.
        UNCHANGED,
        /// It is gone.
        REMOVED,
        /// A tag of that name stands for something else here, and tags do not move.
        REFUSED
    }
}
