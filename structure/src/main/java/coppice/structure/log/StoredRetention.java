package coppice.structure.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Space;
import coppice.api.SpaceView;
import coppice.api.structure.Retention;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How long the events of a log stay: a row of JSON beside it.
final class StoredRetention {
    private static final String SPACE_PREFIX = "@log/";
    private static final byte[] KEY = "retention".getBytes(UTF_8);
    private static final byte[] FOREVER = {};

    /// What can be added to any moment: 73 million years.
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE / 4);

    private StoredRetention() {}

    /// The space for a log.
    static String space(String log) {
        return SPACE_PREFIX + log;
    }

    static Retention read(SpaceView beside) {
        byte[] row = beside.getOrDefault(KEY, FOREVER);
        return row.length == 0
                ? Retention.forever()
                : JsonReader.tryParse(row).map(StoredRetention::decode).orElseGet(Retention::forever);
    }

    private static Retention decode(Json json) {
        Map<String, Json> members = json instanceof Json.Obj(Map<String, Json> all) ? all : Map.of();
        return new Retention(number(members.get("age")).map(Duration::ofMillis), number(members.get("events")));
    }

    /// What somebody else wrote counts if it can.
    private static Optional<Long> number(@Nullable Json member) {
        return member instanceof Json.Num number && number.value().signum() > 0
                ? Optional.of(Math.max(1, number.value().min(MOST).longValue()))
                : Optional.empty();
    }

    static void write(Space beside, Retention retention) {
        if (retention.equals(Retention.forever())) {
            beside.delete(KEY);
        } else {
            beside.put(
                    KEY,
                    Json.object(
                                    "age",
                                    retention
                                            .age()
                                            .map(TimeUnit.MILLISECONDS::convert)
                                            .orElse(null),
                                    "events",
                                    retention.events().orElse(null))
                            .text()
                            .getBytes(UTF_8));
        }
    }
}
