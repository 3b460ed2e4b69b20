package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.structure.Event;
import coppice.api.structure.EventLog;
import coppice.api.structure.LiveAggregate;
import coppice.api.structure.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What time does to logs: retention, and what is said of the latest events.
@Timeout(60)
class EventLogTimesTest extends TimedTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Collector<Event<String>, ?, List<String>> VALUES =
            Collectors.mapping(Event::value, Collectors.toList());

    private EventLog<String> log;

    @BeforeEach
    void openTheLog() {
        log = db.eventLog("log", String.class);
    }

    private void passAndTidy(Duration time) {
        pass(time);
        housekeeping.run();
    }

    private List<String> values() {
        try (var events = log.events()) {
            return events.map(Event::value).toList();
        }
    }

    @Test
    void whatIsTooOldGoes() {
        log.append("a");
        log.retain(Retention.ofAge(HOUR));
        passAndTidy(MINUTE);
        log.append("b");
        log.append("old", now().minus(HOUR).minusMillis(1));
        passAndTidy(Duration.ofSeconds(1));
        assertThat(values()).containsExactly("a", "b");
        passAndTidy(HOUR.minus(MINUTE));
        assertThat(values()).containsExactly("b");
        passAndTidy(MINUTE);
        assertThat(values()).isEmpty();
    }

    @Test
    void whatIsTooMuchGoes() {
        log.retain(Retention.ofEvents(2));
        for (int i = 0; i < 2_500; i++) {
            log.append("e" + i);
        }
        passAndTidy(Duration.ofSeconds(1));
        assertThat(values()).containsExactly("e2498", "e2499");
        log.append("first", Instant.EPOCH);
        passAndTidy(Duration.ofSeconds(1));
        assertThat(values()).containsExactly("e2498", "e2499");
        log.retain(Retention.ofEvents(1).withAge(HOUR));
        passAndTidy(Duration.ofSeconds(1));
        assertThat(values()).containsExactly("e2499");
        passAndTidy(HOUR);
        assertThat(values()).isEmpty();
    }

    @Test
    void whatIsSaidOfTheLatestEventsGoesWithTheTime() {
        log.append("old");
        pass(HOUR);
        log.append("before");
        try (LiveAggregate<List<String>> live = log.live(HOUR, MINUTE, VALUES)) {
            assertThat(live.current()).containsExactly("before");
            pass(MINUTE);
            log.append("b");
            Event<String> gone = log.append("gone");
            log.append("a", now().minus(MINUTE.dividedBy(2)));
            log.append("too old", now().minus(HOUR));
            log.append("to come", now().plus(MINUTE));
            log.remove(gone.id());
            assertThat(live.current()).containsExactly("before", "a", "b");
            pass(HOUR.minus(MINUTE));
            assertThat(live.current()).containsExactly("a", "b", "to come");
            pass(HOUR);
            assertThat(live.current()).isEmpty();
        }
    }

    @Test
    void itIsSaidAtTheEndOfEachPeriod() {
        LiveAggregate<Long> live = log.live(HOUR, MINUTE, Collectors.counting());
        log.append("a");
        CompletableFuture<Long> first = CompletableFuture.supplyAsync(live::next, Thread::startVirtualThread);
        log.append("b");
        assertThat(first).isNotDone();
        pass(MINUTE);
        log.append("c");
        assertThat(first.join()).isEqualTo(3);
        pass(MINUTE.multipliedBy(5));
        assertThat(live.next()).as("a period is over").isEqualTo(3);
        CompletableFuture<Long> third = CompletableFuture.supplyAsync(live::next, Thread::startVirtualThread);
        live.close();
        assertThatThrownBy(third::join).hasCauseInstanceOf(DatabaseException.Closed.class);
        assertThatThrownBy(live::current).isInstanceOf(DatabaseException.Closed.class);
    }

    @Test
    void subscribersAreTold() throws InterruptedException {
        LinkedBlockingQueue<Object> told = new LinkedBlockingQueue<>();
        log.append("a");
        try (LiveAggregate<Long> live = log.live(HOUR, MINUTE, Collectors.counting())) {
            pass(MINUTE);
            live.publisher().subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.request(1);
                }

                @Override
                public void onNext(Long count) {
                    told.add(count);
                }

                @Override
                public void onError(Throwable failure) {
                    told.add(failure);
                }

                @Override
                public void onComplete() {
                    told.add("complete");
                }
            });
            assertThat(told.take()).isEqualTo(1L);
        }
    }
}
