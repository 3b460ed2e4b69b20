package coppice.engine.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.KeyPattern;
import coppice.api.structure.ChannelHistory;
import coppice.api.structure.ChannelStatus;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.SubscriberOptions;
import coppice.engine.arrival.Waiters;
import coppice.engine.storage.Gate;
import coppice.kernel.platform.Clock;
import coppice.structure.ground.Broker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The channels of an open database. Safe for all threads.
///
/// A channel is there while somebody needs it; which there are and who listens to which changes under one lock,
/// and what is published under that of the channel.
public final class MessageBroker implements Broker {
    /// Ids begin with the time, so that none of an earlier opening comes again.
    private static final long IDS_A_MILLISECOND = 1_000;

    private final Gate gate;
    private final Clock clock;
    private final AtomicLong ids;
    private final Map<String, ChannelState> channels = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Map<Subscriber, KeyPattern> patterns = new LinkedHashMap<>();

    private volatile boolean hasPatterns;

    public MessageBroker(Clock clock, Gate gate) {
        this.gate = gate;
        this.clock = clock;
        this.ids = new AtomicLong(clock.millis() * IDS_A_MILLISECOND);
    }

    @Override
    public Optional<Long> publish(String channel, String type, byte[] value, long nanos) {
        gate.ensureOpen();
        ChannelState state = listenedTo(channel);
        if (state == null) {
            return Optional.of(ids.incrementAndGet());
        }
        state.use(type);
        ChannelState.Attempt first = state.publish(type, value, ids::incrementAndGet, clock.millis());
        ChannelState.Attempt last = first.full().isPresent() && nanos > 0
                ? waiting(state, type, value, nanos, first.full().get())
                : first;
        for (Subscriber slow : last.slow()) {
            leave(slow);
            slow.wakeAll();
        }
        return last.full().isPresent() ? Optional.empty() : Optional.of(last.id());
    }

    /// The channel, if a message to it goes anywhere.
    private @Nullable ChannelState listenedTo(String channel) {
        ChannelState state = channels.get(channel);
        return state == null && hasPatterns ? matched(channel) : state;
    }

    private @Nullable ChannelState matched(String channel) {
        lock.lock();
        try {
            byte[] name = channel.getBytes(UTF_8);
            boolean isMatched = patterns.values().stream().anyMatch(pattern -> pattern.fits(name));
            return isMatched ? state(channel) : null;
        } finally {
            lock.unlock();
        }
    }

    /// Stands in line for room, and tries again each time it is its turn.
    private ChannelState.Attempt waiting(
            ChannelState state, String type, byte[] value, long nanos, Subscriber firstFull) {
        long begun = clock.nanos();
        Subscriber full = firstFull;
        Waiters.Waiter waiter = full.publishers().enter();
        boolean answers = false;
        try {
            while (true) {
                if (!full.publishers().isWoken(waiter, begun, nanos, clock, gate::ensureOpen)) {
                    return new ChannelState.Attempt(0, Optional.of(full), List.of());
                }
                ChannelState.Attempt attempt = state.publish(type, value, ids::incrementAndGet, clock.millis());
                if (attempt.full().isEmpty()) {
                    answers = !full.isRoomLeft();
                    return attempt;
                }
                if (attempt.full().get().equals(full)) {
                    full.publishers().rest(waiter);
                } else {
                    full.publishers().leave(waiter, false).forEach(LockSupport::unpark);
                    full = attempt.full().get();
                    waiter = full.publishers().enter();
                }
            }
        } finally {
            full.publishers().leave(waiter, answers).forEach(LockSupport::unpark);
        }
    }

    @Override
    public Inbox subscribe(String channel, String type, SubscriberOptions options) {
        return using(channel, type, state -> {
            Subscriber subscriber = new Subscriber(type, options, gate, clock, one -> leave(one, List.of(channel)));
            join(subscriber, List.of(state));
            return subscriber;
        });
    }

    /// Does something with a channel that is there for it, and perhaps from then on.
    private <T> T using(String channel, String type, Function<ChannelState, T> body) {
        lock.lock();
        try {
            gate.ensureOpen();
            ChannelState state = state(channel);
            try {
                state.use(type);
                return body.apply(state);
            } finally {
                forgetIfIdle(channel);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Inbox subscribe(KeyPattern pattern, String type, SubscriberOptions options) {
        lock.lock();
        try {
            gate.ensureOpen();
            Subscriber subscriber = new Subscriber(type, options, gate, clock, this::leave);
            join(
                    subscriber,
                    channels.entrySet().stream()
                            .filter(entry -> pattern.fits(entry.getKey().getBytes(UTF_8)))
                            .map(Map.Entry::getValue)
                            .toList());
            patterns.put(subscriber, pattern);
            hasPatterns = true;
            return subscriber;
        } finally {
            lock.unlock();
        }
    }

    /// Has one begin with what was asked for, and get everything from there on.
    private void join(Subscriber subscriber, List<ChannelState> states) {
        List<Parcel> before = new ArrayList<>();
        try {
            for (ChannelState state : states) {
                state.join(subscriber, clock.millis(), before);
            }
        } catch (DatabaseException refused) {
            subscriber.close();
            throw refused;
        }
        before.sort(Comparator.comparingLong(Parcel::id));
        subscriber.begin(before);
    }

    private void leave(Subscriber subscriber) {
        leave(subscriber, List.copyOf(channels.keySet()));
    }

    private void leave(Subscriber subscriber, List<String> names) {
        lock.lock();
        try {
            patterns.remove(subscriber);
            hasPatterns = !patterns.isEmpty();
            for (String name : names) {
                Optional.ofNullable(channels.get(name)).ifPresent(state -> state.remove(subscriber));
                forgetIfIdle(name);
            }
        } finally {
            lock.unlock();
        }
    }

    /// The state of a channel, made if there is none.
    private ChannelState state(String name) {
        ChannelState known = channels.get(name);
        if (known != null) {
            return known;
        }
        ChannelState made = new ChannelState(name, ids.get());
        byte[] bytes = name.getBytes(UTF_8);
        patterns.forEach((subscriber, pattern) -> {
            if (pattern.fits(bytes)) {
                made.add(subscriber);
            }
        });
        channels.put(name, made);
        return made;
    }

    private void forgetIfIdle(String name) {
        ChannelState state = channels.get(name);
        if (state != null && state.isIdle()) {
            channels.remove(name);
        }
    }

    @Override
    public void keep(String channel, String type, ChannelHistory history) {
        using(channel, type, state -> {
            state.keep(history, clock.millis());
            return true;
        });
    }

    @Override
    public ChannelStatus status(String channel) {
        gate.ensureOpen();
        ChannelState state = channels.get(channel);
        return state == null
                ? new ChannelStatus(channel, StructureInfo.UNTYPED, 0, 0, 0, 0)
                : state.status(clock.millis());
    }

    @Override
    public List<ChannelStatus> all() {
        gate.ensureOpen();
        return channels.values().stream()
                .map(state -> state.status(clock.millis()))
                .sorted(Comparator.comparing(ChannelStatus::name))
                .toList();
    }

    /// Ends all waiting. The gate is closed by then.
    public void close() {
        channels.values().forEach(ChannelState::wakeAll);
        lock.lock();
        try {
            patterns.keySet().forEach(Subscriber::wakeAll);
        } finally {
            lock.unlock();
        }
    }
}
