package coppice.structure.queue;

import coppice.structure.ground.Ground;
import coppice.structure.ground.Layout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is the same for all queues.
public final class QueueLayout implements Layout {
    @Override
    public List<String> spaces(String name) {
        return List.of(name, QueueKeys.space(name));
    }

    /// Ends delays and leases that are over.
    @Override
    public Optional<Instant> tidy(Ground ground, String name) {
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
