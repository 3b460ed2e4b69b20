package coppice.structure.set;

import coppice.api.Space;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.NamedLock;
import coppice.api.structure.SetChange;
import coppice.api.structure.SetOf;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.Contents;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// A set over a space, to change.
public final class SpaceSet<V> extends SpaceSetView<V> implements SetOf<V> {
    private final Ground ground;
    private final Registered registered;

    public SpaceSet(StructureInfo set, Codec<V> codec, Ground ground) {
        super(set, codec, ground);
        this.ground = ground;
        this.registered = Registered.of(ground, set);
    }

    private record Element(byte[] key, byte[] stored) {
        static Element of(byte[] stored) {
            return new Element(Elements.key(stored), stored);
        }

        boolean add(Space rows) {
            boolean isNew = !rows.contains(key);
            if (isNew) {
                rows.put(key, stored);
            }
            return isNew;
        }
    }

    @Override
    public NamedLock lock() {
        return ground.lock(name());
    }

    @Override
    public boolean add(V value) {
        return addAll(List.of(value)) > 0;
    }

    @Override
    public long addAll(Collection<? extends V> values) {
        List<Element> elements =
                values.stream().map(value -> Element.of(encode(value))).toList();
        return registered.update(transaction -> {
            Space rows = transaction.space(name());
            return elements.stream().filter(element -> element.add(rows)).count();
        });
    }

    @Override
    public boolean remove(V value) {
        byte[] key = Elements.key(encode(value));
        return registered.update(transaction -> {
            Space rows = transaction.space(name());
            boolean isThere = rows.contains(key);
            rows.delete(key);
            return isThere;
        });
    }

    @Override
    public void clear() {
        registered.update(transaction -> {
            Contents.clear(transaction.space(name()));
            return true;
        });
    }

    @Override
    public void batched(Consumer<SetOf<V>> body) {
        ground.attempt(transaction -> {
            body.accept(transaction.set(name(), codec.type()));
            return true;
        });
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        List<Element> elements = new ArrayList<>();
        Dump.read(in, format, set.kind(), item -> {
            byte[] stored = item.value();
            decode(stored);
            elements.add(Element.of(stored));
        });
        registered.update(transaction -> {
            Space rows = transaction.space(name());
            if (mode == LoadMode.REPLACE) {
                Contents.clear(rows);
            }
            elements.forEach(element -> element.add(rows));
            return true;
        });
        return elements.size();
    }

    @Override
    public StructureFeed<SetChange<V>> watch(FeedStart from) {
        return feed(from);
    }

    @Override
    public Listening on(Consumer<? super SetChange<V>> callback) {
        return feed(FeedStart.now()).tell(callback);
    }

    private RowFeed<SetChange<V>> feed(FeedStart from) {
        return RowFeed.of(ground, name(), from, this::change, new SetChange.Missed<>());
    }

    private SetChange<V> change(RowChange row) {
        return switch (row) {
            case RowChange.Added added -> new SetChange.Added<>(decode(added.after()));
            case RowChange.Modified both -> new SetChange.Added<>(decode(both.after()));
            case RowChange.Removed removed -> new SetChange.Removed<>(decode(removed.before()));
        };
    }
}
