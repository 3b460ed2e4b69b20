package coppice.api.projection;

import java.time.Duration;
import java.util.Optional;

/// How far a projection is: it is kept ready for the working state of each branch, and for as many versions back as
/// [Projections#keepVersions] says.
///
/// @param name of the projection
/// @param total the states for which it is to be ready
/// @param fresh those for which it is
/// @param pending those that wait for the background
/// @param making what is being made of it right now, when it is
/// @param isPaused whether the background rests
/// @param entries how many entries it has in the current branch, when it is ready there
/// @param rate rows that are looked at each second where it is being made, or were when it was last made; 0 before
/// @param remaining how long what is pending is likely to take, when that can be told
public record ProjectionStatus(
        String name,
        long total,
        long fresh,
        long pending,
        Optional<Making> making,
        boolean isPaused,
        Optional<Long> entries,
        long rate,
        Optional<Duration> remaining) {

    /// A making that is under way.
    ///
    /// @param rows how many were looked at so far, up to some thousands
    /// @param of about how many there are to look at: no more than this where it is made from what was known before
    public record Making(long rows, long of) {}

    /// Whether it is being made for one of its states right now.
    public boolean isRebuilding() {
        return making.isPresent();
    }
}
