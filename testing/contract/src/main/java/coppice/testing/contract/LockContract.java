package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.Candidacy;
import coppice.api.structure.Lease;
import coppice.api.structure.LockOptions;
import coppice.api.structure.LockStatus;
import coppice.api.structure.NamedLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Locks of the database as a whole.
@Timeout(60)
abstract class LockContract extends Contract {
    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofMillis(5);

    private NamedLock lock() {
        return db.lock("a").with(LockOptions.defaults().withTtl(LONG));
    }

    /// Acquires it on a thread of its own, which is parked when this returns.
    private CompletableFuture<Lease> waiting(NamedLock lock) {
        int before = lock.status().waiting();
        CompletableFuture<Lease> lease = lock.async().acquire();
        while (lock.status().waiting() == before) {
            Thread.onSpinWait();
        }
        return lease;
    }

    @Test
    void oneHasItAtATime() {
        try (Lease lease = lock().acquire()) {
            assertThat(lease.lock()).isEqualTo("a");
            assertThat(lease.isHeld()).isTrue();
            assertThat(lock().async().tryAcquire().join()).isEmpty();
            assertThat(lock().async().tryAcquire(SHORT).join()).isEmpty();
            assertThat(db.lock("b").async().tryAcquire().join()).isPresent();
        }
        assertThat(lock().async().tryAcquire().join()).isPresent();
    }

    @Test
    void whoDoesNotGetItInTimeIsToldWhoHasIt() {
        lock().with(LockOptions.defaults().withOwner("the nightly job")).acquire();
        Throwable refused =
                catchThrowable(() -> lock().async().acquire(SHORT).join()).getCause();
        assertThat(refused)
                .hasMessageContainingAll("'a'", "the nightly job", "until", "forceRelease")
                .isInstanceOfSatisfying(
                        DatabaseException.Busy.class,
                        busy -> assertThat(busy.code()).isEqualTo(ErrorCode.LOCK_HELD));
    }

