package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.journal.Journal;
import coppice.kernel.journal.JournalOptions;
import coppice.kernel.store.Compression;
import coppice.kernel.store.Manifest;
import coppice.kernel.store.MarkSet;
import coppice.kernel.store.PackOptions;
import coppice.kernel.store.PackState;
import coppice.kernel.store.PackStore;
import coppice.kernel.store.Sweep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The journal and the packs, each on its own, with the power going in the midst of every change.
final class KernelCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 42L);
    private static final UUID DATABASE = new UUID(1, 2);
    private static final int FUTURES = 3;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final SimulatedDisk disk = new SimulatedDisk();

    /// A disk after a power cut, with what had been acknowledged.
    private record Wreck<T>(String where, SimulatedDisk left, T acknowledged) {}

    private <T> void wreck(Access access, List<Wreck<T>> wrecks, T acknowledged) {
        for (int i = 0; i < FUTURES; i++) {
            long seed = random.nextLong();
            String where = "seed " + SEED + ", " + access + ", tearing " + seed;
            wrecks.add(new Wreck<>(where, disk.afterPowerCut(seed), acknowledged));
        }
    }

    /// How far the log was: where replay begins, how many records had been kept, and how many appended.
    private record Position(long start, int first, int kept) {}

    private static Journal open(SimulatedDisk disk, long start, List<String> replayed) {
        JournalOptions options =
                JournalOptions.of(DATABASE).withSegmentBytes(4 << 10).withBufferBytes(4 << 10);
        return Journal.open(
                disk,
                "journal",
                options,
                start,
                (type, bytes, offset, length, end) -> replayed.add(named(bytes, offset, length)));
    }

    /// A record by its number and what its bytes hash to.
    private static String named(byte[] record, int offset, int length) {
        return length + " bytes, hash " + Hash.of(record, offset, length);
    }

    private static String named(byte[] record) {
        return named(record, 0, record.length);
    }

    @Test
    void theJournalKeepsAPrefixThatHoldsAllThatWasAcknowledged() {
        List<String> records = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        List<Wreck<Position>> wrecks = new ArrayList<>();
        Position[] now = {new Position(0, 0, 0)};
        Journal journal = open(disk, 0, records);
        disk.observe(access -> wreck(access, wrecks, now[0]));
        for (int i = 0; i < 150; i++) {
            int length = random.nextInt(12) == 0 ? 5_000 : random.nextInt(700);
            byte[] record = new byte[length];
            random.nextBytes(record);
            records.add(named(record));
            ends.add(journal.append((byte) 1, record, 0, length));
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    journal.sync();
                    now[0] = new Position(now[0].start(), now[0].first(), records.size());
                }
                case 3 -> journal.flushLazily();
                case 4 -> {
                    if (now[0].kept() > 0) {
                        long start = ends.get(now[0].kept() - 1);
                        now[0] = new Position(start, now[0].kept(), now[0].kept());
                        journal.recycleBelow(start);
                    }
                }
                default -> {}
            }
        }
        disk.observe(access -> {});
        journal.close();
        assertThat(wrecks).hasSizeGreaterThan(300);
        wrecks.forEach(wreck -> checkJournal(wreck, records));
    }

    private static void checkJournal(Wreck<Position> wreck, List<String> records) {
        Position position = wreck.acknowledged();
        try {
            List<String> found = new ArrayList<>();
            Journal journal = open(wreck.left(), position.start(), found);
            assertThat(found).hasSizeGreaterThanOrEqualTo(position.kept() - position.first());
            assertThat(found).isEqualTo(records.subList(position.first(), position.first() + found.size()));
            journal.await(journal.append((byte) 1, new byte[10], 0, 10));
            List<String> again = new ArrayList<>();
            open(wreck.left().afterPowerCut(1), position.start(), again);
            found.add(named(new byte[10]));
            assertThat(again).isEqualTo(found);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(wreck.where(), e);
        }
    }

    private static PackStore store(SimulatedDisk disk, PackState state) {
        PackOptions options = PackOptions.standard().with(Compression.none()).withSizes(64 << 10, 64, 4 << 10);
        return PackStore.open(disk, new SimulatedTasks(new SimulatedClock(0)), "packs", options, state);
    }

    @Test
    void packsKeepWhatTheLastManifestPromises() {
        Map<Long, Map<Hash, byte[]>> promises = new HashMap<>(Map.of(0L, Map.of()));
        Map<Hash, byte[]> chunks = new HashMap<>();
        List<Wreck<Long>> wrecks = new ArrayList<>();
        long[] generation = {0};
        disk.observe(access -> wreck(access, wrecks, generation[0]));
        try (PackStore store = store(disk, PackState.EMPTY)) {
            for (int round = 1; round <= 40; round++) {
                for (int i = random.nextInt(15); i >= 0; i--) {
                    byte[] chunk = new byte[1 + random.nextInt(3_000)];
                    random.nextBytes(chunk);
                    chunks.put(store.write(chunk), chunk);
                }
                if (round % 9 == 0) {
                    sweep(store, chunks);
                }
                PackState state = store.sync();
                promises.put((long) round, Map.copyOf(chunks));
                new Manifest(DATABASE, round, 0, -1, Hash.of(new byte[1]), Compression.none(), state).write(disk, "");
                generation[0] = round;
                store.adopted(state);
                store.merge();
            }
            disk.observe(access -> {});
        }
        assertThat(wrecks).hasSizeGreaterThan(500);
        wrecks.forEach(wreck -> checkPacks(wreck, promises));
    }

    private static void sweep(PackStore store, Map<Hash, byte[]> chunks) {
        try (Sweep sweep = store.beginSweep()) {
            chunks.keySet().removeIf(hash -> hash.prefix() % 3 == 0);
            MarkSet live = new MarkSet();
            chunks.keySet().forEach(live::add);
            sweep.run(live);
        }
    }

    private static void checkPacks(Wreck<Long> wreck, Map<Long, Map<Hash, byte[]>> promises) {
        try {
            boolean any = Manifest.exists(wreck.left(), "");
            assertThat(any || wreck.acknowledged() == 0).isTrue();
            PackState state = any ? Manifest.read(wreck.left(), "").packs() : PackState.EMPTY;
            long generation = any ? Manifest.read(wreck.left(), "").generation() : 0;
            assertThat(generation).isBetween(wreck.acknowledged(), wreck.acknowledged() + 1);
            try (PackStore store = store(wreck.left(), state)) {
                promises.get(generation)
                        .forEach((hash, chunk) -> assertThat(store.read(hash)).isEqualTo(chunk));
                store.check(damage -> {
                    throw damage;
                });
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(wreck.where(), e);
        }
    }
}
