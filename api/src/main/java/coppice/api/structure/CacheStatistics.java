package coppice.api.structure;

import java.time.Duration;

/// What has happened to a [Cache] since it was made.
///
/// @param hits how often a key was there, or being loaded
/// @param misses how often it was not
/// @param loads how many values were loaded
/// @param failures how many could not be loaded
/// @param loading how long loading took, all together
/// @param evictions how many entries were forgotten because there were too many, or they were too old
/// @param entries how many are there, about
/// @param weight what these weigh, about; their number where entries are counted
public record CacheStatistics(
        long hits,
        long misses,
        long loads,
        long failures,
        Duration loading,
        long evictions,
        long entries,
        long weight) {
    /// The part of the questions that were hits; 1 when there were none.
    public double hitRate() {
        return hits + misses == 0 ? 1 : (double) hits / (hits + misses);
    }
}
