package coppice.structure.log;

import coppice.api.async.AsyncCalls;
import coppice.api.feed.FeedStart;
import coppice.api.structure.Event;
import coppice.api.structure.EventLog;
import coppice.api.structure.LiveAggregate;
import coppice.api.structure.LogChange;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.Stream;

/// The events of a window that goes with the time, kept by a feed. Who waits, waits in the feed, so nothing runs
/// here.
final class LiveWindow<V, R> implements LiveAggregate<R> {
    private static final Duration LEAST = Duration.ofMillis(1);

    private final EventLog<V> log;
    private final Supplier<Instant> clock;
    private final Duration window;
    private final Duration period;
    private final Collector<? super Event<V>, ?, R> aggregator;
    private final StructureFeed<LogChange<V>> feed;
    private final ReentrantLock turn = new ReentrantLock();

    // Guarded by the turn.
    private final NavigableMap<String, Event<V>> events = new TreeMap<>();
    private Instant end;

    LiveWindow(
            EventLog<V> log,
            Supplier<Instant> clock,
            Duration window,
            Duration period,
            Collector<? super Event<V>, ?, R> aggregator) {
        if (window.compareTo(LEAST) < 0 || period.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "A window and a period last for 1 ms at least, not for " + window + " and " + period);
        }
        this.log = log;
        this.clock = clock;
        this.window = window;
        this.period = period;
        this.aggregator = aggregator;
        this.feed = log.watch(FeedStart.now());
        this.end = clock.get().plus(period);
        read();
    }

    /// What is there, and not told by the feed.
    private void read() {
        events.clear();
        try (Stream<Event<V>> there = log.events(TimeRange.since(begin(clock.get())))) {
            there.forEach(event -> events.put(event.id(), event));
        }
    }

    private Instant begin(Instant now) {
        return now.minus(window);
    }

    @Override
    public R current() {
        turn.lock();
        try {
            return said(clock.get());
        } finally {
            turn.unlock();
        }
    }

    /// What happened at the moment itself counts, what happened at the beginning of the window does not.
    private R said(Instant now) {
        for (Optional<List<LogChange<V>>> next = feed.poll(); next.isPresent(); next = feed.poll()) {
            next.get().forEach(this::apply);
        }
        Instant begin = begin(now);
        events.values().removeIf(event -> !event.at().isAfter(begin));
        return events.values().stream()
                .filter(event -> !event.at().isAfter(now))
                .collect(aggregator);
    }

    private void apply(LogChange<V> change) {
        switch (change) {
            case LogChange.Appended<V>(Event<V> event) -> events.put(event.id(), event);
            case LogChange.Removed<V>(Event<V> event) -> events.remove(event.id());
            case LogChange.Missed<V> _ -> read();
        }
    }

    @Override
    public R next() {
        turn.lock();
        try {
            Instant now = clock.get();
            while (now.isBefore(end)) {
                feed.next(Duration.between(now, end)).ifPresent(changes -> changes.forEach(this::apply));
                now = clock.get();
            }
            end = next(now);
            return said(now);
        } finally {
            turn.unlock();
        }
    }

    private Instant next(Instant now) {
        Instant following = end.plus(period);
        return following.isAfter(now) ? following : now.plus(period);
    }

    @Override
    public Flow.Publisher<R> publisher() {
        return AsyncCalls.publisher("live " + log.name(), () -> Stream.generate(this::next));
    }

    @Override
    public void close() {
        feed.close();
    }
}
