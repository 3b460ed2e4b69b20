package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.async.AsyncCalls;
import coppice.api.structure.Channel;
import coppice.api.structure.ChannelFeed;
import coppice.api.structure.ChannelHistory;
import coppice.api.structure.ChannelStatus;
import coppice.api.structure.ChannelView;
import coppice.api.structure.Listening;
import coppice.api.structure.Message;
import coppice.api.structure.Overflow;
import coppice.api.structure.SubscriberOptions;
import coppice.api.structure.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Messages for those who listen now.
@Timeout(60)
abstract class ChannelContract extends Contract {
    /// Something to tell.
    public record Move(String who, List<Integer> to) {}

    private static final Duration LONG = Duration.ofDays(1);
    private static final SubscriberOptions PLAIN = SubscriberOptions.defaults();

    private Channel<Integer> numbers() {
        return db.channel("numbers", Integer.class);
    }

    private static <M> List<M> taken(ChannelFeed<M> feed) {
        List<M> all = new ArrayList<>();
        for (Optional<Message<M>> one = feed.poll(); one.isPresent(); one = feed.poll()) {
            all.add(one.get().value());
        }
        return all;
    }

    @Test
    void allWhoListenGetWhatIsPublished() {
        Channel<Move> moves = db.channel("moves", Move.class);
        Move lost = new Move("ann", List.of(0));
        long before = moves.publish(lost);
        try (ChannelFeed<Move> first = moves.subscribe();
                ChannelFeed<Move> second = moves.subscribe()) {
            Move move = new Move("ann", List.of(1, 2));
            long id = moves.publish(move);
            assertThat(id).isGreaterThan(before);
            Message<Move> got = first.next();
            assertThat(got.channel()).isEqualTo("moves");
            assertThat(got.id()).isEqualTo(id);
            assertThat(got.value()).isEqualTo(move);
            assertThat(got.value()).isNotSameAs(second.next().value());
            assertThat(first.poll()).isEmpty();
            assertThat(second.next(Duration.ofMillis(5))).isEmpty();
        }
        assertThat(db.channels().all()).isEmpty();
        assertThat(db.current().spaces()).isEmpty();
    }

    @Test
    void allGetThemInTheSameOrder() throws Exception {
        try (ChannelFeed<Integer> first = numbers().subscribe();
                ChannelFeed<Integer> second = numbers().subscribe()) {
            List<Thread> writers = IntStream.range(0, 4)
                    .mapToObj(writer -> Thread.ofVirtual().start(() -> {
                        for (int i = 0; i < 200; i++) {
                            numbers().publish(writer * 1000 + i);
                        }
                    }))
                    .toList();
            for (Thread writer : writers) {
                writer.join();
            }
            List<Integer> order = taken(first);
            assertThat(order).hasSize(800).isEqualTo(taken(second));
            for (int writer = 0; writer < 4; writer++) {
                int from = writer * 1000;
                assertThat(order).filteredOn(n -> n / 1000 == from / 1000).isSorted();
            }
        }
    }

    @Test
    void whoListensToAPatternGetsAllThatFits() {
        ChannelView<Integer> view = db.channels().matching("orders.*", TypeRef.of(Integer.class));
        try (ChannelFeed<Integer> early = db.channel("orders.a", Integer.class).subscribe();
                ChannelFeed<Integer> feed = view.subscribe();
                ChannelFeed<Object> all =
                        db.channels().matching("*", TypeRef.untyped()).subscribe()) {
            db.channel("orders.a", Integer.class).publish(1);
            db.channel("orders.b", Integer.class).publish(2);
            db.channel("other", Integer.class).publish(3);
            db.channel("orders.text", String.class).publish("no number");
            assertThat(taken(feed)).containsExactly(1, 2);
            assertThat(taken(early)).containsExactly(1);
            assertThat(taken(all)).containsExactly(1L, 2L, 3L, "no number");
            assertThat(view.name()).isEqualTo("orders.*");
            assertThat(db.channels().all()).hasSize(4);
        }
        assertThat(db.channels().all()).isEmpty();
        db.channel("orders.a", Integer.class).publish(1);
        assertThat(db.channels().all()).isEmpty();
    }

