package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coppice.api.structure.Candidacy;
import coppice.api.structure.Lease;
import coppice.api.structure.LockOptions;
import coppice.api.structure.LockStatus;
import coppice.api.structure.NamedLock;
import coppice.engine.lock.KeptLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long leases last.
@Timeout(60)
class LockTimesTest extends TimedTest {
    private static final LockOptions AN_HOUR = LockOptions.defaults().withTtl(HOUR);
    private static final Duration TICK = Duration.ofMillis(1);

    private NamedLock lock;

    @BeforeEach
    void theLock() {
        lock = db.lock("a").with(AN_HOUR);
    }

    private CompletableFuture<Lease> waiting(NamedLock wanted) {
        int before = wanted.status().waiting();
        CompletableFuture<Lease> lease = wanted.async().acquire();
        while (wanted.status().waiting() == before) {
            Thread.onSpinWait();
        }
        return lease;
    }

    @Test
    void aLeaseEndsWithItsTimeAndItsHolderLearnsSo() {
        Lease lease = lock.acquire();
        assertThat(lease.until()).isEqualTo(now().plus(HOUR));
        pass(HOUR.minus(TICK));
        assertThat(lease.isHeld()).isTrue();
        pass(TICK);
        assertThat(lease.isHeld()).isFalse();
        assertThat(lease.renew()).isFalse();
        assertThat(lease.until()).isEqualTo(now());
        Lease next = lock.tryAcquire().orElseThrow();
        assertThat(next.token()).isGreaterThan(lease.token());
        lease.close();
        assertThat(next.isHeld()).isTrue();
    }

