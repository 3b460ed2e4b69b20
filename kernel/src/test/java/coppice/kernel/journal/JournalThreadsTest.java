package coppice.kernel.journal;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.LocalDisk;
import coppice.kernel.platform.MemoryDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalThreadsTest {
    private static final JournalOptions OPTIONS =
            JournalOptions.of(Log.DATABASE).withSegmentBytes(64 << 10).withBufferBytes(4 << 10);

    @TempDir
    Path directory;

    @Test
    void everyThreadsRecordsAreThereInItsOrder() throws InterruptedException {
        MemoryDisk disk = new MemoryDisk();
        int lanes = 12;
        int rounds = 3_000;
        try (Journal journal = Log.open(disk, OPTIONS, new ArrayList<>())) {
            run(lanes, lane -> write(journal, lane, rounds), _ -> {});
        }
        assertEveryLaneIsComplete(disk, lanes, rounds);
    }

    @Test
    void interruptStormsOnARealDiskLoseNothing() throws InterruptedException {
        LocalDisk disk = LocalDisk.at(directory);
        int lanes = 6;
        int rounds = 800;
        try (Journal journal = Log.open(disk, OPTIONS, new ArrayList<>())) {
            Random random = new Random(9);
            run(lanes, lane -> write(journal, lane, rounds), threads -> {
                threads.get(random.nextInt(lanes)).interrupt();
                LockSupport.parkNanos(1_000);
            });
        }
        assertEveryLaneIsComplete(disk, lanes, rounds);
    }

    private static void write(Journal journal, int lane, int rounds) {
        byte[] payload = new byte[16 + lane];
        for (int round = 0; round < rounds; round++) {
            Bytes.putI64(payload, 0, lane);
            Bytes.putI64(payload, 8, round);
            boolean interrupted = Thread.currentThread().isInterrupted();
            long lsn = journal.append((byte) 1, payload, 0, payload.length);
            if (round % 4 != 3) {
                journal.await(lsn);
                assertThat(journal.durable()).isGreaterThanOrEqualTo(lsn);
            }
            if (interrupted) {
                assertThat(Thread.interrupted()).as("the interrupt flag").isTrue();
            }
        }
    }

    private interface Lane {
        void run(int lane);
    }

    private interface Storm {
        void blow(List<Thread> threads);
    }

    private static void run(int lanes, Lane body, Storm storm) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int index = 0; index < lanes; index++) {
            int lane = index;
            Thread.Builder builder = lane % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
            threads.add(
                    builder.uncaughtExceptionHandler((_, e) -> failure.set(e)).unstarted(() -> body.run(lane)));
        }
        AtomicBoolean done = new AtomicBoolean();
        Thread stormer = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                storm.blow(threads);
                LockSupport.parkNanos(1_000);
            }
        });
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        done.set(true);
        stormer.join();
        assertThat(failure).hasValue(null);
    }

    private static void assertEveryLaneIsComplete(Disk disk, int lanes, int rounds) {
        long[] next = new long[lanes];
        Journal.open(disk, Log.DIRECTORY, OPTIONS, 0, (_, bytes, offset, length, _) -> {
                    int lane = (int) Bytes.i64(bytes, offset);
                    assertThat(length).isEqualTo(16 + lane);
                    assertThat(Bytes.i64(bytes, offset + 8)).isEqualTo(next[lane]++);
                })
                .close();
        assertThat(next).containsOnly(rounds);
    }
}
