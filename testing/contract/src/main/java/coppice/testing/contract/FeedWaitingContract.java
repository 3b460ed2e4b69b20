package coppice.testing.contract;

import static coppice.testing.contract.Told.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.feed.ChangeBatch;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How feeds wait, and hand over.
abstract class FeedWaitingContract extends Contract {
    private static final ChangeFilter ALL = ChangeFilter.all();
    private static final int MANY = 10_000;

    private ChangeFeed watch() {
        return db.watch(ALL, FeedStart.now());
    }

    private void put(String key, String value) {
        db.space("s").put(key, value);
    }

    /// Runs a call on a thread of its own.
    private static <T> FutureTask<T> beside(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofVirtual().start(task);
        return task;
    }

    /// Remembers what it is told and asks for as much as the test says.
    static final class Collector implements Flow.Subscriber<ChangeBatch> {
        final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        final AtomicInteger inside = new AtomicInteger();
        Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription mine) {
            subscription = mine;
        }

        @Override
        public void onNext(ChangeBatch batch) {
            told.add(inside.incrementAndGet() == 1 ? text(batch) : "two at once");
            inside.decrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
            told.add(failure instanceof DatabaseException known ? known.code().name() : "" + failure.getMessage());
        }

        @Override
        public void onComplete() {
            told.add("complete");
        }

        void request(long count) {
            Objects.requireNonNull(subscription).request(count);
        }