    @Test
    void renewingBeginsTheTimeAnew() {
        Lease lease = lock.acquire();
        pass(HOUR.minus(TICK));
        assertThat(lease.renew()).isTrue();
        assertThat(lease.until()).isEqualTo(now().plus(HOUR));
        pass(HOUR.minus(TICK));
        assertThat(lease.renew(TICK)).isTrue();
        pass(TICK);
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void theTimeIsCountedFromWhenOneGetsIt() {
        Lease first = lock.acquire();
        CompletableFuture<Lease> second = waiting(lock);
        pass(HOUR.minus(TICK));
        first.close();
        assertThat(second.join().until()).isEqualTo(now().plus(HOUR));
    }

    @Test
    void toHaveItAgainBeginsTheTimeAnew() {
        Lease outer = lock.acquire();
        pass(HOUR.dividedBy(2));
        Lease shorter = lock.with(AN_HOUR.withTtl(TICK)).acquire();
        assertThat(outer.until()).isEqualTo(now().plus(HOUR.dividedBy(2)));
        Lease inner = lock.acquire();
        assertThat(List.of(outer.until(), shorter.until(), inner.until())).containsOnly(now().plus(HOUR));
    }

    @Test
    void whoWaitsGetsItWhenTheTimeOfAnotherIsOver() {
        Lease dead = lock.acquire();
        CompletableFuture<Lease> next = waiting(lock);
        pass(HOUR);
        housekeeping.run();
        assertThat(next.join().isHeld()).isTrue();
        assertThat(dead.isHeld()).isFalse();
    }

    @Test
    void aLeaseThatIsRenewedByItselfLastsAsLongAsSomebodyRefersToIt() {
        Lease lease = lock.with(AN_HOUR.renewed()).acquire();
        long token = lease.token();
        for (int i = 0; i < 5; i++) {
            pass(HOUR.multipliedBy(i));
            System.gc();
            assertThat(lease.isHeld()).isTrue();
        }
        assertThat(lease.until()).isAfter(now());
        lease = null; // lost, as by who forgets to close it
        Optional<LockStatus.Held> held = lock.status().held();
        while (held.isPresent()) {
            assertThat(held.get().token()).isEqualTo(token);
            System.gc();
            pass(HOUR);
            held = lock.status().held();
        }
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    void whoIsWaitingForALeaseThatIsRenewedGetsOne() {
        Lease first = lock.acquire();
        CompletableFuture<Lease> second = waiting(lock.with(AN_HOUR.renewed()));
        first.close();
        System.gc();
        pass(HOUR);
        assertThat(second.join().isHeld()).isTrue();
    }

    @Test
    void aLeaderLeadsForAsLongAsItLikes() throws Exception {
        SynchronousQueue<Lease> told = new SynchronousQueue<>();
        Candidacy candidacy = lock.lead(lease -> {
            told.put(lease);
            told.put(lease);
        });
        Lease lease = told.take();
        pass(HOUR.multipliedBy(9));
        assertThat(lease.isHeld()).isTrue();
        assertThat(candidacy.isLeader()).isTrue();
        told.take();
        candidacy.ended().get();
        assertThat(lock.status().held()).isEmpty();
    }

    @Test
    void whatIsKeptEndsWithItsTimeThoughNothingIsOpen() {
        Lease kept = lock.with(AN_HOUR.kept()).acquire();
        Lease longer = db.lock("b").with(AN_HOUR.kept()).acquire();
        longer.renew(HOUR.multipliedBy(2));
        Lease late = db.lock("c").with(AN_HOUR.kept()).acquire();
        db.close();
        pass(HOUR);
        open();
        assertThat(db.locks().all()).extracting(LockStatus::name).containsExactly("b");
        assertThat(db.lock("a").resume(kept.token())).isEmpty();
        Lease again = db.lock("b").resume(longer.token()).orElseThrow();
        assertThat(again.until()).isEqualTo(now().plus(HOUR));
        pass(HOUR);
        assertThat(again.renew()).isFalse();
        assertThat(db.lock("c").tryAcquire())
                .map(Lease::token)
                .hasValueSatisfying(token -> assertThat(token).isGreaterThan(late.token()));
    }

    @Test
    void whatIsOverIsRemovedWhenTheNextIsWritten() {
        lock.with(AN_HOUR.kept()).acquire();
        db.lock("b").with(AN_HOUR.kept()).acquire();
        db.close();
        pass(HOUR);
        open();
        assertThat(kept()).containsExactly("a", "b");
        db.lock("b").with(AN_HOUR.kept()).acquire();
        assertThat(kept()).containsExactly("b");
    }

    private Set<String> kept() {
        return ((EmbeddedDatabase) db).depot().settings().all(KeptLease.AREA).keySet();
    }

    @Test
    void whatIsOverDoesNotComeBackInPlaceOfWhatIsNot() {
        Lease old = lock.with(AN_HOUR.kept()).acquire();
        pass(HOUR);
        Lease young = lock.with(AN_HOUR.kept()).acquire();
        old.close();
        assertThat(old.renew()).isFalse();
        db.close();
        open();
        assertThat(db.lock("a").status().held()).map(LockStatus.Held::token).contains(young.token());
    }

    @Test
    void isTheSameAsAModelAfterAnyHistory() {
        SplittableRandom random = new SplittableRandom(39);
        List<Lease> all = new ArrayList<>();
        List<CompletableFuture<Lease>> line = new ArrayList<>();
        long until = 0;
        Optional<Lease> holder = Optional.empty();
        for (int step = 0; step < 1_000; step++) {
            switch (random.nextInt(8)) {
                case 0, 1 -> line.add(until == 0 ? got(lock.async().acquire()) : waiting(lock));
                case 2 ->
                    all.stream()
                            .skip(random.nextInt(all.size() + 1))
                            .findFirst()
                            .ifPresent(Lease::close);
                case 3 -> {
                    pass(HOUR.dividedBy(3));
                    housekeeping.run();
                }
                case 4 -> holder.ifPresent(Lease::renew);
                case 5, 6 -> holder.ifPresent(Lease::close);
                default -> {
                    if (!line.isEmpty()) {
                        CompletableFuture<Lease> one = line.remove(random.nextInt(line.size()));
                        one.cancel(true);
                        boolean isTold = catchThrowable(one::join) == null;
                        if (isTold) {
                            line.addFirst(one);
                        }
                    }
                }
            }
            LockStatus status = lock.status();
            while (line.size() > status.waiting()) {
                Lease next = line.removeFirst().join();
                assertThat(all).allSatisfy(before -> assertThat(before.token()).isLessThan(next.token()));
                all.add(next);
            }
            assertThat(all.stream().filter(Lease::isHeld).map(Lease::token).toList())
                    .isEqualTo(
                            status.held().map(LockStatus.Held::token).stream().toList());
            assertThat(status.waiting() == 0 || status.held().isPresent()).isTrue();
            holder = all.stream().filter(Lease::isHeld).findFirst();
            until = status.held().map(held -> held.until().toEpochMilli()).orElse(0L);
        }
        assertThat(all).hasSizeGreaterThan(100);
    }

    private static CompletableFuture<Lease> got(CompletableFuture<Lease> lease) {
        lease.join();
        return lease;
    }

    @Test
    void whoIsInterruptedAsHeGetsItHandsItOn() {
        for (int i = 0; i < 500; i++) {
            Lease first = lock.acquire();
            CompletableFuture<Lease> second = waiting(lock);
            CompletableFuture<Lease> third = waiting(lock);
            Thread cancelling = Thread.ofVirtual().start(() -> second.cancel(true));
            first.close();
            Throwable cancelled = catchThrowable(second::join);
            if (cancelled == null) {
                second.join().close();
            }
            third.join().close();
            assertThat(lock.status()).isEqualTo(new LockStatus("a", Optional.empty(), 0));
            assertThat(cancelling).isNotNull();
        }
    }
}
