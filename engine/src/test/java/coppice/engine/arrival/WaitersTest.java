package coppice.engine.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.engine.arrival.Waiters.Waiter;
import coppice.kernel.platform.Clock;
import coppice.structure.ground.Line;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WaitersTest {
    private final Waiters waiters = new Waiters();

    /// One who came, looked and found nothing.
    private Waiter parked() {
        Waiter waiter = waiters.enter();
        if (waiter.isAwake()) {
            waiters.rest(waiter);
        }
        return waiter;
    }

    @Test
    void whoComesFirstIsWokenFirstAndNobodyElse() {
        Waiter first = parked();
        Waiter second = parked();
        Waiter third = parked();
        assertThat(waiters.wake(1)).hasSize(1);
        assertThat(first.isAwake()).isTrue();
        assertThat(second.isAwake()).isFalse();
        assertThat(waiters.leave(first, true)).isEmpty();
        assertThat(waiters.wake(1)).hasSize(1);
        assertThat(second.isAwake()).isTrue();
        assertThat(third.isAwake()).isFalse();
    }

    @Test
    void whoFindsNothingHasHisPlaceAgain() {
        Waiter first = parked();
        Waiter second = parked();
        waiters.wake(1);
        waiters.rest(first);
        waiters.wake(1);
        assertThat(first.isAwake()).isTrue();
        assertThat(second.isAwake()).isFalse();
    }

    @Test
    void whoGoesLeavesNoTraceAndHandsOnWhatHeWasWokenFor() {
        Waiter first = parked();
        Waiter second = parked();
        Waiter third = parked();
        assertThat(waiters.leave(second, false)).isEmpty();
        waiters.wake(1);
        assertThat(waiters.leave(first, false)).hasSize(1);
        assertThat(third.isAwake()).isTrue();
        assertThat(waiters.leave(third, true)).isEmpty();
        assertThat(waiters.isEmpty()).isTrue();
    }

    /// A check may wait for a lock, and take up what was to unpark the waiter where he waits.
    @Test
    @Timeout(60)
    void aWakeThatComesWhileACheckParksIsNotLost() {
        AtomicBoolean isThere = new AtomicBoolean();
        Runnable check = () -> {
            isThere.set(true);
            waiters.wake(1).forEach(LockSupport::unpark);
            LockSupport.park(waiters);
        };
        Optional<String> found = waiters.await(
                Waiters.FOR_EVER,
                Clock.system(),
                check,
                () -> new Line.Look<>(isThere.get() ? Optional.of("it") : Optional.empty(), false, Long.MAX_VALUE));
        assertThat(found).contains("it");
        assertThat(waiters.isEmpty()).isTrue();
    }

    @Test
    void whatComesWhileSomebodyLooksIsNotMissed() {
        Waiter looking = waiters.enter();
        assertThat(waiters.wake(1)).isEmpty();
        waiters.rest(looking);
        assertThat(looking.isAwake()).isTrue();
        waiters.rest(looking);
        assertThat(looking.isAwake()).isFalse();
    }
}
