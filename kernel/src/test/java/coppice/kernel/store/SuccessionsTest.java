package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a sweep makes of versions that lie in different packs, and when it leaves them there.
class SuccessionsTest {
    private static final PackOptions OPTIONS =
            PackOptions.standard().with(Compression.zstd(1)).withSizes(8 << 20, 5_000, 4 << 10);
    private static final double LIMIT = 0.02;
    private static final int CHUNKS = 200;
    private static final int LENGTH = 4_000;

    private final MemoryDisk disk = new MemoryDisk();
    private final List<Hash> olders = new ArrayList<>();
    private PackState state = PackState.EMPTY;

    private PackStore open(PackOptions options) {
        return PackStore.open(disk, new InlineTasks(), "packs", options, state);
    }

    private static byte[] chunk(int number, int version) {
        byte[] chunk = Samples.random(number, LENGTH);
        chunk[version * 31 % LENGTH] += (byte) version;
        return chunk;
    }

    private void keep(PackStore store) {
        state = store.sync();
        store.adopted(state);
    }

    private SweepResult sweep(PackStore store, Lineage lineage) {
        SweepResult result;
        try (Sweep sweep = store.beginSweep(Sweep.OLDEST, LIMIT, _ -> {})) {
            result = sweep.run(_ -> true, lineage);
        }
        keep(store);
        return result;
    }

    private void writeOlders(PackStore store) {
        for (int i = 0; i < CHUNKS; i++) {
            olders.add(store.write(chunk(i, 0)));
        }
        keep(store);
        sweep(store, Lineage.NONE);
    }

    /// Writes newer versions of the first chunks and as many others, into a pack of their own.
    private Lineage writeNewers(PackStore store, int newer, int others) {
        List<Hash> newers = new ArrayList<>();
        for (int i = 0; i < newer; i++) {
            newers.add(store.write(chunk(i, 1)));
        }
        for (int i = 0; i < others; i++) {
            store.write(chunk(CHUNKS + i, 0));
        }
        keep(store);
        return to -> {
            for (int i = 0; i < newer; i++) {
                to.replaced(olders.get(i), newers.get(i));
            }
        };
    }

    private long bytes() {
        return state.packs().stream().mapToLong(PackState.Entry::length).sum();
    }

    /// How many chunks lie alone, and how many in groups.
    private Map<Boolean, Integer> grouped() {
        Map<Boolean, Integer> grouped = new TreeMap<>(Map.of(false, 0, true, 0));
        disk.list("packs").stream()
                .filter(name -> name.endsWith(".pack"))
                .forEach(name -> PackInspector.visitPack(
                        disk,
                        "packs/" + name,
                        entry -> grouped.merge(entry.codec().equals("group"), 1, Integer::sum)));
        return grouped;
    }

    @Test
    void putsVersionsTogetherOfWhichTheNewerLieInAPackWithNothingElseToWin() {
        try (PackStore store = open(OPTIONS)) {
            writeOlders(store);
            long before = bytes();
            Lineage lineage = writeNewers(store, CHUNKS, 0);
            sweep(store, lineage);
            assertThat(bytes()).isBetween(before, before + before / 16);
            assertThat(grouped()).isEqualTo(Map.of(false, 0, true, 2 * CHUNKS));
            assertThat(sweep(store, lineage).packsReplaced()).isZero();
        }
    }

    @Test
    void leavesBothPacksWhenTheOlderWouldWinTooLittle() {
        try (PackStore store = open(OPTIONS)) {
            writeOlders(store);
            Lineage lineage = writeNewers(store, 2, 48);
            assertThat(sweep(store, lineage).packsReplaced()).isZero();
        }
    }

    @Test
    void leavesNoVersionAloneBehindAFullGroup() {
        int full = Group.BYTES_MAX / LENGTH;
        List<Hash> versions = new ArrayList<>();
        try (PackStore store = open(OPTIONS)) {
            for (int i = 0; i <= full; i++) {
                versions.add(store.write(chunk(1, i)));
            }
            keep(store);
            Lineage lineage = to -> {
                for (int i = full; i > 0; i--) {
                    to.replaced(versions.get(i - 1), versions.get(i));
                }
            };
            sweep(store, lineage);
            assertThat(grouped()).isEqualTo(Map.of(false, 0, true, full + 1));
            assertThat(sweep(store, lineage).packsReplaced()).isZero();
            assertThat(store.read(versions.getFirst())).isEqualTo(chunk(1, 0));
        }
    }

    @Test
    void putsAllOlderVersionsOfAChunkBehindIt() {
        try (PackStore store = open(OPTIONS)) {
            List<Hash> versions = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                versions.add(store.write(chunk(1, i)));
            }
            keep(store);
            sweep(store, to -> {
                to.replaced(versions.get(2), versions.get(3));
                to.replaced(versions.get(0), versions.get(1));
                to.replaced(versions.get(1), versions.get(3));
                to.replaced(versions.get(3), versions.get(0));
            });
            assertThat(grouped()).isEqualTo(Map.of(false, 0, true, 4));
        }
    }

    @Test
    void asksForNoVersionsWhenNothingIsCompressed() {
        try (PackStore store = open(OPTIONS.with(Compression.none()))) {
            writeOlders(store);
            Lineage lineage = writeNewers(store, CHUNKS, 0);
            assertThat(sweep(store, lineage).packsReplaced()).isZero();
        }
    }
}
