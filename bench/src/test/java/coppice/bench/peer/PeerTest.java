package coppice.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every store must do for its numbers to mean the same.
class PeerTest {
    private static final int ROWS = 5_000;
    private static final Peer.Budget BUDGET = new Peer.Budget(ROWS, 16 << 20);

    @TempDir
    Path directory;

    static List<String> names() {
        return Peers.ALL.stream().filter(Peers::isRead).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsWhatWasLoadedInOrder(String name) throws Exception {
        Peer store = open(name);
        store.load(ROWS);
        byte[] value = new byte[Rows.VALUE_BYTES];
        try (Reader reader = store.reader()) {
            assertThat(reader.scan()).isEqualTo(ROWS);
            assertThat(reader.get(Rows.key(1234), value)).isEqualTo(Rows.VALUE_BYTES);
            assertThat(value).isEqualTo(Rows.value(1234, 0));
            assertThat(reader.get(Rows.key(ROWS), value)).isEqualTo(-1);
            assertThat(reader.range(Rows.key(100), 100, value)).isEqualTo(100);
            assertThat(value).isEqualTo(Rows.value(199, 0));
            assertThat(reader.range(Rows.key(ROWS - 10), 100, value)).isEqualTo(10);
        }
        store.close();
    }

    @ParameterizedTest
    @MethodSource("names")
    void keepsPutsAcrossAReopening(String name) throws Exception {
        Peer store = open(name);
        store.load(ROWS);
        List<Writer.Entry> batch = new ArrayList<>();
        for (int row = 0; row < ROWS; row += 7) {
            batch.add(new Writer.Entry(Rows.key(row), Rows.value(row, 1)));
        }
        try (Writer writer = store.writer()) {
            writer.put(batch);
            writer.put(Rows.key(3), Rows.value(3, 2));
        }
        store.close();
        Peer reopened = open(name);
        byte[] value = new byte[Rows.VALUE_BYTES];
        try (Reader reader = reopened.reader()) {
            for (int row = 0; row < ROWS; row++) {
                int generation = row == 3 ? 2 : row % 7 == 0 ? 1 : 0;
                assertThat(reader.get(Rows.key(row), value)).isEqualTo(Rows.VALUE_BYTES);
                assertThat(value).as("row %s", row).isEqualTo(Rows.value(row, generation));
            }
            assertThat(reader.scan()).isEqualTo(ROWS);
        }
        reopened.close();
    }

    @ParameterizedTest
    @MethodSource("names")
    void keepsPutsOfManyThreads(String name) throws Exception {
        Peer store = open(name);
        store.load(ROWS);
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            int first = i;
            threads[i] = Thread.ofVirtual().start(() -> putEachFourth(store, first));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        byte[] value = new byte[Rows.VALUE_BYTES];
        try (Reader reader = store.reader()) {
            for (int row = 0; row < 100; row++) {
                reader.get(Rows.key(row), value);
                assertThat(Arrays.equals(value, Rows.value(row, 5)))
                        .as("row %s", row)
                        .isTrue();
            }
        }
        store.close();
    }

    private static void putEachFourth(Peer store, int first) {
        try (Writer writer = store.writer()) {
            for (int row = first; row < 100; row += 4) {
                writer.put(Rows.key(row), Rows.value(row, 5));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Peer open(String name) throws Exception {
        Peer store = Peers.named(name);
        store.open(directory, BUDGET);
        return store;
    }
}
