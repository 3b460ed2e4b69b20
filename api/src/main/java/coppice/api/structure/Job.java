package coppice.api.structure;

import java.time.Instant;
import java.util.Optional;

/// A job as it stands in a [WorkQueue], to look at.
///
/// @param id what it is called: unique, and greater than those of jobs that were put before
/// @param value what was put
/// @param state what becomes of it next
/// @param priority lower ones are first
/// @param attempts how often it was got since it was put, or was retried as a dead letter
/// @param putAt when it was put
/// @param until when its delay or the time of who has it is over; nothing in other states
/// @param key its deduplication key, if it has one
public record Job<V>(
        String id,
        V value,
        JobState state,
        double priority,
        int attempts,
        Instant putAt,
        Optional<Instant> until,
        Optional<String> key) {}
