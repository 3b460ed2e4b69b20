package coppice.structure.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.SpaceView;
import coppice.api.structure.Retention;
import coppice.api.structure.TimeRange;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Layout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is the same for all logs.
public final class LogLayout implements Layout {
    /// How many events are removed in one transaction.
    private static final int REMOVED_AT_ONCE = 1_000;

    @Override
    public List<String> spaces(String name) {
        return List.of(name, StoredRetention.space(name));
    }

    /// Removes the events that are over by the log's retention.
    @Override
    public Optional<Instant> tidy(Ground ground, String name) {
        while (true) {
            Retention retention = StoredRetention.read(ground.space(StoredRetention.space(name)));
            if (retention.equals(Retention.forever())) {
                return Optional.empty();
            }
            int removed = ground.update(transaction -> {
                Space rows = transaction.space(name);
                List<byte[]> over = over(rows, retention, ground.now());
                over.forEach(rows::delete);
                return over.size();
            });
            if (removed < REMOVED_AT_ONCE) {
                return next(ground.space(name), retention);
            }
        }
    }

    /// Both bounds concern the first events, so one has all that the other has.
    private static List<byte[]> over(SpaceView rows, Retention retention, Instant now) {
        long excess = retention.events().map(most -> rows.count() - most).orElse(0L);
        List<byte[]> tooMany = first(rows, Range.all(), Math.min(excess, REMOVED_AT_ONCE));
        List<byte[]> tooOld = retention
                .age()
                .map(age -> first(rows, EventIds.range(TimeRange.all().to(now.minus(age))), REMOVED_AT_ONCE))
                .orElseGet(List::of);
        return tooMany.size() > tooOld.size() ? tooMany : tooOld;
    }

    private static List<byte[]> first(SpaceView rows, Range range, long most) {
        List<byte[]> keys = new ArrayList<>();
        if (most > 0) {
            try (Cursor cursor = rows.scan(range)) {
                while (keys.size() < most && cursor.next()) {
                    keys.add(cursor.key());
                }
            }
        }
        return keys;
    }

    /// When the first event that there is will be over by its age.
    private static Optional<Instant> next(SpaceView rows, Retention retention) {
        return retention
                .age()
                .flatMap(age -> first(rows, Range.all(), 1).stream()
                        .map(key -> new String(key, UTF_8))
                        .filter(EventIds::isId)
                        .map(id -> end(EventIds.at(id), age))
                        .findFirst());
    }

    /// When an event is over by its age, to the next millisecond, as clocks have no less.
    static Instant end(Instant at, Duration age) {
        return at.plus(age).plusMillis(1);
    }
}
