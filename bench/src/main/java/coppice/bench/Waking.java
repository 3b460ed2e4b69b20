package coppice.bench;

import coppice.api.Database;
import coppice.api.structure.Channel;
import coppice.api.structure.ChannelFeed;
import coppice.api.structure.Lease;
import coppice.api.structure.NamedLock;
import coppice.bench.structure.CoppiceStructures;
import coppice.bench.structure.StructureStore;
import coppice.bench.structure.StructureStore.QueueUser;
import coppice.bench.structure.StructureStore.Safety;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// Measures how long somebody who waits does not know yet: a consumer that there is a job, a subscriber that there
/// is a message, who wants a lock that it is free. One waits at a time, and nothing else happens.
final class Waking {
    private static final int TIMES = 5_000;
    private static final int WARM_ROUNDS = 2;
    private static final long PAUSE_NANOS = 300_000;
    private static final long FOREVER_MILLIS = 60_000;

    private final Trial trial;
    private final Meter meter;
    private final int times;

    Waking(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
        this.times = Math.min(TIMES, trial.rows());
    }

    void run() throws Exception {
        try (StructureStore store = StructureStore.named(trial.peer())) {
            store.open(Directories.fresh(trial.directory(), "waking"), trial.cacheBytes(), Safety.WRITTEN);
            try (QueueUser producer = store.queue();
                    QueueUser consumer = store.queue()) {
                measure(new Job(producer, consumer), Metric.WAKE_CONSUMER, Metric.WAKE_CONSUMER_99);
            }
            if (store instanceof CoppiceStructures own) {
                Database db = own.database();
                Channel<String> channel = db.channel("news", String.class);
                try (ChannelFeed<String> feed = channel.subscribe()) {
                    measure(new News(channel, feed), Metric.WAKE_SUBSCRIBER, Metric.WAKE_SUBSCRIBER_99);
                }
                measure(new Door(db.lock("door")), Metric.WAKE_LOCK, Metric.WAKE_LOCK_99);
            }
        }
    }

    /// Something that one thread waits for and another lets come.
    private interface Meeting {
        /// Sees to it that there is something to wait for.
        default void prepare() throws Exception {}

        void await() throws Exception;

        void send() throws Exception;

        /// What who waited has to do when that is over.
        default void leave() throws Exception {}
    }

    private record Job(QueueUser producer, QueueUser consumer) implements Meeting {
        @Override
        public void await() throws Exception {
            consumer.take(FOREVER_MILLIS);
        }

        @Override
        public void send() throws Exception {
            producer.put("job", 0);
        }
    }

    private record News(Channel<String> channel, ChannelFeed<String> feed) implements Meeting {
        @Override
        public void await() {
            feed.next();
        }

        @Override
        public void send() {
            channel.publish("message");
        }
    }

    private static final class Door implements Meeting {
        private final NamedLock lock;
        private Lease ours;
        private Lease theirs;

        Door(NamedLock lock) {
            this.lock = lock;
            ours = lock.acquire();
            theirs = ours;
            ours.close();
        }

        @Override
        public void prepare() {
            ours = lock.acquire();
        }

        @Override
        public void await() {
            theirs = lock.acquire();
        }

        @Override
        public void send() {
            ours.close();
        }

        @Override
        public void leave() {
            theirs.close();
        }
    }

    private void measure(Meeting meeting, Metric half, Metric most) throws Exception {
        for (int round = 0; round < WARM_ROUNDS; round++) {
            delays(meeting);
        }
        meter.settle();
        meter.start();
        long[] delays = delays(meeting);
        Arrays.sort(delays);
        meter.record(half, delays[delays.length / 2] / 1e3);
        meter.record(most, delays[delays.length * 99 / 100] / 1e3);
    }

    /// Nanoseconds from when something was sent to when it was known.
    private long[] delays(Meeting meeting) throws Exception {
        long[] sent = new long[times];
        long[] known = new long[times];
        Semaphore isPrepared = new Semaphore(0);
        Semaphore isComing = new Semaphore(0);
        Semaphore isOver = new Semaphore(0);
        Callable<Boolean> waiter = () -> {
            for (int i = 0; i < times; i++) {
                isPrepared.acquire();
                isComing.release();
                meeting.await();
                known[i] = System.nanoTime();
                meeting.leave();
                isOver.release();
            }
            return true;
        };
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            Future<Boolean> all = threads.submit(waiter);
            for (int i = 0; i < times; i++) {
                meeting.prepare();
                isPrepared.release();
                isComing.acquire();
                LockSupport.parkNanos(PAUSE_NANOS);
                sent[i] = System.nanoTime();
                meeting.send();
                isOver.acquire();
            }
            all.get();
        }
        Arrays.setAll(known, i -> known[i] - sent[i]);
        return known;
    }
}
