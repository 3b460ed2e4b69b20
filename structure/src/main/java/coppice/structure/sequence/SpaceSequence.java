package coppice.structure.sequence;

import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.NamedLock;
import coppice.api.structure.Sequence;
import coppice.api.structure.SequenceChange;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A list over a space, to change.
public final class SpaceSequence<V> extends SpaceSequenceView<V> implements Sequence<V> {
    private final Ground ground;
    private final Registered registered;

    public SpaceSequence(StructureInfo list, Codec<V> codec, Ground ground) {
        super(list, codec, ground);
        this.ground = ground;
        this.registered = Registered.of(ground, list);
    }

    private <T> T update(Function<SequenceRows, T> body) {
        return registered.update(
                transaction -> body.apply(new SequenceRows(transaction.space(name()), ground.origin())));
    }

    private boolean change(Consumer<SequenceRows> body) {
        return update(rows -> {
            body.accept(rows);
            return true;
        });
    }

    byte[] encode(V value) {
        return codec.encode(value, place("a new value"));
    }

    @Override
    public NamedLock lock() {
        return ground.lock(name());
    }

    @Override
    public void push(V value) {
        append(List.of(encode(value)), Optional.empty());
    }

    @Override
    public void pushAll(Collection<? extends V> values) {
        List<byte[]> stored = new ArrayList<>(values.size());
        values.forEach(value -> stored.add(encode(value)));
        append(stored, Optional.empty());
    }

    /// Puts values in stored form behind the last; see [SequenceRows#push].
    Place append(List<byte[]> stored, Optional<Place> last) {
        return update(rows -> rows.push(stored, last));
    }

    @Override
    public void prepend(V value) {
        byte[] stored = encode(value);
        change(rows -> rows.insert(0, stored));
    }

    @Override
    public void insert(long index, V value) {
        byte[] stored = encode(value);
        change(rows -> {
            long count = rows.count();
            rows.insert(index == count ? count : rows.within(index, count), stored);
        });
    }

    @Override
    public void set(long index, V value) {
        byte[] stored = encode(value);
        change(rows -> rows.set(rows.within(index, rows.count()), stored));
    }

    @Override
    public V remove(long index) {
        byte[] taken =
                update(rows -> rows.take(rows.within(index, rows.count())).orElseThrow());
        return decode(taken, "index " + index);
    }

    @Override
    public Optional<V> pop() {
        return update(rows -> rows.take(rows.count() - 1)).map(taken -> decode(taken, "the last value"));
    }

    @Override
    public Optional<V> popFirst() {
        return update(rows -> rows.take(0)).map(taken -> decode(taken, "the first value"));
    }

    @Override
    public void move(long from, long to) {
        change(rows -> {
            long count = rows.count();
            long target = rows.within(to, count);
            rows.insert(target, rows.take(rows.within(from, count)).orElseThrow());
        });
    }

    @Override
    public void clear() {
        change(SequenceRows::clear);
    }

    @Override
    public void batched(Consumer<Sequence<V>> body) {
        ground.attempt(transaction -> {
            var own = (SpaceSequence<V>) transaction.list(name(), codec.type());
            Gathering<V> gathering = new Gathering<>(own);
            body.accept(gathering);
            gathering.end();
            return true;
        });
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        List<byte[]> values = new ArrayList<>();
        Dump.read(in, format, list.kind(), item -> {
            byte[] stored = item.value();
            decode(stored, "item " + (values.size() + 1));
            values.add(stored);
        });
        change(rows -> {
            if (mode == LoadMode.REPLACE) {
                rows.clear();
            }
            rows.push(values, Optional.empty());
        });
        return values.size();
    }

    @Override
    public StructureFeed<SequenceChange<V>> watch(FeedStart from) {
        return feed(from);
    }

    @Override
    public Listening on(Consumer<? super SequenceChange<V>> callback) {
        return feed(FeedStart.now()).tell(callback);
    }

    private RowFeed<SequenceChange<V>> feed(FeedStart from) {
        return RowFeed.of(ground, name(), from, this::change, new SequenceChange.Missed<>());
    }

    private SequenceChange<V> change(RowChange row) {
        String place = place(row.key());
        return switch (row) {
            case RowChange.Added added ->
                new SequenceChange.Put<>(place, Optional.empty(), decode(added.after(), place));
            case RowChange.Modified both ->
                new SequenceChange.Put<>(place, Optional.of(decode(both.before(), place)), decode(both.after(), place));
            case RowChange.Removed removed -> new SequenceChange.Removed<>(place, decode(removed.before(), place));
        };
    }
}