    @Test
    void whoAsksFirstGetsItFirst() {
        Lease first = lock().acquire();
        List<CompletableFuture<Lease>> line = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            line.add(waiting(lock()));
        }
        Lease before = first;
        for (CompletableFuture<Lease> next : line) {
            assertThat(line).filteredOn(one -> !one.isDone()).contains(next);
            before.close();
            assertThat(lock().async().tryAcquire().join()).isEmpty(); // nobody comes between
            Lease lease = next.join();
            assertThat(lease.token()).isGreaterThan(before.token());
            before = lease;
        }
        before.close();
        assertThat(db.locks().all()).isEmpty();
    }

    @Test
    void theSameThreadGetsItAgain() {
        Lease outer = lock().acquire();
        Lease inner = lock().tryAcquire().orElseThrow();
        assertThat(inner.token()).isEqualTo(outer.token());
        assertThat(lock().status().held().orElseThrow().count()).isEqualTo(2);
        outer.close();
        outer.close();
        assertThat(outer.isHeld()).isFalse();
        assertThat(outer.renew()).isFalse();
        assertThat(inner.isHeld()).isTrue();
        CompletableFuture<Lease> next = waiting(lock());
        assertThat(lock().tryAcquire()).isPresent().hasValueSatisfying(Lease::close); // though somebody waits
        assertThat(next.isDone()).isFalse();
        inner.close();
        assertThat(next.join().token()).isGreaterThan(inner.token());
        assertThat(lock().tryAcquire()).isEmpty();
    }

    @Test
    void whatIsTakenAwayIsNotHeld() {
        assertThat(lock().forceRelease()).isFalse();
        Lease lost = lock().acquire();
        CompletableFuture<Lease> next = waiting(lock());
        assertThat(lock().forceRelease()).isTrue();
        Lease lease = next.join();
        assertThat(lost.isHeld()).isFalse();
        assertThat(lost.renew()).isFalse();
        lost.close();
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.renew()).isTrue();
    }

    @Test
    void whoWaitsIsWokenWhenTheTimeOfAnotherIsOver() {
        Lease dead = lock().with(LockOptions.defaults().withTtl(Duration.ofMillis(20)))
                .acquire();
        assertThat(lock().async().acquire().join().token()).isGreaterThan(dead.token());
        assertThat(dead.isHeld()).isFalse();
    }

    @Test
    void saysWhoHasWhat() {
        assertThat(lock().status()).isEqualTo(new LockStatus("a", Optional.empty(), 0));
        Lease lease = lock().acquire();
        db.lock("c").with(LockOptions.defaults().withOwner("somebody")).acquire();
        CompletableFuture<Lease> next = waiting(lock());
        LockStatus status = lock().status();
        assertThat(status.waiting()).isOne();
        LockStatus.Held held = status.held().orElseThrow();
        assertThat(held.token()).isEqualTo(lease.token());
        assertThat(held.until()).isEqualTo(lease.until()).isEqualTo(held.since().plus(LONG));
        assertThat(held.owner())
                .isEqualTo("process " + ProcessHandle.current().pid() + ", thread "
                        + Thread.currentThread().getName());
        assertThat(held.count()).isOne();
        assertThat(held.isKept()).isFalse();
        assertThat(db.locks().all()).extracting(LockStatus::name).containsExactly("a", "c");
        assertThat(db.lock("c").status().held()).map(LockStatus.Held::owner).contains("somebody");
        lease.close();
        next.join().close();
        assertThat(db.locks().all()).extracting(LockStatus::name).containsExactly("c");
    }

    @Test
    void whoGoesLeavesNoTrace() throws Exception {
        Lease lease = lock().acquire();
        CompletableFuture<Lease> first = waiting(lock());
        CompletableFuture<Lease> second = waiting(lock());
        CompletableFuture<Lease> third = waiting(lock());
        first.cancel(true);
        assertThat(catchThrowable(first::join)).isInstanceOf(CancellationException.class);
        assertThat(lock().status().waiting()).isEqualTo(2);
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        Thread interrupted = Thread.ofVirtual().start(() -> {
            told.add(catchThrowable(() -> lock().acquire(LONG)));
            told.add(Thread.currentThread().isInterrupted());
        });
        while (lock().status().waiting() < 3) {
            Thread.onSpinWait();
        }
        interrupted.interrupt();
        assertThat(told.take()).isInstanceOf(DatabaseException.Interrupted.class);
        assertThat(told.take()).isEqualTo(true);
        assertThat(lock().status().waiting()).isEqualTo(2);
        lease.close();
        second.join().close();
        third.join().close();
        assertThat(db.locks().all()).isEmpty();
    }

    @Test
    void aWaitEndsWithTheDatabaseAndSoDoLeases() {
        Lease lease = lock().acquire();
        NamedLock lock = lock();
        CompletableFuture<Lease> next = waiting(lock);
        db.close();
        assertThat(catchThrowable(next::join)).hasCauseInstanceOf(DatabaseException.Closed.class);
        assertThat(lease.isHeld()).isFalse();
        assertThatThrownBy(lease::renew).isInstanceOf(DatabaseException.Closed.class);
        lease.close();
        assertThatThrownBy(lock::acquire).isInstanceOf(DatabaseException.Closed.class);
        assertThatThrownBy(lock::status).isInstanceOf(DatabaseException.Closed.class);
    }

    @Test
    void aLeaseThatIsKeptOutlivesTheProcess() {
        LockOptions kept = LockOptions.defaults().withTtl(LONG).withOwner("me").kept();
        Lease lease = lock().with(kept).acquire();
        Lease other = db.lock("b").with(kept).acquire();
        Lease given = db.lock("c").with(kept).acquire();
        lock().acquire().close(); // again, by the same thread
        given.close();
        assertThat(lease.renew(LONG.multipliedBy(2))).isTrue();
        LockStatus before = lock().status();
        assertThat(before.held()).map(LockStatus.Held::isKept).contains(true);
        if (!subject.isPersistent()) {
            return;
        }
        reopen();
        assertThat(lease.isHeld()).isFalse();
        assertThat(lock().status()).isEqualTo(before);
        assertThat(db.locks().all()).extracting(LockStatus::name).containsExactly("a", "b");
        assertThat(lock().tryAcquire()).isEmpty();
        assertThat(lock().resume(lease.token() + 1)).isEmpty();
        Lease again = lock().resume(lease.token()).orElseThrow();
        assertThat(again.isHeld()).isTrue();
        assertThat(again.renew()).isTrue();
        CompletableFuture<Lease> next = waiting(lock());
        again.close();
        assertThat(next.join().token()).isGreaterThan(other.token());
        assertThat(db.lock("b").forceRelease()).isTrue();
        reopen();
        assertThat(db.locks().all()).isEmpty();
    }

    @Test
    void oneLeadsAndTheOthersWait() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        CountDownLatch isDone = new CountDownLatch(1);
        Candidacy first = db.leader("leader", lease -> {
            told.add("first " + lease.isHeld());
            isDone.await();
        });
        assertThat(told.take()).isEqualTo("first true");
        Candidacy second = db.leader("leader", lease -> {
            told.add("second");
            new CountDownLatch(1).await();
        });
        assertThat(first.isLeader()).isTrue();
        assertThat(second.isLeader()).isFalse();
        isDone.countDown();
        assertThat(told.take()).isEqualTo("second");
        first.ended().get();
        assertThat(first.isLeader()).isFalse();
        assertThat(second.isLeader()).isTrue();
        second.close();
        assertThat(second.ended()).isCompleted();
        assertThat(db.locks().all()).isEmpty();
    }

    @Test
    void aLeaderWhoLosesTheLockIsInterruptedAndWaitsForItsTurnAgain() throws Exception {
        BlockingQueue<Lease> told = new LinkedBlockingQueue<>();
        AtomicInteger interruptions = new AtomicInteger();
        Candidacy candidacy = db.leader("leader", lease -> {
            told.add(lease);
            try {
                new CountDownLatch(1).await();
            } finally {
                interruptions.incrementAndGet();
            }
        });
        Lease first = told.take();
        CompletableFuture<Lease> other = waiting(db.lock("leader"));
        assertThat(db.lock("leader").forceRelease()).isTrue();
        Lease between = other.join();
        assertThat(first.isHeld()).isFalse();
        assertThat(between.isHeld()).isTrue();
        assertThat(told).isEmpty();
        between.close();
        Lease second = told.take();
        assertThat(second.token()).isGreaterThan(between.token());
        assertThat(interruptions).hasValue(1);
        db.close();
        candidacy.ended().get();
        assertThat(interruptions).hasValue(2);
    }

    @Test
    void aLeaderWhoFailsIsOver() {
        Candidacy candidacy = db.leader("leader", lease -> {
            throw new IllegalStateException("no idea");
        });
        assertThat(catchThrowable(candidacy.ended()::join)).hasRootCauseMessage("no idea");
        candidacy.close();
        assertThat(db.locks().all()).isEmpty();
        Candidacy itself = db.lock("leader").lead(Lease::close);
        itself.ended().join();
        List<Candidacy> own = new ArrayList<>();
        CountDownLatch isThere = new CountDownLatch(1);
        own.add(db.leader("leader", _ -> {
            isThere.await();
            own.getFirst().close(); // does not wait for itself
        }));
        isThere.countDown();
        own.getFirst().ended().join();
    }

    @Test
    void structuresHaveLocksOfTheirOwn() {
        try (Lease _ = db.dict("users").lock().acquire()) {
            assertThat(db.locks().all()).extracting(LockStatus::name).containsExactly("@structures/users");
            assertThat(db.queue("jobs").lock().tryAcquire()).isPresent();
            List<NamedLock> others = List.of(
                    db.eventLog("clicks").lock(),
                    db.list("steps").lock(),
                    db.graph("roads").lock(),
                    db.counter("visits").lock(),
                    db.set("tags").lock(),
                    db.register("title").lock(),
                    db.blobs("files").lock());
            assertThat(others)
                    .allSatisfy(other -> assertThat(other.tryAcquire()).isPresent());
            assertThat(db.lock("users").async().tryAcquire().join()).isPresent();
            assertThat(db.dict("users").async().lock().async().tryAcquire().join())
                    .isEmpty();
        }
        assertThat(db.lock("@structures/users").tryAcquire()).isPresent();
        DatabaseException refused = db.transact(transaction -> (DatabaseException)
                catchThrowable(() -> transaction.dict("users").lock()));
        assertThat(refused.code()).isEqualTo(ErrorCode.NOT_IN_TRANSACTION);
        assertThat(db.current().spaces()).isEmpty(); // a lock is not part of what is versioned
    }

    @Test
    void refusesWhatCannotBe() {
        for (String name : List.of("", "@mine", "a\nb", "x".repeat(256), "\ud800")) {
            assertThatThrownBy(() -> db.lock(name))
                    .isInstanceOfSatisfying(
                            DatabaseException.Incorrect.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_LOCK_NAME));
        }
        assertThat(db.lock("x".repeat(255)).tryAcquire()).isPresent();
        LockOptions options = LockOptions.defaults();
        for (Duration ttl :
                List.of(Duration.ZERO, LONG.negated(), Duration.ofNanos(999_999), LONG.multipliedBy(36_501))) {
            assertThatThrownBy(() -> options.withTtl(ttl)).isInstanceOf(IllegalArgumentException.class);
        }
        Lease lease = lock().acquire();
        assertThatThrownBy(() -> lease.renew(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.renewed().kept()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withOwner("x".repeat(251))).isInstanceOf(IllegalArgumentException.class);
    }
}
