package coppice.api.structure;

import java.time.Duration;

/// How jobs are got from a [WorkQueue].
///
/// @param visibility how long others do not get a job that was got: 30 seconds unless said otherwise
/// @param attempts how often a job is got before it becomes a dead letter: 5 times unless said otherwise
public record QueueOptions(Duration visibility, int attempts) {
    private static final QueueOptions DEFAULTS = new QueueOptions(Duration.ofSeconds(30), 5);

    /// Checks them.
    ///
    /// @throws IllegalArgumentException when the visibility is less than a millisecond, or the attempts less than 1
    public QueueOptions {
        if (visibility.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("Who gets a job has it for 1 ms at least, not for " + visibility);
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("A job is got once at least, not " + attempts + " times");
        }
    }

    /// 30 seconds, 5 attempts.
    public static QueueOptions defaults() {
        return DEFAULTS;
    }

    /// The same with another time for who gets a job.
    public QueueOptions withVisibility(Duration other) {
        return new QueueOptions(other, attempts);
    }

    /// The same with another number of attempts.
    public QueueOptions withAttempts(int other) {
        return new QueueOptions(visibility, other);
    }
}
