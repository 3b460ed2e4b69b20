package coppice.structure.ground;

import coppice.api.feed.ChangeBatch;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.Listening;
import coppice.api.structure.StructureFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;

/// A feed of rows in the terms of a structure.
///
/// @param rows what happens to the rows
/// @param translated what changes of rows are to the structure
/// @param missed what it is that something is not known any more
public record RowFeed<C>(ChangeFeed rows, Function<List<RowChange>, List<C>> translated, C missed)
        implements StructureFeed<C> {
    /// Follows the rows of the space of a structure, each of which is something to it.
    public static <C> RowFeed<C> of(
            Ground ground, String structure, FeedStart from, Function<RowChange, C> change, C missed) {
        return together(
                ground, structure, from, changed -> changed.stream().map(change).toList(), missed);
    }

    /// Follows the rows of the space of a structure, where those that change together may be one thing to it.
    public static <C> RowFeed<C> together(
            Ground ground, String structure, FeedStart from, Function<List<RowChange>, List<C>> translated, C missed) {
        return new RowFeed<>(ground.watch(ChangeFilter.of(Registry.glob(structure)), from), translated, missed);
    }

    @Override
    public List<C> next() {
        return changes(rows.next());
    }

    @Override
    public Optional<List<C>> next(Duration limit) {
        return rows.next(limit).map(this::changes);
    }

    @Override
    public Optional<List<C>> poll() {
        return rows.poll().map(this::changes);
    }

    private List<C> changes(ChangeBatch batch) {
        if (batch.kind() == ChangeBatch.Kind.GAP) {
            return List.of(missed);
        }
        List<RowChange> changed = new ArrayList<>();
        batch.changes().forEach(changed::add);
        return translated.apply(changed);
    }

    @Override
    public String token() {
        return rows.token();
    }

    @Override
    public Flow.Publisher<List<C>> publisher() {
        Flow.Publisher<ChangeBatch> batches = rows.publisher();
        return subscriber -> batches.subscribe(new Translating(subscriber));
    }

    @Override
    public void close() {
        rows.close();
    }

    /// Has a callback told of each change until it is closed or the callback throws.
    public Listening tell(Consumer<? super C> callback) {
        publisher().subscribe(new Telling<>(callback));
        return this::close;
    }

    /// Hands batches on as changes.
    private final class Translating implements Flow.Subscriber<ChangeBatch> {
        private final Flow.Subscriber<? super List<C>> subscriber;

        Translating(Flow.Subscriber<? super List<C>> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(ChangeBatch batch) {
            subscriber.onNext(changes(batch));
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }

    /// Takes one batch after the other, forever.
    private static final class Telling<C> implements Flow.Subscriber<List<C>> {
        private final Consumer<? super C> callback;

        Telling(Consumer<? super C> callback) {
            this.callback = callback;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            begun.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<C> changes) {
            changes.forEach(callback);
        }

        @Override
        public void onError(Throwable failure) {
            // The branch, the database or the feed has gone, or the callback threw: there is nobody to tell.
        }

        @Override
        public void onComplete() {
            // As above.
        }
    }
}
