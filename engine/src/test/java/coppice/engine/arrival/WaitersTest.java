package coppice.engine.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.engine.arrival.Waiters.Waiter;
import org.junit.jupiter.api.Test;

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
