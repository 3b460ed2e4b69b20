package coppice.structure.queue;

import coppice.structure.ground.Ground;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is the same for all queues.
public final class WorkQueues {
    private WorkQueues() {}

    /// The spaces that a queue is made of.
    public static List<String> spaces(String name) {
        return List.of(name, QueueKeys.space(name));
    }

    /// Whether a space holds how the jobs of a queue stand, and of which.
    public static Optional<String> ofJobs(String space) {
        return QueueKeys.queue(space);
    }

    /// Ends delays and leases of a queue that are over.
    ///
    /// @return when the next one is over, if any will be
    public static Optional<Instant> tidy(Ground ground, String name) {
        while (true) {
            long now = ground.now().toEpochMilli();
            long next = ground.update(
                    QueueKeys.space(name), (transaction, fronts) -> new JobRows(transaction, name, fronts, now).end());
            if (next > now) {
                return next == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
            }
        }
    }
}
