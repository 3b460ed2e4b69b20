package coppice.api.structure;

import java.time.Instant;
import java.util.Optional;

/// What is known of a [NamedLock].
///
/// @param name its name
/// @param held who has it, if anybody
/// @param waiting how many wait for it
public record LockStatus(String name, Optional<Held> held, int waiting) {
    /// A lease, seen from outside.
    ///
    /// @param owner who has it, in words
    /// @param token its fencing token
    /// @param since when it was acquired
    /// @param until when it ends unless it is renewed
    /// @param count how many times its thread has it
    /// @param isKept whether it outlives the process
    public record Held(String owner, long token, Instant since, Instant until, int count, boolean isKept) {}
}
