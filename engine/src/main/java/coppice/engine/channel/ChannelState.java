package coppice.engine.channel;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.ChannelHistory;
import coppice.api.structure.ChannelStatus;
import coppice.api.structure.StructureInfo;
import coppice.structure.ground.Broker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// A channel that somebody listens to, or that keeps a history. Publishers take turns on it, so that all who
/// listen get the same order.
final class ChannelState {
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private final Deque<Broker.Parcel> history = new ArrayDeque<>(0);
    private ChannelHistory kept = ChannelHistory.none();
    private String type = StructureInfo.UNTYPED;
    private long gone; // up to this id the history has not all there was

    /// @param gone the last id that was used before
    ChannelState(String name, long gone) {
        this.name = name;
        this.gone = gone;
    }

    /// What came of an attempt to publish: an id, or who has no room.
    record Attempt(long id, Optional<Subscriber> full, List<Subscriber> slow) {}

    /// Has the channel be of a type, from the first user on that has one.
    void use(String wanted) {
        lock.lock();
        try {
            if (type.equals(StructureInfo.UNTYPED)) {
                type = wanted;
            } else if (!wanted.equals(type) && !wanted.equals(StructureInfo.UNTYPED)) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.OTHER_STRUCTURE,
                                "The channel '" + name + "' is used for messages of " + type + ", not of " + wanted
                                        + ": use it as that, untyped, or take another name")
                        .with("name", name);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Publishes, if all who hold up publishers have room.
    Attempt publish(String asType, byte[] value, LongSupplier ids, long now) {
        lock.lock();
        try {
            Optional<Subscriber> full = takeRoom(asType);
            if (full.isPresent()) {
                return new Attempt(0, full, List.of());
            }
            Broker.Parcel parcel = new Broker.Parcel(name, ids.getAsLong(), now, asType, value);
            remember(parcel, now);
            List<Subscriber> slow = new ArrayList<>(0);
            for (Subscriber one : subscribers) {
                if (one.reads(asType) && !one.offer(parcel)) {
                    slow.add(one);
                }
            }
            return new Attempt(parcel.id(), full, slow);
        } finally {
            lock.unlock();
        }
    }

    /// Takes room of all who hold up publishers, or of none.
    private Optional<Subscriber> takeRoom(String asType) {
        List<Subscriber> ready = new ArrayList<>(0);
        for (Subscriber one : subscribers) {
            if (!one.blocks() || !one.reads(asType)) {
                continue;
            }
            if (!one.takeRoom()) {
                ready.forEach(Subscriber::giveRoom);
                return Optional.of(one);
            }
            ready.add(one);
        }
        return Optional.empty();
    }

    private void remember(Broker.Parcel parcel, long now) {
        history.add(parcel);
        prune(now);
    }

    /// Drops what is too much, or too old.
    private void prune(long now) {
        long oldest = kept.age().map(age -> now - age.toMillis()).orElse(Long.MIN_VALUE);
        while (!history.isEmpty()
                && (history.size() > kept.messages() || history.element().millis() <= oldest)) {
            gone = history.remove().id();
        }
    }

    void keep(ChannelHistory other, long now) {
        lock.lock();
        try {
            kept = other;
            prune(now);
        } finally {
            lock.unlock();
        }
    }

    /// Has one get what is published from now on.
    ///
    /// @param before gets what it is to begin with
    /// @throws DatabaseException.Incorrect when the history does not reach back so far
    void join(Subscriber subscriber, long now, List<Broker.Parcel> before) {
        lock.lock();
        try {
            prune(now);
            long after = subscriber.options().after().orElse(Long.MAX_VALUE);
            if (after > 0 && after < gone) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.HISTORY_GONE,
                                "The history of channel '" + name + "' does not reach back to message " + after
                                        + ": begin with what there is (withHistory()), and keep more of it")
                        .with("channel", name)
                        .with("after", after);
            }
            history.stream().filter(parcel -> parcel.id() > after).forEach(before::add);
            subscribers.add(subscriber);
        } finally {
            lock.unlock();
        }
    }

    void add(Subscriber subscriber) {
        lock.lock();
        try {
            subscribers.add(subscriber);
        } finally {
            lock.unlock();
        }
    }

    void remove(Subscriber subscriber) {
        lock.lock();
        try {
            subscribers.remove(subscriber);
        } finally {
            lock.unlock();
        }
    }

    /// Whether nobody needs it.
    boolean isIdle() {
        lock.lock();
        try {
            return subscribers.isEmpty() && kept.messages() == 0;
        } finally {
            lock.unlock();
        }
    }

    void wakeAll() {
        lock.lock();
        try {
            subscribers.forEach(Subscriber::wakeAll);
        } finally {
            lock.unlock();
        }
    }

    ChannelStatus status(long now) {
        lock.lock();
        try {
            prune(now);
            long waiting = 0;
            long dropped = 0;
            for (Subscriber one : subscribers) {
                waiting += one.waiting();
                dropped += one.dropped();
            }
            return new ChannelStatus(name, type, subscribers.size(), history.size(), waiting, dropped);
        } finally {
            lock.unlock();
        }
    }
}
