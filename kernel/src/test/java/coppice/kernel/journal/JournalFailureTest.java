package coppice.kernel.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.StorageException;
import coppice.kernel.platform.StorageException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A disk that fails once poisons the journal: nothing is acknowledged that might be lost, and opening again
/// finds all that was.
class JournalFailureTest {
    private final MemoryDisk medium = new MemoryDisk();

    @Test
    void afterAFailedWriteEveryCallFailsWithTheSameCauseThoughTheDiskWorksAgain() {
        FailingDisk disk = new FailingDisk(medium, Kind.NO_SPACE, false);
        Journal journal = Log.open(disk);
        long lsn = Log.append(journal, "never acknowledged");
        disk.failAfter(0);
        for (Runnable act : new Runnable[] {
            () -> journal.await(lsn), journal::sync, journal::flushLazily, () -> Log.append(journal, "more")
        }) {
            assertThatThrownBy(act::run).isInstanceOfSatisfying(StorageException.class, e -> {
                assertThat(e.kind()).isEqualTo(Kind.NO_SPACE);
                assertThat(e.getMessage()).contains("open it again");
                assertThat(e.getCause()).hasMessageContaining("made to fail");
            });
        }
        assertThat(journal.durable()).isZero();
        journal.close();
        assertThat(Log.open(disk).recovery().records()).isZero();
    }

    @Test
    void everyThreadThatWaitsIsToldOfTheFailure() throws InterruptedException {
        FailingDisk disk = new FailingDisk(medium, Kind.IO, false);
        Journal journal = Log.open(disk);
        disk.failAfter(20);
        AtomicInteger told = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int index = 0; index < 16; index++) {
            Runnable body = () -> {
                try {
                    while (true) {
                        journal.await(Log.append(journal, "again"));
                    }
                } catch (StorageException _) {
                    told.incrementAndGet();
                }
            };
            threads.add(
                    index % 2 == 0
                            ? Thread.ofPlatform().start(body)
                            : Thread.ofVirtual().start(body));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(told).hasValue(16);
    }

    @Test
    void whicheverChangeFailsNothingAcknowledgedIsLost() {
        for (boolean afterwards : new boolean[] {false, true}) {
            int n = 0;
            boolean failed = true;
            while (failed) {
                MemoryDisk fresh = new MemoryDisk();
                FailingDisk disk = new FailingDisk(fresh, Kind.IO, afterwards);
                disk.failAfter(n);
                List<String> acknowledged = new ArrayList<>();
                List<String> appended = new ArrayList<>();
                try {
                    workload(disk, acknowledged, appended);
                } catch (StorageException _) {
                    assertThat(disk.failed()).isTrue();
                }
                failed = disk.failed();
                List<String> replayed = new ArrayList<>();
                Log.open(fresh, Log.options(), replayed).close();
                assertThat(replayed)
                        .as("failure %s, afterwards %s", n, afterwards)
                        .hasSizeBetween(acknowledged.size(), appended.size());
                assertThat(replayed).isEqualTo(appended.subList(0, replayed.size()));
                n++;
            }
            assertThat(n).isGreaterThan(40);
        }
    }

    private static void workload(FailingDisk disk, List<String> acknowledged, List<String> appended) {
        for (int opening = 0; opening < 3; opening++) {
            try (Journal journal = Log.open(disk)) {
                for (int group = 0; group < 8; group++) {
                    for (int index = 0; index < 3; index++) {
                        appended.add(Log.shown(journal, Log.letters((char) ('a' + group), 300 * index + 200)));
                    }
                    if (group % 3 == 1) {
                        journal.flushLazily();
                    } else {
                        journal.sync();
                        acknowledged.clear();
                        acknowledged.addAll(appended);
                    }
                }
            }
        }
    }

