package coppice.api.structure;

import java.time.Duration;
import java.util.Optional;

/// How a job is put into a [WorkQueue].
///
/// @param priority lower ones are got first, of those of the same priority the earlier one; 0 unless said
///     otherwise
/// @param delay how long nobody gets it; none unless said otherwise
/// @param key while a job of the same key is in the queue and no dead letter, no other is put
public record JobOptions(double priority, Duration delay, Optional<String> key) {
    private static final JobOptions DEFAULTS = new JobOptions(0, Duration.ZERO, Optional.empty());

    /// Checks them.
    ///
    /// @throws IllegalArgumentException when the priority is not finite, the delay negative or the key empty
    public JobOptions {
        if (!Double.isFinite(priority)) {
            throw new IllegalArgumentException("A priority is a finite number, not " + priority);
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("A delay is not negative, as " + delay + " is");
        }
        if (key.filter(String::isEmpty).isPresent()) {
            throw new IllegalArgumentException("A deduplication key is not empty: leave it out to have none");
        }
        priority += 0.0; // there is one zero
    }

    /// Priority 0, no delay, no key.
    public static JobOptions defaults() {
        return DEFAULTS;
    }

    /// The same with a priority.
    public JobOptions withPriority(double other) {
        return new JobOptions(other, delay, key);
    }

    /// The same with a delay.
    public JobOptions withDelay(Duration other) {
        return new JobOptions(priority, other, key);
    }

    /// The same with a deduplication key, of at most 1,000 bytes of UTF-8.
    public JobOptions withKey(String other) {
        return new JobOptions(priority, delay, Optional.of(other));
    }
}
