package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Options;
import coppice.api.structure.Delivery;
import coppice.api.structure.QueueCounts;
import coppice.api.structure.WorkQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many who wait for jobs.
@Timeout(60)
class QueueWaitersTest {
    private static final int MANY = 100_000;

    private Database db;
    private WorkQueue<String> queue;

    @BeforeEach
    void open() {
        db = new Place("mem:queue-waiters").open(Options.defaults());
        queue = db.queue("q", String.class);
    }

    @AfterEach
    void close() {
        db.close();
    }

    /// A consumer on a thread of its own, which tells what it got.
    private Thread consumer(LinkedBlockingQueue<String> told, String name) {
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                told.add(name + ":" + queue.get().value());
            } catch (DatabaseException.Interrupted interrupted) {
                told.add(name + ":interrupted");
            }
        });
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void aJobWakesOneAndNobodyElse() throws Exception {
        LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        List<Thread> all = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            all.add(consumer(told, name));
        }
        queue.put("1");
        assertThat(told.take()).endsWith(":1");
        all.forEach(Thread::interrupt);
        assertThat(told.take()).endsWith(":interrupted");
        assertThat(told.take()).endsWith(":interrupted");
        queue.put("2");
        assertThat(queue.counts()).isEqualTo(new QueueCounts(1, 0, 1, 0));
        assertThat(told).isEmpty();
    }

    @Test
    void severalJobsAtOnceWakeAsMany() throws Exception {
        LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        for (String name : List.of("a", "b", "c", "d")) {
            consumer(told, name);
        }
        queue.putAll(List.of("1", "2", "3"));
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            values.add(told.take().substring(2));
        }
        assertThat(values).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 3, 0));
        queue.put("4");
        assertThat(told.take()).endsWith(":4");
    }

    @Test
    void aHundredThousandWaitAndGoWithoutATrace() throws Exception {
        bytesEach(20_000); // frames that are interpreted take twice the space of compiled ones
        bytesEach(20_000);
        assertThat(bytesEach(MANY)).isBetween(100L, 2_048L);
    }

    private long bytesEach(int count) {
        List<CompletableFuture<Delivery<String>>> all = new ArrayList<>(count);
        long before = usedBytes();
        for (int i = 0; i < count; i++) {
            all.add(queue.async().get());
        }
        long bytes = usedBytes() - before;
        assertThat(all).noneMatch(CompletableFuture::isDone);
        queue.put("one");
        CompletableFuture.anyOf(all.toArray(CompletableFuture[]::new)).join();
        List<CompletableFuture<Delivery<String>>> done =
                all.stream().filter(CompletableFuture::isDone).toList();
        assertThat(done).hasSize(1);
        Delivery<String> got = done.getFirst().join();
        assertThat(got.value()).isEqualTo("one");
        queue.ack(got.receipt());
        all.removeIf(CompletableFuture::isDone);
        CompletableFuture<Delivery<String>> last = all.removeLast();
        all.forEach(one -> one.cancel(true));
        all.forEach(one -> assertThatThrownBy(one::join).isInstanceOf(CancellationException.class));
        queue.put("two");
        assertThat(last.join().value()).isEqualTo("two");
        queue.clear();
        return bytes / count;
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
