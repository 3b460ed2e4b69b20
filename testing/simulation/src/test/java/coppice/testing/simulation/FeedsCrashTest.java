package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.feed.ChangeBatch;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.feed.Subscriptions.Subscription;
import coppice.testing.simulation.Wrecks.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The power goes, or the process is killed, in the midst of what those who follow a branch do, and what they
/// follow: a subscription goes on behind the last place that it acknowledged, and a token behind its own.
final class FeedsCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_129L);

    /// What was put together up to each place that was, or was to be, acknowledged.
    private final Map<Long, Map<String, String>> copies = new HashMap<>();
    private final Map<String, String> rows = new TreeMap<>();
    private Map<String, String> rowsAtToken = Map.of();
    private @Nullable ChangeFeed feed;
    private String token = "";
    private boolean isTokenKept;

    private static Map<String, String> shown(Database db) {
        Map<String, String> all = new TreeMap<>();
        Dump.addState(all, "", db.main().snapshot());
        return all;
    }

    private static FeedStart subscription() {
        return FeedStart.subscription("copy", FeedStart.beginning());
    }

    private static void apply(ChangeBatch batch, Map<String, String> rows) {
        for (RowChange change : batch.changes()) {
            String key = "/" + change.space() + "/" + change.keyText();
            String before = switch (change) {
                case RowChange.Added added -> rows.put(key, new String(added.after(), UTF_8));
                case RowChange.Modified both -> rows.put(key, new String(both.after(), UTF_8));
                case RowChange.Removed _ -> rows.remove(key);
            };
            String expected = switch (change) {
                case RowChange.Added _ -> null;
                case RowChange.Modified both -> new String(both.before(), UTF_8);
                case RowChange.Removed removed -> new String(removed.before(), UTF_8);
            };
            assertThat(before).as("what %s was", key).isEqualTo(expected);
        }
    }

    private static void begin(FeedsCrashTest test, Database db) {
        db.space("s").put("k0", "first");
        test.feed = db.watch(ChangeFilter.all(), subscription());
        test.acknowledge();
    }

    private void acknowledge() {
        ChangeFeed open = Objects.requireNonNull(feed);
        for (Optional<ChangeBatch> next = open.poll(); next.isPresent(); next = open.poll()) {
            apply(next.get(), rows);
            copies.put(next.get().position(), new TreeMap<>(rows));
            open.acknowledge(next.get());
            token = next.get().token();
            rowsAtToken = new TreeMap<>(rows);
        }
    }

    private static Step step(String name, Consumer<Database> work) {
        return new Step(name, work);
    }

    private static Step put(String key, String value) {
        return step("put " + key, db -> db.space("s").put(key, value));
    }

    private Step acknowledging() {
        return step("acknowledge", _ -> acknowledge());
    }

    /// What the steps leave is what the subscription goes on with.
    private void look(Database db, Map<String, String> before, Map<String, String> after) {
        assertThat(shown(db)).isIn(before, after);
        Subscription known = db.subscriptions().all().getFirst();
        Map<String, String> copy = copies.get(known.position());
        assertThat(copy).as("what was acknowledged at %s", known).isNotNull();
        follow(db, new TreeMap<>(copy), subscription());
        if (isTokenKept) {
            follow(db, new TreeMap<>(rowsAtToken), FeedStart.after(token));
        }
    }

    private static void follow(Database db, Map<String, String> copy, FeedStart from) {
        try (ChangeFeed again = db.watch(ChangeFilter.all(), from)) {
            for (Optional<ChangeBatch> next = again.poll(); next.isPresent(); next = again.poll()) {
                assertThat(next.get().kind()).isNotEqualTo(ChangeBatch.Kind.GAP);
                apply(next.get(), copy);
            }
        }
        assertThat(copy).isEqualTo(shown(db));
    }

    @Test
    void whatIsAcknowledgedIsNeitherLostNorRepeated() {
        List<Step> steps = List.of(
                put("k1", "one"),
                acknowledging(),
                put("k0", "second"),
                step("commit", db -> db.commit("both")),
                acknowledging(),
                step(
                        "version",
                        db -> db.main().commit("three", tx -> tx.space("t").put("k3", "three"))),
                step("checkpoint", Database::checkpoint),
                put("k1", "two"),
                acknowledging(),
                step("discard", db -> db.main().discard()),
                step("collect", Database::gc),
                acknowledging());
        new Wrecks(SEED, FeedsCrashTest::shown).everywhere(db -> begin(this, db), steps, this::look);
    }

    @Test
    void aTokenIsGoodAfterACrashUntilACheckpoint() {
        List<Step> steps = List.of(
                put("k1", "one"),
                step("commit", db -> db.commit("both")),
                step(
                        "version",
                        db -> db.main().commit("three", tx -> tx.space("t").put("k3", "three"))),
                step("discard", db -> db.main().discard()),
                put("k1", "two"));
        isTokenKept = true;
        new Wrecks(SEED, FeedsCrashTest::shown).everywhere(db -> begin(this, db), steps, this::look);
    }
}
