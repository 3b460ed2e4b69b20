package coppice.structure.sequence;

import coppice.api.feed.FeedStart;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.NamedLock;
import coppice.api.structure.Sequence;
import coppice.api.structure.SequenceChange;
import coppice.api.structure.StructureFeed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A list within a batch. What is pushed one after the other is put into it together, before anything else is done
/// with it: where its end is has to be found once then.
final class Gathering<V> implements Sequence<V> {
    private static final int TOGETHER = 1_000;

    private final SpaceSequence<V> list;
    private final List<byte[]> pushed = new ArrayList<>();
    private Optional<Place> last = Optional.empty();
    private boolean ended;

    Gathering(SpaceSequence<V> list) {
        this.list = list;
    }

    /// Nothing is gathered from here on.
    void end() {
        whole();
        ended = true;
    }

    /// The list with all that was pushed, for what may change where its end is.
    private SpaceSequence<V> whole() {
        put();
        last = Optional.empty();
        return list;
    }

    private void put() {
        if (!pushed.isEmpty()) {
            last = Optional.of(list.append(pushed, last));
            pushed.clear();
        }
    }

    @Override
    public NamedLock lock() {
        return list.lock();
    }

    @Override
    public void push(V value) {
        pushed.add(list.encode(value));
        if (ended || pushed.size() == TOGETHER) {
            put();
        }
    }

    @Override
    public void pushAll(Collection<? extends V> values) {
        whole().pushAll(values);
    }

    @Override
    public void prepend(V value) {
        whole().prepend(value);
    }

    @Override
    public void insert(long index, V value) {
        whole().insert(index, value);
    }

    @Override
    public void set(long index, V value) {
        whole().set(index, value);
    }

    @Override
    public V remove(long index) {
        return whole().remove(index);
    }

    @Override
    public Optional<V> pop() {
        return whole().pop();
    }

    @Override
    public Optional<V> popFirst() {
        return whole().popFirst();
    }

    @Override
    public void move(long from, long to) {
        whole().move(from, to);
    }

    @Override
    public void clear() {
        whole().clear();
    }

    @Override
    public void batched(Consumer<Sequence<V>> body) {
        whole().batched(body);
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        return whole().load(in, format, mode);
    }

    @Override
    public StructureFeed<SequenceChange<V>> watch(FeedStart from) {
        return whole().watch(from);
    }

    @Override
    public Listening on(Consumer<? super SequenceChange<V>> callback) {
        return whole().on(callback);
    }

    @Override
    public String name() {
        return list.name();
    }

    @Override
    public long count() {
        return whole().count();
    }

    @Override
    public V get(long index) {
        return whole().get(index);
    }

    @Override
    public Optional<V> first() {
        return whole().first();
    }

    @Override
    public Optional<V> last() {
        return whole().last();
    }

    @Override
    public List<V> slice(long from, long to) {
        return whole().slice(from, to);
    }

    @Override
    public Stream<V> values(long from) {
        return whole().values(from);
    }

    @Override
    public Stream<V> backward(long from) {
        return whole().backward(from);
    }

    @Override
    public OptionalLong indexOf(V value) {
        return whole().indexOf(value);
    }

    @Override
    public OptionalLong indexAt(String place) {
        return whole().indexAt(place);
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        return whole().dump(out, format);
    }
}
