package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Database;
import coppice.api.Options;
import coppice.api.structure.Lease;
import coppice.api.structure.NamedLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many who wait for one lock.
@Timeout(60)
class LockWaitersTest {
    private static final int MANY = 100_000;
    private static final long BYTES_MAX = 2_048;

    private Database db;
    private NamedLock lock;

    @BeforeEach
    void open() {
        db = new Place("mem:lock-waiters").open(Options.defaults());
        lock = db.lock("a");
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void aHundredThousandWaitAndGoWithoutATrace() {
        // Frames that are interpreted take more than twice the space of compiled ones, and when they are compiled says
        // the machine.
        int rounds = 0;
        while (bytesEach(20_000) > BYTES_MAX && rounds < 10) {
            rounds++;
        }
        long least = bytesEach(MANY);
        for (int again = 0; least > BYTES_MAX && again < 3; again++) {
            least = Math.min(least, bytesEach(MANY));
        }
        assertThat(least).isBetween(100L, BYTES_MAX);
    }

    private long bytesEach(int count) {
        Lease lease = lock.acquire();
        List<CompletableFuture<Lease>> all = new ArrayList<>(count);
        long before = usedBytes();
        for (int i = 0; i < count; i++) {
            all.add(lock.async().acquire());
        }
        while (lock.status().waiting() < count) {
            Thread.onSpinWait();
        }
        long bytes = usedBytes() - before;
        lease.close();
        CompletableFuture.anyOf(all.toArray(CompletableFuture[]::new)).join();
        List<CompletableFuture<Lease>> done =
                all.stream().filter(CompletableFuture::isDone).toList();
        assertThat(done).hasSize(1);
        all.removeIf(CompletableFuture::isDone);
        CompletableFuture<Lease> last = all.removeLast();
        all.forEach(one -> one.cancel(true));
        all.forEach(one -> assertThatThrownBy(one::join).isInstanceOf(CancellationException.class));
        assertThat(lock.status().waiting()).isOne();
        done.getFirst().join().close();
        last.join().close();
        assertThat(db.locks().all()).isEmpty();
        return bytes / count;
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
