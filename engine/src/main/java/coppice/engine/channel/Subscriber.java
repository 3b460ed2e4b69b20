package coppice.engine.channel;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.Overflow;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.SubscriberOptions;
import coppice.engine.arrival.Waiters;
import coppice.engine.storage.Gate;
import coppice.kernel.platform.Clock;
import coppice.structure.ground.Broker;
import coppice.structure.ground.Line;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// One who listens: a buffer, those who wait for what comes into it, and those who wait for room in it. A
/// publisher takes room before it puts something in, so that there is never more than fits.
final class Subscriber implements Broker.Inbox {
    private final String type;
    private final SubscriberOptions options;
    private final Gate gate;
    private final Clock clock;
    private final Consumer<Subscriber> whenClosed;
    private final Waiters readers = new Waiters();
    private final Waiters publishers = new Waiters();
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Deque<Broker.Parcel> history = new ArrayDeque<>(0); // what it began with
    private final Deque<Broker.Parcel> buffer = new ArrayDeque<>(0);
    private int taken; // room that publishers have taken
    private long dropped;
    private boolean isClosed;
    private boolean isTooSlow;

    Subscriber(String type, SubscriberOptions options, Gate gate, Clock clock, Consumer<Subscriber> whenClosed) {
        this.type = type;
        this.options = options;
        this.gate = gate;
        this.clock = clock;
        this.whenClosed = whenClosed;
    }

    SubscriberOptions options() {
        return options;
    }

    /// Whether publishers wait for it.
    boolean blocks() {
        return options.overflow() == Overflow.BLOCK;
    }

    Waiters publishers() {
        return publishers;
    }

    /// Whether messages of a type concern it.
    boolean reads(String published) {
        return type.equals(published) || type.equals(StructureInfo.UNTYPED) || published.equals(StructureInfo.UNTYPED);
    }

    /// Has it begin with messages that were there before it came.
    void begin(List<Broker.Parcel> messages) {
        lock.lock();
        try {
            messages.stream().filter(one -> reads(one.type())).forEach(history::add);
        } finally {
            lock.unlock();
        }
    }

    /// Takes room for a message, where it is full until it has some.
    ///
    /// @return whether there was room
    boolean takeRoom() {
        lock.lock();
        try {
            boolean isThere = isClosed || hasRoom();
            taken += isThere ? 1 : 0;
            return isThere;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom() {
        return buffer.size() + taken < options.buffer();
    }

    /// Whether another publisher would find room.
    boolean isRoomLeft() {
        lock.lock();
        try {
            return hasRoom();
        } finally {
            lock.unlock();
        }
    }

    /// Gives room back that was not needed.
    void giveRoom() {
        lock.lock();
        try {
            taken--;
        } finally {
            lock.unlock();
        }
        publishers.wake(1).forEach(LockSupport::unpark);
    }

    /// Puts a message in, into room that was taken if publishers wait for it.
    ///
    /// @return false when it was too slow, and is to be disconnected
    boolean offer(Broker.Parcel parcel) {
        lock.lock();
        try {
            taken -= blocks() ? 1 : 0;
            if (isClosed) {
                return true;
            }
            if (isTooSlow || (buffer.size() == options.buffer() && !overflows())) {
                return !isTooSlow;
            }
            buffer.add(parcel);
        } finally {
            lock.unlock();
        }
        readers.wake(1).forEach(LockSupport::unpark);
        return true;
    }

    /// It is full.
    ///
    /// @return whether there is room now
    private boolean overflows() {
        dropped++;
        return switch (options.overflow()) {
            case DROP_OLDEST -> {
                buffer.remove();
                yield true;
            }
            case DROP_NEWEST, BLOCK -> false;
            case FAIL -> {
                dropped += buffer.size();
                buffer.clear();
                history.clear();
                isTooSlow = true;
                yield false;
            }
        };
    }

    @Override
    public Optional<Broker.Parcel> take(long nanos) {
        Optional<Broker.Parcel> parcel = readers.await(nanos, clock, this::check, this::look);
        if (parcel.isPresent() && blocks()) {
            publishers.wake(1).forEach(LockSupport::unpark);
        }
        return parcel;
    }

    private void check() {
        gate.ensureOpen();
        lock.lock();
        try {
            if (isClosed) {
                throw new DatabaseException.Closed("The subscription was closed: subscribe again");
            }
            if (isTooSlow) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.SLOW_SUBSCRIBER,
                                "The subscriber was disconnected, as its buffer of " + options.buffer()
                                        + " messages was full: subscribe again, take messages sooner, or have a larger"
                                        + " buffer or another overflow")
                        .with("dropped", dropped);
            }
        } finally {
            lock.unlock();
        }
    }

    private Line.Look<Broker.Parcel> look() {
        check();
        lock.lock();
        try {
            Broker.Parcel old = history.poll();
            Optional<Broker.Parcel> next = Optional.ofNullable(old == null ? buffer.poll() : old);
            return new Line.Look<>(next, !history.isEmpty() || !buffer.isEmpty(), Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int waiting() {
        lock.lock();
        try {
            return history.size() + buffer.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (isClosed) {
                return;
            }
            isClosed = true;
            history.clear();
            buffer.clear();
        } finally {
            lock.unlock();
        }
        whenClosed.accept(this);
        wakeAll();
    }

    /// Everybody who waits is to look, and meets what is wrong.
    void wakeAll() {
        readers.wake(Long.MAX_VALUE).forEach(LockSupport::unpark);
        publishers.wake(Long.MAX_VALUE).forEach(LockSupport::unpark);
    }
}