    @Test
    void aPowerCutAtAnyChangeLosesNothingAcknowledged() {
        int n = 0;
        boolean cut = true;
        while (cut) {
            PowerCutDisk medium = new PowerCutDisk();
            FailingDisk disk = new FailingDisk(medium, Kind.IO, true);
            disk.failAfter(n);
            Recycling history = new Recycling();
            try {
                history.run(disk);
            } catch (StorageException _) {
                assertThat(disk.failed()).isTrue();
            }
            cut = disk.failed();
            for (int seed = 0; seed < 20; seed++) {
                List<String> replayed = new ArrayList<>();
                Log.open(medium.powerCut(seed), Log.options(), history.start, replayed);
                assertThat(replayed)
                        .as("change %s seed %s", n, seed)
                        .hasSizeBetween(history.certain, history.records.size());
                assertThat(replayed).isEqualTo(history.records.subList(0, replayed.size()));
            }
            n++;
        }
        assertThat(n).isGreaterThan(80);
    }

    /// Groups in small segments, recycled as soon as they are durable. As long as a recycling runs, replay may
    /// not start later than before it.
    private static final class Recycling {
        private final List<String> records = new ArrayList<>();
        private int certain;
        private long start;

        void run(FailingDisk disk) {
            try (Journal journal = Log.open(disk)) {
                for (int group = 0; group < 24; group++) {
                    records.add(Log.shown(journal, Log.letters((char) ('a' + group), 900 + 40 * group)));
                    records.add(Log.shown(journal, "small"));
                    if (group % 4 != 3) {
                        journal.sync();
                        certain = records.size();
                    }
                    if (group % 6 == 5) {
                        journal.sync();
                        records.clear();
                        certain = 0;
                        start = journal.durable();
                        journal.recycleBelow(start);
                    }
                }
            }
            certain = records.size();
        }
    }

    @Test
    void aFullDiskIsNotLeftWithHalfASpare() {
        FailingDisk disk = new FailingDisk(medium, Kind.NO_SPACE, true);
        Journal journal = Log.open(disk);
        journal.sync();
        List<String> names = medium.list(Log.DIRECTORY);
        Log.append(journal, Log.letters('a', 5_000)); // fits into no segment that there is
        disk.failAfter(1);
        assertThatThrownBy(journal::sync)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_SPACE));
        assertThat(medium.list(Log.DIRECTORY)).isEqualTo(names);
        journal.close();
        assertThat(Log.open(medium).recovery().records()).isZero();
    }

    @Test
    void anErrorInsideTheWriteDoesNotHangTheOthers() throws InterruptedException {
        FailingDisk disk = new FailingDisk(medium, Kind.IO, true);
        Journal journal = Log.open(disk);
        disk.failAfter(0);
        CountDownLatch done = new CountDownLatch(2);
        for (int index = 0; index < 2; index++) {
            Thread.ofVirtual().start(() -> {
                try {
                    journal.await(Log.append(journal, "x"));
                } catch (StorageException _) {
                    done.countDown();
                }
            });
        }
        done.await();
        journal.close();
    }

    @Test
    void whatWasClosedIsOpenedWithoutAChange() {
        FailingDisk disk = new FailingDisk(medium, Kind.IO, false);
        try (Journal journal = Log.open(disk)) {
            journal.await(Log.append(journal, "kept"));
        }
        disk.failAfter(0);
        try (Journal journal = Log.open(disk)) {
            assertThat(journal.recovery().records()).isEqualTo(1);
        }
        assertThat(disk.failed()).isFalse();
    }

    @Test
    void whatWasNotClosedIsMadeDurableAgainBeforeItIsOpen() {
        FailingDisk disk = new FailingDisk(medium, Kind.IO, false);
        Journal killed = Log.open(disk);
        killed.await(Log.append(killed, "kept"));
        disk.failAfter(0);
        assertThatThrownBy(() -> Log.open(disk)).isInstanceOf(StorageException.class);
        assertThat(Log.open(disk).recovery().records()).isEqualTo(1);
    }
}
