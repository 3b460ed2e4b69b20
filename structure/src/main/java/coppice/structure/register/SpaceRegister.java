package coppice.structure.register;

import coppice.api.Space;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.NamedLock;
import coppice.api.structure.Register;
import coppice.api.structure.RegisterChange;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.structure.codec.Codec;
import coppice.structure.codec.StoredForms;
import coppice.structure.dump.Dump;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A register over a space, to change.
public final class SpaceRegister<V> extends SpaceRegisterView<V> implements Register<V> {
    private final Ground ground;
    private final Registered registered;

    public SpaceRegister(StructureInfo register, Codec<V> codec, Ground ground) {
        super(register, codec, ground);
        this.ground = ground;
        this.registered = Registered.of(ground, register);
    }

    @Override
    public NamedLock lock() {
        return ground.lock(name());
    }

    @Override
    public void set(V value) {
        write(codec.encode(value, place()));
    }

    private void write(byte[] stored) {
        registered.update(transaction -> {
            transaction.space(name()).put(KEY, stored);
            return true;
        });
    }

    @Override
    public boolean compareAndSet(Optional<V> expected, V value) {
        Optional<byte[]> wanted = expected.map(one -> codec.encode(one, place()));
        byte[] next = codec.encode(value, place());
        return registered.update(transaction -> {
            Space rows = transaction.space(name());
            boolean isSame = StoredForms.areSame(rows.get(KEY), wanted);
            if (isSame) {
                rows.put(KEY, next);
            }
            return isSame;
        });
    }

    @Override
    public Optional<V> update(Function<Optional<V>, Optional<V>> change) {
        return registered.attempt(transaction -> {
            Space rows = transaction.space(name());
            Optional<V> after = change.apply(rows.get(KEY).flatMap(this::decode));
            after.map(value -> codec.encode(value, place()))
                    .ifPresentOrElse(stored -> rows.put(KEY, stored), () -> rows.delete(KEY));
            return after;
        });
    }

    @Override
    public Optional<V> clear() {
        Optional<byte[]> before = registered.update(transaction -> {
            Space rows = transaction.space(name());
            Optional<byte[]> stored = rows.get(KEY);
            rows.delete(KEY);
            return stored;
        });
        return before.flatMap(this::decode);
    }

    @Override
    public void batched(Consumer<Register<V>> body) {
        ground.attempt(transaction -> {
            body.accept(transaction.register(name(), codec.type()));
            return true;
        });
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        List<byte[]> values = new ArrayList<>();
        Dump.read(in, format, register.kind(), item -> {
            byte[] stored = item.value();
            decode(stored);
            values.add(stored);
        });
        if (!values.isEmpty()) {
            write(values.getLast());
        }
        return values.size();
    }

    @Override
    public StructureFeed<RegisterChange<V>> watch(FeedStart from) {
        return feed(from);
    }

    @Override
    public Listening on(Consumer<? super RegisterChange<V>> callback) {
        return feed(FeedStart.now()).tell(callback);
    }

    private RowFeed<RegisterChange<V>> feed(FeedStart from) {
        return RowFeed.of(ground, name(), from, this::change, new RegisterChange.Missed<>());
    }

    private RegisterChange<V> change(RowChange row) {
        return switch (row) {
            case RowChange.Added added -> new RegisterChange.Set<>(Optional.empty(), decode(added.after()));
            case RowChange.Modified both -> new RegisterChange.Set<>(decode(both.before()), decode(both.after()));
            case RowChange.Removed removed -> new RegisterChange.Set<>(decode(removed.before()), Optional.empty());
        };
    }
}
