package coppice.bench;

import com.sun.management.OperatingSystemMXBean;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Space;
import coppice.api.feed.ChangeBatch;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.bench.people.CoppicePeople;
import coppice.bench.people.Person;
import coppice.bench.people.Population;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Flow;

/// Measures what ten thousand feeds that wait take: of transactions on the space that they watch, of which they never
/// see a row that concerns them, and of a time in which nothing happens. With them and without take turns.
final class Watching {
    private static final int WATCHERS = 10_000;
    private static final int ROUNDS = 7;
    private static final int IDLE_ROUNDS = 3;
    private static final int PREPARED = 1 << 16;

    private final Trial trial;
    private final Meter meter;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Population population;
    private final SplittableRandom random = new SplittableRandom(27);

    Watching(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
        this.population = new Population(trial.records());
    }

    /// Asks for batches and fails when one comes.
    private static final class Idle implements Flow.Subscriber<ChangeBatch> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ChangeBatch batch) {
            throw new IllegalStateException("told something that was not asked for");
        }

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException("a feed failed", failure);
        }

        @Override
        public void onComplete() {}
    }

    void run() throws Exception {
        try (CoppicePeople store = filled(Durability.NONE)) {
            meter.record(Metric.WATCH_UNSYNCED, beside(store.database()));
        }
        try (CoppicePeople store = filled(Durability.SYNC)) {
            meter.record(Metric.WATCH_DURABLE, beside(store.database()));
            meter.record(Metric.WATCH_IDLE, Math.max(0, idle(store.database())));
        }
    }

    private CoppicePeople filled(Durability durability) throws Exception {
        CoppicePeople store = new CoppicePeople();
        store.open(Directories.fresh(trial.directory(), "store"), trial.cacheBytes(), durability);
        store.load(population);
        write(store.database(), 2 * trial.seconds());
        meter.settle();
        meter.start();
        return store;
    }

    /// How quick writing is with watchers, to without.
    private double beside(Database db) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            boolean isLast = round % 2 == 1; // so that nobody always comes second
            double without = isLast ? 0 : write(db, trial.seconds());
            List<ChangeFeed> feeds = watch(db);
            double with = write(db, trial.seconds());
            feeds.forEach(ChangeFeed::close);
            ratios.add(with / (isLast ? write(db, trial.seconds()) : without));
        }
        return Spread.of(ratios).median();
    }

    /// What watchers add to a second of rest.
    private double idle(Database db) throws Exception {
        List<Double> more = new ArrayList<>();
        for (int round = 0; round < IDLE_ROUNDS; round++) {
            double without = rest();
            List<ChangeFeed> feeds = watch(db);
            more.add(rest() - without);
            feeds.forEach(ChangeFeed::close);
        }
        return Spread.of(more).median();
    }

    /// For rows of the space that nobody writes.
    private List<ChangeFeed> watch(Database db) throws InterruptedException {
        List<ChangeFeed> feeds = new ArrayList<>();
        for (int i = 0; i < WATCHERS; i++) {
            ChangeFeed feed = db.watch(ChangeFilter.of(CoppicePeople.SPACE).keys("nobody:" + i), FeedStart.now());
            feed.publisher().subscribe(new Idle());
            feeds.add(feed);
        }
        meter.settle();
        return feeds;
    }

    /// Transactions a second.
    private double write(Database db, double seconds) {
        List<Person> people = population.updates(random, PREPARED, random.nextLong());
        Space space = db.space(CoppicePeople.SPACE);
        db.checkpoint(); // so that none comes in between soon
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        long count = 0;
        long now = began;
        for (; now < end; now = System.nanoTime()) {
            Person person = people.get((int) (count++ % PREPARED));
            space.put(person.key(), person.document());
        }
        return count * 1e9 / (now - began);
    }

    /// Milliseconds of processor time that all threads take in a second in which nobody does anything.
    private double rest() throws InterruptedException {
        meter.settle();
        long processor = system.getProcessCpuTime();
        long began = System.nanoTime();
        Thread.sleep((long) (1e3 * trial.seconds()));
        return (system.getProcessCpuTime() - processor) * 1e3 / (System.nanoTime() - began);
    }
}