    @Test
    void whoComesLaterGetsWhatIsKept() {
        numbers().keep(ChannelHistory.of(3));
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(numbers().publish(i));
        }
        ChannelFeed<Integer> feed = numbers().subscribe(PLAIN.withHistory().withBuffer(1));
        numbers().publish(5);
        assertThat(feed.waiting()).isEqualTo(4);
        assertThat(taken(feed)).containsExactly(2, 3, 4, 5);
        feed.close();
        assertThat(taken(numbers().subscribe(PLAIN.after(ids.get(3))))).containsExactly(4, 5);
        assertThat(taken(numbers().subscribe())).isEmpty();
        assertThat(taken(db.channels()
                        .matching("num*", TypeRef.of(Integer.class))
                        .subscribe(PLAIN.withHistory())))
                .containsExactly(3, 4, 5);
        DatabaseException gone =
                catchThrowableOfType(DatabaseException.class, () -> numbers().subscribe(PLAIN.after(ids.get(1))));
        assertThat(gone.code()).isEqualTo(ErrorCode.HISTORY_GONE);
        assertThat(numbers().status().kept()).isEqualTo(3);
        numbers().keep(ChannelHistory.none());
        assertThat(numbers().status().kept()).isZero();
    }

    @Test
    void whatWasMissedBetweenTwoSubscriptionsIsToldOrRefused() {
        numbers().keep(ChannelHistory.of(100));
        long last;
        try (ChannelFeed<Integer> feed = numbers().subscribe()) {
            numbers().publish(1);
            last = feed.next().id();
        }
        numbers().publish(2);
        numbers().publish(3);
        assertThat(taken(numbers().subscribe(PLAIN.after(last)))).containsExactly(2, 3);
        reopenIfPossible();
        if (subject.isPersistent()) {
            assertThatThrownBy(() -> numbers().subscribe(PLAIN.after(last)))
                    .isInstanceOf(DatabaseException.Incorrect.class);
            assertThat(numbers().publish(4)).isGreaterThan(last);
        }
    }

    @Test
    void aSlowSubscriberLosesTheOldestOrTheNewest() {
        ChannelFeed<Integer> oldest = numbers().subscribe(PLAIN.withBuffer(2));
        ChannelFeed<Integer> newest = numbers().subscribe(PLAIN.withBuffer(2).with(Overflow.DROP_NEWEST));
        ChannelFeed<Integer> quick = numbers().subscribe();
        IntStream.range(0, 5).forEach(i -> numbers().publish(i));
        assertThat(numbers().status()).isEqualTo(new ChannelStatus("numbers", "java.lang.Integer", 3, 0, 9, 6));
        assertThat(taken(oldest)).containsExactly(3, 4);
        assertThat(taken(newest)).containsExactly(0, 1);
        assertThat(taken(quick)).containsExactly(0, 1, 2, 3, 4);
        assertThat(List.of(oldest.dropped(), newest.dropped(), quick.dropped())).containsExactly(3L, 3L, 0L);
    }

    @Test
    void aSubscriberThatIsTooSlowIsDisconnectedIfItIsTo() {
        ChannelFeed<Integer> feed = numbers().subscribe(PLAIN.withBuffer(2).with(Overflow.FAIL));
        ChannelFeed<Integer> other = numbers().subscribe();
        numbers().publish(1);
        numbers().publish(2);
        assertThat(feed.next().value()).isEqualTo(1);
        numbers().publish(3);
        numbers().publish(4);
        numbers().publish(5);
        DatabaseException slow = catchThrowableOfType(DatabaseException.class, feed::next);
        assertThat(slow.code()).isEqualTo(ErrorCode.SLOW_SUBSCRIBER);
        assertThat(feed.dropped()).isEqualTo(3);
        assertThat(numbers().status().subscribers()).isOne();
        assertThat(taken(other)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aPublisherWaitsForWhoAsksForThat() throws Exception {
        SubscriberOptions blocking = PLAIN.withBuffer(1).with(Overflow.BLOCK);
        ChannelFeed<Integer> first = numbers().subscribe(blocking);
        ChannelFeed<Integer> second = numbers().subscribe(blocking);
        ChannelFeed<Integer> quick = numbers().subscribe();
        numbers().publish(1);
        assertThat(numbers().publish(2, Duration.ZERO)).isEmpty();
        assertThat(numbers().publish(2, Duration.ofMillis(5))).isEmpty();
        CompletableFuture<Long> waiting = numbers().async().publish(2);
        assertThat(first.next().value()).isEqualTo(1);
        assertThat(waiting.isDone()).isFalse();
        assertThat(taken(quick)).containsExactly(1);
        assertThat(second.next().value()).isEqualTo(1);
        waiting.get();
        assertThat(taken(quick)).containsExactly(2);
        CompletableFuture<Long> cancelled = numbers().async().publish(3);
        cancelled.cancel(true);
        assertThat(catchThrowable(cancelled::join)).isInstanceOf(CancellationException.class);
        CompletableFuture<Long> freed = numbers().async().publish(4);
        first.close();
        second.close();
        freed.get();
        assertThat(taken(quick)).containsExactly(4);
    }

    @Test
    void whoListensToMessagesOfAnotherTypeHoldsUpNobody() {
        ChannelFeed<Integer> full = db.channels()
                .matching("*", TypeRef.of(Integer.class))
                .subscribe(PLAIN.with(Overflow.BLOCK).withBuffer(1));
        numbers().publish(1);
        assertThat(numbers().publish(2, Duration.ZERO)).isEmpty();
        assertThat(db.channel("texts", String.class).publish("a", Duration.ZERO))
                .isPresent();
        assertThat(taken(full)).containsExactly(1);
        assertThat(numbers().publish(3, Duration.ZERO)).isPresent();
    }

    @Test
    void everyPublisherThatWaitsComesThrough() throws Exception {
        ChannelFeed<Integer> a = db.channel("a", Integer.class)
                .subscribe(PLAIN.with(Overflow.BLOCK).withBuffer(2));
        ChannelFeed<Integer> both = db.channels()
                .matching("?", TypeRef.of(Integer.class))
                .subscribe(PLAIN.with(Overflow.BLOCK).withBuffer(3));
        List<CompletableFuture<Long>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(db.channel(i % 2 == 0 ? "a" : "b", Integer.class).async().publish(i));
        }
        List<Integer> fromA = new ArrayList<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 100; i++) {
                fromA.add(a.next().value());
            }
        });
        List<Integer> fromBoth = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            fromBoth.add(both.next().value());
            assertThat(both.waiting()).isLessThanOrEqualTo(3);
        }
        reader.join();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
        assertThat(fromBoth).hasSize(200).doesNotHaveDuplicates();
        assertThat(fromA).isEqualTo(fromBoth.stream().filter(i -> i % 2 == 0).toList());
        assertThat(both.dropped()).isZero();
    }

    @Test
    void aFeedCanBeIteratedAndEndsWhenItIsClosed() throws Exception {
        ChannelFeed<Integer> feed = numbers().subscribe();
        BlockingQueue<Integer> told = new LinkedBlockingQueue<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            for (Message<Integer> message : feed) {
                told.add(message.value());
            }
            told.add(-1);
        });
        numbers().publish(1);
        numbers().publish(2);
        assertThat(List.of(told.take(), told.take())).containsExactly(1, 2);
        feed.close();
        feed.close();
        assertThat(told.take()).isEqualTo(-1);
        reader.join();
        assertThatThrownBy(feed::next).isInstanceOf(DatabaseException.Closed.class);
        assertThat(db.channels().all()).isEmpty();
    }

    @Test
    void eachMessageGoesToOneOfThoseWhoShareAFeed() throws Exception {
        ChannelFeed<Integer> feed = numbers().subscribe();
        BlockingQueue<Integer> told = new LinkedBlockingQueue<>();
        for (int i = 0; i < 3; i++) {
            Thread.ofVirtual().start(() -> feed.forEach(message -> told.add(message.value())));
        }
        IntStream.range(0, 300).forEach(i -> numbers().publish(i));
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(told.take());
        }
        assertThat(all).doesNotHaveDuplicates();
        feed.close();
    }

    @Test
    void callbacksAreToldUntilTheyAreClosed() throws Exception {
        BlockingQueue<Integer> told = new LinkedBlockingQueue<>();
        Listening listening = numbers().on(message -> told.add(message.value()));
        numbers().publish(1);
        assertThat(told.take()).isEqualTo(1);
        listening.close();
        assertThat(numbers().status().subscribers()).isZero();
        numbers().on(message -> {
            told.add(message.value());
            throw new IllegalStateException("enough");
        });
        numbers().publish(2);
        assertThat(told.take()).isEqualTo(2);
        while (numbers().status().subscribers() > 0) {
            Thread.onSpinWait();
        }
    }

    /// Asks for one message after the other.
    private static final class Asking implements Flow.Subscriber<Message<Integer>> {
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription.complete(begun);
        }

        @Override
        public void onNext(Message<Integer> message) {
            told.add(message.value());
        }

        @Override
        public void onError(Throwable failure) {
            told.add(failure);
        }

        @Override
        public void onComplete() {
            told.add("over");
        }
    }

    @Test
    void aPublisherHandsOutWhatIsAskedFor() throws Exception {
        Asking asking = new Asking();
        numbers().publisher(PLAIN).subscribe(asking);
        numbers().publish(1);
        numbers().publish(2);
        asking.subscription.get().request(1);
        assertThat(asking.told.take()).isEqualTo(1);
        assertThat(numbers().status().subscribers()).isOne();
        asking.subscription.get().request(5);
        assertThat(asking.told.take()).isEqualTo(2);
        asking.subscription.get().cancel();
        assertThat(numbers().status().subscribers()).isZero();
        Asking never = new Asking();
        numbers().publisher(PLAIN).subscribe(never);
        never.subscription.get().cancel();
        assertThat(numbers().status().subscribers()).isZero();
        Asking refused = new Asking();
        numbers().publish(3);
        numbers().publisher(PLAIN.after(1)).subscribe(refused);
        refused.subscription.get().request(1);
        assertThat(refused.told.take()).isInstanceOf(DatabaseException.Incorrect.class);
        Asking last = new Asking();
        numbers().publisher(PLAIN).subscribe(last);
        last.subscription.get().request(1);
        db.close();
        assertThat(last.told.take()).isInstanceOf(DatabaseException.Closed.class);
    }

    @Test
    void aWaitEndsWithItsThreadAndItsDatabase() {
        ChannelFeed<Integer> feed = numbers().subscribe(PLAIN.withBuffer(1).with(Overflow.BLOCK));
        ChannelFeed<Integer> other =
                db.channels().matching("*", TypeRef.of(Integer.class)).subscribe();
        CompletableFuture<Message<Integer>> reading = AsyncCalls.future("next", feed::next);
        reading.cancel(true);
        assertThat(catchThrowable(reading::join)).isInstanceOf(CancellationException.class);
        numbers().publish(1);
        CompletableFuture<Long> publishing = numbers().async().publish(2);
        CompletableFuture<Message<Integer>> closed = AsyncCalls.future("next", () -> {
            other.next();
            return other.next();
        });
        db.close();
        assertThat(catchThrowable(publishing::join)).hasCauseInstanceOf(DatabaseException.Closed.class);
        assertThat(catchThrowable(closed::join)).hasCauseInstanceOf(DatabaseException.Closed.class);
        assertThatThrownBy(feed::next).isInstanceOf(DatabaseException.Closed.class);
        feed.close();
    }

    @Test
    void typesAreThoseOfWhoUsesAChannel() {
        Channel<Object> untyped = db.channel("numbers");
        try (ChannelFeed<Object> feed = untyped.subscribe();
                ChannelFeed<Integer> typed = numbers().subscribe()) {
            numbers().publish(1);
            untyped.publish("text");
            untyped.publish(Map.of("a", 1.0));
            numbers().publish(2);
            assertThat(taken(feed)).hasSize(4).startsWith(1L, "text").endsWith(2L);
            assertThat(typed.next().value()).isEqualTo(1);
            assertThatThrownBy(typed::next)
                    .isInstanceOf(DatabaseException.Incorrect.class)
                    .hasMessageContainingAll("message", "'numbers'");
            assertThatThrownBy(typed::poll).isInstanceOf(DatabaseException.Incorrect.class);
            assertThat(typed.next().value()).isEqualTo(2);
            for (Channel<?> other : List.of(db.channel("numbers", String.class))) {
                DatabaseException refused = catchThrowableOfType(DatabaseException.class, other::subscribe);
                assertThat(refused.code()).isEqualTo(ErrorCode.OTHER_STRUCTURE);
                assertThat(refused).hasMessageContainingAll("java.lang.Integer", "java.lang.String");
            }
            assertThatThrownBy(() -> db.channel("numbers", String.class).publish("a"))
                    .isInstanceOf(DatabaseException.Incorrect.class);
        }
        db.channel("numbers", String.class).subscribe().close();
        assertThat(db.channels().all()).isEmpty();
    }

    @Test
    void refusesWhatCannotBe() {
        ChannelFeed<Object> feed = db.channel("a").subscribe();
        assertThatThrownBy(() -> db.channel("a").publish(Double.NaN)).isInstanceOf(DatabaseException.Incorrect.class);
        assertThat(feed.poll()).isEmpty();
        for (String name : List.of("", "@a", "x".repeat(241))) {
            assertThatThrownBy(() -> db.channel(name)).isInstanceOf(DatabaseException.Incorrect.class);
        }
        for (int buffer : new int[] {0, -1, SubscriberOptions.BUFFER_MAX + 1}) {
            assertThatThrownBy(() -> PLAIN.withBuffer(buffer)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> PLAIN.after(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChannelHistory.of(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChannelHistory.of(ChannelHistory.MESSAGES_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChannelHistory.none().withAge(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(feed.next(LONG.negated())).isEmpty();
    }
}
