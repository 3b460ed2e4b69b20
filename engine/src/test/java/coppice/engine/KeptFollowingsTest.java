package coppice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.Options;
import coppice.api.SpaceView;
import coppice.engine.reading.Reading;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import coppice.structure.ground.Following;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What follows from rows is there again after a restart, as far as it was kept.
class KeptFollowingsTest {
    private static final int ROWS = 2_000;
    private static final int LETTERS = 200;

    private final MemoryDisk disk = new MemoryDisk();
    private final Copying copying = new Copying();

    /// All rows, in parts by the first three signs of keys.
    private static final class Copying
            implements Following<Map<String, String>>, Following.Keeping<Map<String, String>> {
        private int made;
        private int read;
        private int written;
        private boolean isForgetful;
        private Runnable meanwhile = () -> {};

        @Override
        public String name() {
            return "copy";
        }

        @Override
        public Map<String, String> of(Iterator<Entry> rows) {
            made++;
            Map<String, String> all = new TreeMap<>();
            rows.forEachRemaining(row -> {
                if (all.size() == ROWS / 2) {
                    meanwhile.run();
                }
                all.put(row.keyText(), row.valueText());
            });
            return all;
        }

        @Override
        public Optional<Map<String, String>> with(Map<String, String> before, List<Differing> rows) {
            Map<String, String> all = new TreeMap<>(before);
            meanwhile.run();
            for (Differing row : rows) {
                byte[] value = row.value();
                String key = new String(row.key(), UTF_8);
                if (value == null) {
                    all.remove(key);
                } else {
                    all.put(key, new String(value, UTF_8));
                }
            }
            return Optional.of(all);
        }

        @Override
        public Optional<Keeping<Map<String, String>>> keeping() {
            return Optional.of(this);
        }

        @Override
        public Map<String, Supplier<byte[]>> parts(Map<String, String> all) {
            Map<String, StringBuilder> parts = new LinkedHashMap<>();
            all.forEach((key, value) -> parts.computeIfAbsent(key.substring(0, 3), _ -> new StringBuilder())
                    .append(key)
                    .append('=')
                    .append(value)
                    .append('\n'));
            Map<String, Supplier<byte[]>> named = new TreeMap<>();
            parts.forEach((name, text) -> named.put(name + " " + text.toString().hashCode(), () -> {
                written++;
                return text.toString().getBytes(UTF_8);
            }));
            return named;
        }

        @Override
        public Optional<Map<String, String>> of(Map<String, byte[]> parts) {
            read++;
            Map<String, String> all = new TreeMap<>();
            for (byte[] part : parts.values()) {
                new String(part, UTF_8)
                        .lines()
                        .forEach(line ->
                                all.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
            }
            return isForgetful ? Optional.empty() : Optional.of(all);
        }

        @Override
        public long bytes(Map<String, String> all) {
            return (long) all.size() * LETTERS;
        }
    }

    private Database open() {
        Machine machine = new Machine(disk, Tasks.threads(), Clock.system(), Entropy.secure());
        return Opening.open(
                machine,
                "test",
                Options.defaults().withRetention(Duration.ZERO),
                new Sizes(1 << 20, 1 << 20, 64 << 10));
    }

    private static void put(Database db, int row, String value) {
        db.main().space("rows").put("k" + (1_000 + row), value);
    }

    private static void fill(Database db) {
        db.main().run(tx -> {
            for (int i = 0; i < ROWS; i++) {
                tx.space("rows").put("k" + (1_000 + i), "x".repeat(LETTERS));
            }
        });
        db.commit("all of it");
    }

    private Map<String, String> of(SpaceView rows) {
        return ((Reading) rows).following(copying);
    }

    private static Map<String, String> rows(SpaceView rows) {
        Map<String, String> all = new TreeMap<>();
        try (var entries = rows.entries(coppice.api.Range.all())) {
            entries.forEach(row -> all.put(row.keyText(), row.valueText()));
        }
        return all;
    }

    @Test
    void whatWasAskedForIsReadAgain() {
        try (Database db = open()) {
            fill(db);
            of(db.main().space("rows"));
            put(db, 7, "later");
        }
        int written = copying.written;
        try (Database db = open()) {
            assertThat(of(db.main().space("rows"))).isEqualTo(rows(db.main().space("rows")));
            assertThat(copying.made).isEqualTo(1);
            assertThat(copying.read).isEqualTo(1);
            put(db, 8, "later still");
            db.commit("a row");
            assertThat(of(db.main().space("rows"))).isEqualTo(rows(db.main().space("rows")));
            assertThat(copying.made).isEqualTo(1);
            assertThat(of(db.at("main~1").space("rows")))
                    .isEqualTo(rows(db.at("main~1").space("rows")));
        }
        assertThat(copying.written).as("parts written, of 20").isBetween(written + 1, written + 4);
        try (Database db = open()) {
            db.gc();
            assertThat(of(db.main().space("rows"))).isEqualTo(rows(db.main().space("rows")));
            assertThat(copying.read).isEqualTo(2);
            assertThat(copying.made).isEqualTo(1);
            assertThat(db.check().problems()).isEmpty();
        }
    }

    @Test
    void whatCannotBePutTogetherIsMadeAgain() {
        try (Database db = open()) {
            fill(db);
            of(db.main().space("rows"));
        }
        copying.isForgetful = true;
        try (Database db = open()) {
            assertThat(of(db.main().space("rows"))).isEqualTo(rows(db.main().space("rows")));
            assertThat(copying.read).isEqualTo(1);
            assertThat(copying.made).isEqualTo(2);
        }
    }

    /// Closes a database while something is made of its rows, and looks whether that is over.
    private void closeMeanwhile(Database db, Runnable making) {
        copying.meanwhile = () -> {
            copying.meanwhile = () -> {};
            join(Thread.ofPlatform().start(db::close));
        };
        try {
            making.run();
        } catch (DatabaseException.Closed _) {
            // as it may be told, or have its answer
        }
        try (Database again = open()) {
            assertThat(of(again.main().space("rows")))
                    .isEqualTo(rows(again.main().space("rows")));
            assertThat(again.check().problems()).isEmpty();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void closingDoesNotWaitForWhatIsBeingMade() {
        Database first = open();
        fill(first);
        closeMeanwhile(first, () -> of(first.main().space("rows")));
        Database second = open();
        of(second.main().space("rows"));
        put(second, 7, "later");
        closeMeanwhile(second, () -> of(second.main().space("rows")));
        assertThat(copying.made).isEqualTo(2);
    }

    @Test
    void littleIsNotKept() {
        try (Database db = open()) {
            put(db, 1, "one");
            db.commit("a row");
            of(db.main().space("rows"));
        }
        assertThat(copying.written).isZero();
    }
}
