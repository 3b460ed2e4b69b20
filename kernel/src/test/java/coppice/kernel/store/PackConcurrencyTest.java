package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;

class PackConcurrencyTest {
    private static final PackOptions OPTIONS = PackOptions.standard().withSizes(128 << 10, 300, 8 << 10);
    private static final int ROUNDS = 400;

    private final MemoryDisk disk = new MemoryDisk();
    private final List<byte[]> pool = Samples.chunks(1, 3_000);
    /// The chunks that a "root" refers to: they must be readable at any time.
    private final Set<Hash> rooted = ConcurrentHashMap.newKeySet();

    /// Writers share it while they write and publish; a sweep begins, and marks, when nobody is in between.
    private final ReentrantReadWriteLock publishing = new ReentrantReadWriteLock();

    private final AtomicBoolean writing = new AtomicBoolean(true);

    @Test
    void readersWritersSyncsSweepsAndMergesDoNotDisturbEachOther() throws Exception {
        PackState state;
        try (PackStore store = PackStore.open(disk, Tasks.threads(), "packs", OPTIONS, PackState.EMPTY)) {
            run(store);
            state = store.sync();
            store.adopted(state);
            assertThat(disk.list("packs").stream().filter(name -> name.endsWith(".pack")))
                    .hasSize(state.packs().size());
        }
        try (PackStore store = PackStore.open(disk, Tasks.threads(), "packs", OPTIONS, state)) {
            rooted.forEach(hash -> assertThat(Hash.of(store.read(hash))).isEqualTo(hash));
            // A chunk that two wrote at the same moment may have two records in a pack, and one entry.
            assertThat(store.check(e -> {
                        throw e;
                    }))
                    .isGreaterThanOrEqualTo(store.statistics().chunks());
        }
    }

    private void run(PackStore store) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<Long>> writers =
                    List.of(threads.submit(() -> write(store, 1)), threads.submit(() -> write(store, 2)));
            List<Future<Long>> others = new ArrayList<>();
            others.add(threads.submit(whileWriting(() -> read(store))));
            others.add(threads.submit(whileWriting(() -> read(store))));
            others.add(threads.submit(whileWriting(() -> store.adopted(store.sync()))));
            others.add(threads.submit(whileWriting(() -> sweepAndMerge(store))));
            for (Future<Long> writer : writers) {
                writer.get();
            }
            writing.set(false);
            for (Future<Long> other : others) {
                assertThat(other.get()).isPositive();
            }
        }
    }

    private Callable<Long> whileWriting(Runnable work) {
        return () -> {
            long rounds = 0;
            do {
                work.run();
                rounds++;
            } while (writing.get());
            return rounds;
        };
    }

    private long write(PackStore store, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            publishing.readLock().lock();
            try {
                List<Hash> fresh = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    fresh.add(store.write(pool.get(random.nextInt(pool.size()))));
                }
                rooted.addAll(fresh);
            } finally {
                publishing.readLock().unlock();
            }
        }
        return ROUNDS;
    }

    private void read(PackStore store) {
        for (Hash hash : rooted) {
            // A root that was dropped meanwhile may be gone; any other answer than its bytes may not be given.
            try {
                assertThat(Hash.of(store.read(hash))).isEqualTo(hash);
            } catch (MissingChunkException e) {
                assertThat(rooted).doesNotContain(hash);
            }
        }
    }

    private void sweepAndMerge(PackStore store) {
        Sweep sweep;
        MarkSet live = new MarkSet();
        publishing.writeLock().lock();
        try {
            rooted.removeIf(hash -> hash.second() % 7 == rooted.size() % 7);
            sweep = store.beginSweep();
            rooted.forEach(live::add);
        } finally {
            publishing.writeLock().unlock();
        }
        try (sweep) {
            assertThat(sweep.run(live).damagedPacks()).isEmpty();
        }
        assertThat(store.merge().damagedPacks()).isEmpty();
    }
}
