package coppice.structure.queue;

import coppice.api.structure.JobState;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.dump.DumpedItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A job in stored form, as a dump has it.
///
/// @param id nothing for a new job
record JobItem(Optional<String> id, byte[] value, JobRecord record) {
    private static final Pattern ID = Pattern.compile("[0-9a-z]{" + QueueKeys.ID_BYTES + "}");

    /// @param now when jobs were put of which it is not said
    static JobItem of(DumpedItem item, long now) {
        Optional<String> id = item.text("id");
        if (id.filter(text -> !ID.matcher(text).matches()).isPresent()) {
            throw item.wrong("has an 'id' that is none: leave it out to have the job put as a new one");
        }
        return new JobItem(id, item.value(), record(item, now));
    }

    /// A lease was somebody's there, and is nobody's here.
    private static JobRecord record(DumpedItem item, long now) {
        JobState state = state(item);
        long until = state == JobState.DELAYED
                ? item.time("until")
                        .orElseThrow(() -> item.wrong("is delayed and does not say 'until' when"))
                        .toEpochMilli()
                : 0;
        int attempts =
                item.number("attempts").map(number -> count(item, number)).orElse(0);
        return new JobRecord(
                state == JobState.LEASED ? JobState.READY : state,
                item.number("priority").map(number -> priority(item, number)).orElse(0.0),
                attempts,
                attempts,
                until,
                item.time("put").map(Instant::toEpochMilli).orElse(now),
                "",
                SpaceQueue.checkedKey(item.text("key").orElse("")));
    }

    private static JobState state(DumpedItem item) {
        String text = item.text("state").orElse(JobState.READY.text());
        return Arrays.stream(JobState.values())
                .filter(state -> state.text().equals(text))
                .findFirst()
                .orElseThrow(() -> item.wrong("has a 'state' that is none of ready, delayed, leased and dead"));
    }

    private static int count(DumpedItem item, BigDecimal number) {
        try {
            int count = number.intValueExact();
            if (count >= 0) {
                return count;
            }
        } catch (ArithmeticException notWhole) {
            // as below
        }
        throw item.wrong("has 'attempts' that are no number of times");
    }

    private static double priority(DumpedItem item, BigDecimal number) {
        double priority = number.doubleValue();
        if (Double.isFinite(priority)) {
            return priority + 0.0; // there is one zero
        }
        throw item.wrong("has a 'priority' that is too large");
    }

    Json json() {
        Json.Obj text = Json.object(
                "id",
                id.orElse(null),
                "value",
                JsonReader.parse(value),
                "state",
                record.state().text(),
                "priority",
                priority(record.priority()),
                "attempts",
                record.attempts(),
                "put",
                Instant.ofEpochMilli(record.putAt()).toString(),
                "until",
                record.until() == 0
                        ? null
                        : Instant.ofEpochMilli(record.until()).toString(),
                "key",
                record.key().isEmpty() ? null : record.key());
        return text;
    }

    private static @Nullable Json priority(double priority) {
        return priority == 0 ? null : new Json.Num(Double.toString(priority));
    }
}
