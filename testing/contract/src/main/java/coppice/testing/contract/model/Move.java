package coppice.testing.contract.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One entry of a reflog.
///
/// @param number of all entries of a database, in their order
/// @param before where the ref was, or null when it was made
/// @param gone the working state that was given up, or null
/// @param after where the ref went, or null when it was removed
/// @param detail what else is needed to take it back
record Move(
        long number,
        String action,
        @Nullable Version before,
        @Nullable State gone,
        @Nullable Version after,
        Detail detail) {
    /// What else there is to know.
    sealed interface Detail {}

    /// The working state stayed.
    record Kept() implements Detail {}

    /// The working state became that of the commit, or another.
    record Replaced() implements Detail {}

    /// The working state became this.
    record Given(State working) implements Detail {}

    /// The working state became this by an entry of the stash that went.
    record Popped(State working, PlainDatabase.Stashed entry) implements Detail {}

    /// The branch had this name before.
    record Renamed(String from) implements Detail {}

    /// The tag that was removed said this.
    record Untagged(Optional<String> note) implements Detail {}

    /// It took back the move of this number.
    record Undone(long number, boolean kept) implements Detail {}

    /// What the move made of the working state; null for that of the commit.
    @Nullable
    State given() {
        return switch (detail) {
            case Given(State working) -> working;
            case Popped(State working, PlainDatabase.Stashed _) -> working;
            case Kept _, Replaced _, Renamed _, Untagged _, Undone _ -> null;
        };
    }

    boolean isKept() {
        return detail instanceof Kept || (detail instanceof Undone undone && undone.kept());
    }
}
