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
/// @param isRebuilding whether it is being made for one of them right now
/// @param isPaused whether the background rests
/// @param entries how many entries it has in the current branch, when it is ready there
/// @param rate rows that were read each second when it was last made
/// @param remaining how long what is pending is likely to take, when that can be told
public record ProjectionStatus(
        String name,
        long total,
        long fresh,
        long pending,
        boolean isRebuilding,
        boolean isPaused,
        Optional<Long> entries,
        long rate,
        Optional<Duration> remaining) {}