        void cancel() {
            Objects.requireNonNull(subscription).cancel();
        }
    }

    private static Collector collect(ChangeFeed feed) {
        Collector collector = new Collector();
        feed.publisher().subscribe(collector);
        return collector;
    }

    @Test
    void whoWaitsIsWoken() throws Exception {
        try (ChangeFeed feed = watch()) {
            for (int i = 0; i < 100; i++) {
                FutureTask<ChangeBatch> next = beside(feed::next);
                put("a", "" + i);
                assertThat(text(next.get())).endsWith("s/a=" + (i == 0 ? "0" : (i - 1) + ">" + i));
            }
        }
    }

    @Test
    void whoWaitsIsNotDisturbedByWhatDoesNotFit() throws Exception {
        try (ChangeFeed feed = db.watch(ChangeFilter.of("s").keys("x:*"), FeedStart.now())) {
            FutureTask<ChangeBatch> next = beside(feed::next);
            for (int i = 0; i < 5_000; i++) {
                put("a", "" + i);
            }
            db.checkpoint();
            put("x:1", "here");
            ChangeBatch batch = next.get();
            assertThat(text(batch)).endsWith("+s/x:1=here"); // in one of several, if the writer was done before
        }
    }

    @Test
    void manyWritersAndReadersMissNothing() throws Exception {
        List<ChangeFeed> feeds = new ArrayList<>();
        List<FutureTask<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String space = "s" + i;
            ChangeFeed feed = db.watch(ChangeFilter.of(space), FeedStart.now());
            feeds.add(feed);
            readers.add(beside(() -> {
                int last = -1;
                while (last < 999) {
                    for (var change : feed.next().changes()) {
                        last = Integer.parseInt(value(change, last));
                    }
                }
                return last;
            }));
        }
        List<FutureTask<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String space = "s" + i;
            writers.add(beside(() -> {
                for (int n = 0; n < 1_000; n++) {
                    db.space(space).put("n", "" + n);
                }
                return 0;
            }));
        }
        for (FutureTask<Integer> writer : writers) {
            writer.get();
        }
        for (FutureTask<Integer> reader : readers) {
            assertThat(reader.get()).isEqualTo(999);
        }
        feeds.forEach(ChangeFeed::close);
    }

    /// The new value, if the old one is what was told before.
    private static String value(RowChange change, int before) {
        String told = Told.text(change);
        String old = told.contains(">") ? told.substring(told.indexOf('=') + 1, told.indexOf('>')) : "-1";
        assertThat(old).isEqualTo("" + before);
        return told.substring(Math.max(told.indexOf('='), told.indexOf('>')) + 1);
    }

    @Test
    void closingEndsWhoWaits() {
        ChangeFeed feed = watch();
        FutureTask<ChangeBatch> next = beside(feed::next);
        feed.close();
        ended(ErrorCode.CLOSED, next);
        ChangeFeed other = watch();
        next = beside(other::next);
        db.close();
        ended(ErrorCode.CLOSED, next);
    }

    private static void ended(ErrorCode code, FutureTask<ChangeBatch> waiting) {
        assertThat(catchThrowable(waiting::get))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void deletionEndsWhoWaits() {
        ChangeFeed feed = db.branch("other", db.head()).watch(ALL, FeedStart.now());
        FutureTask<ChangeBatch> next = beside(feed::next);
        db.deleteBranch("other");
        ended(ErrorCode.UNKNOWN_BRANCH, next);
        feed.close();
    }

    @Test
    void anInterruptEndsTheWaitingAndTakesNothing() {
        try (ChangeFeed feed = watch()) {
            Thread.currentThread().interrupt();
            refused(DatabaseException.Interrupted.class, ErrorCode.INTERRUPTED, feed::next);
            assertThat(Thread.interrupted()).isTrue();
            put("a", "1");
            assertThat(text(feed.next())).isEqualTo("+s/a=1");
        }
    }

    @Test
    void aSubscriberGetsWhatItAskedForAndNoMore() throws Exception {
        ChangeFeed feed = watch();
        Collector collector = collect(feed);
        put("a", "1");
        put("a", "2");
        put("a", "3");
        collector.request(1);
        assertThat(collector.told.take()).isEqualTo("+s/a=1");
        collector.request(Long.MAX_VALUE);
        assertThat(collector.told.take()).isEqualTo("~s/a=1>2");
        assertThat(collector.told.take()).isEqualTo("~s/a=2>3");
        put("b", "4");
        assertThat(collector.told.take()).isEqualTo("+s/b=4");
        feed.close();
        assertThat(collector.told.take()).isEqualTo("complete");
    }

    @Test
    void aSlowSubscriberIsToldTheNetChangeOfWhatItMissed() throws Exception {
        try (ChangeFeed feed = watch()) {
            Collector collector = collect(feed);
            for (int i = 0; i < 3_000; i++) {
                put("a", "" + i);
            }
            assertThat(collector.told).isEmpty();
            collector.request(2);
            assertThat(collector.told.take()).isEqualTo("SEVERAL: +s/a=2999");
            put("a", "x");
            assertThat(collector.told.take()).isEqualTo("~s/a=2999>x");
        }
    }

    @Test
    void subscribersAreToldHowItEnds() throws Exception {
        Collector deleted = collect(db.branch("other", db.head()).watch(ALL, FeedStart.now()));
        deleted.request(1);
        db.deleteBranch("other");
        assertThat(deleted.told.take()).isEqualTo("UNKNOWN_BRANCH");
        ChangeFeed feed = watch();
        Collector misused = collect(feed);
        Collector second = collect(feed);
        assertThat(second.told.take()).contains("subscriber already");
        misused.request(0);
        assertThat(misused.told.take()).contains("3.9");
        refused(DatabaseException.Closed.class, ErrorCode.CLOSED, feed::poll);
        ChangeFeed last = watch();
        Collector cancelled = collect(last);
        cancelled.request(1);
        cancelled.cancel();
        refused(DatabaseException.Closed.class, ErrorCode.CLOSED, last::next);
        assertThat(cancelled.told).isEmpty();
    }

    @Test
    void tenThousandFeedsWaitWithoutThreadsAndOneIsWoken() throws Exception {
        int threads = Thread.getAllStackTraces().size();
        List<ChangeFeed> feeds = new ArrayList<>();
        List<Collector> collectors = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            ChangeFeed feed = db.watch(ChangeFilter.of("s").keys("user:" + i), FeedStart.now());
            feeds.add(feed);
            collectors.add(collect(feed));
            collectors.getLast().request(10);
        }
        put("user:77", "here");
        assertThat(collectors.get(77).told.take()).isEqualTo("+s/user:77=here");
        for (int i = 0; i < 1_000; i++) {
            put("other", "" + i);
        }
        put("user:9999", "here");
        assertThat(collectors.get(9_999).told.take()).isEqualTo("+s/user:9999=here");
        assertThat(collectors.stream().filter(collector -> !collector.told.isEmpty()))
                .isEmpty();
        assertThat(Thread.getAllStackTraces().size() - threads).isLessThan(50);
        feeds.forEach(ChangeFeed::close);
    }
}
