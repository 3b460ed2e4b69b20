package coppice.structure.dict;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Transaction;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.Dict;
import coppice.api.structure.DictChange;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Encryption;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.NamedLock;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.structure.codec.Codec;
import coppice.structure.codec.StoredForms;
import coppice.structure.dump.Dump;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import coppice.structure.secret.Keyring;
import coppice.structure.secret.Sealing;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A dict over a space, to change.
public final class SpaceDict<V> extends SpaceDictView<V> implements Dict<V> {
    private final Ground ground;
    private final Registered registered;

    public SpaceDict(StructureInfo dict, Codec<V> codec, Ground ground, Optional<Keyring> keyring) {
        super(dict, codec, ground, keyring);
        this.ground = ground;
        this.registered = Registered.of(ground, dict);
    }

    private <T> T update(Function<Rows, T> body) {
        prepare();
        return SealedSteps.told(dict, () -> registered.update(transaction -> body.apply(rows(transaction))));
    }

    private void prepare() {
        keyring.ifPresent(keys -> keys.prepare(ground.space(Keyring.space(name()))));
    }

    private Rows rows(Transaction transaction) {
        Sealing sealing = keyring.map(keys -> SealedSteps.sealing(keys, transaction, dict, ground))
                .orElse(Sealing.NONE);
        return new Rows(transaction, dict, ground.now(), sealing);
    }

    @Override
    public Encryption encryption() {
        return keyring.<Encryption>map(keys -> new DictEncryption(registered, keys))
                .orElseThrow(() -> new DatabaseException.Incorrect(
                                ErrorCode.NOT_ENCRYPTED,
                                "The dict '" + name() + "' is not encrypted: load its dump into one that was opened"
                                        + " with a secret")
                        .with("name", name()));
    }

    @Override
    public NamedLock lock() {
        return ground.lock(name());
    }

    @Override
    public void put(String key, V value) {
        put(key, value, Optional.empty());
    }

    @Override
    public void put(String key, V value, Duration lifetime) {
        put(key, value, Optional.of(end(lifetime)));
    }

    private void put(String key, V value, Optional<Instant> end) {
        byte[] bytes = bytes(key);
        byte[] stored = encode(key, value);
        update(rows -> {
            rows.put(bytes, stored, end);
            return true;
        });
        end.ifPresent(ground::due);
    }

    private Instant end(Duration lifetime) {
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("A lifetime is longer than nothing, not " + lifetime);
        }
        // Ends are kept in milliseconds; what lasts for less lasts for one.
        return ground.now().plusMillis(Math.max(1, lifetime.toMillis()));
    }

    private byte[] encode(String key, V value) {
        return codec.encode(value, place(key));
    }

    @Override
    public Optional<V> putIfAbsent(String key, V value) {
        return putIfAbsent(key, value, Optional.empty());
    }

    @Override
    public Optional<V> putIfAbsent(String key, V value, Duration lifetime) {
        return putIfAbsent(key, value, Optional.of(end(lifetime)));
    }

    private Optional<V> putIfAbsent(String key, V value, Optional<Instant> end) {
        byte[] bytes = bytes(key);
        byte[] stored = encode(key, value);
        Optional<byte[]> there = update(rows -> {
            Optional<byte[]> found = rows.find(bytes);
            if (found.isEmpty()) {
                rows.put(bytes, stored, end);
            }
            return found;
        });
        if (there.isEmpty()) {
            end.ifPresent(ground::due);
        }
        return there.flatMap(found -> decode(key, found));
    }

    @Override
    public Optional<V> compute(String key, Function<Optional<V>, Optional<V>> change) {
        byte[] bytes = bytes(key);
        prepare();
        return SealedSteps.told(
                dict,
                () -> registered.attempt(transaction -> {
                    Rows rows = rows(transaction);
                    Optional<V> before = rows.find(bytes).flatMap(found -> decode(key, found));
                    Optional<V> after = change.apply(before);
                    rows.replace(bytes, after.map(value -> encode(key, value)));
                    return after;
                }));
    }

    @Override
    public boolean compareAndSet(String key, Optional<V> expected, Optional<V> value) {
        byte[] bytes = bytes(key);
        Optional<byte[]> wanted = expected.map(one -> encode(key, one));
        Optional<byte[]> next = value.map(one -> encode(key, one));
        return update(rows -> {
            boolean isSame = StoredForms.areSame(rows.find(bytes), wanted);
            if (isSame) {
                rows.replace(bytes, next);
            }
            return isSame;
        });
    }

    @Override
    public boolean remove(String key) {
        byte[] bytes = bytes(key);
        return update(rows -> {
            boolean isThere = rows.contains(bytes);
            if (isThere) {
                rows.remove(bytes);
            }
            return isThere;
        });
    }

    @Override
    public Optional<V> pop(String key) {
        byte[] bytes = bytes(key);
        Optional<byte[]> taken = update(rows -> {
            Optional<byte[]> found = rows.find(bytes);
            if (found.isPresent()) {
                rows.remove(bytes);
            }
            return found;
        });
        return taken.flatMap(found -> decode(key, found));
    }

    @Override
    public void clear() {
        update(rows -> {
            rows.clear();
            return true;
        });
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        Map<String, DictItem> items = new LinkedHashMap<>();
        Instant now = ground.now();
        Dump.read(in, format, dict.kind(), read -> {
            DictItem item = DictItem.of(read);
            bytes(item.key());
            decode(item.key(), item.value());
            if (item.expires().filter(end -> !end.isAfter(now)).isEmpty()) {
                items.put(item.key(), item);
            } else {
                items.remove(item.key());
            }
        });
        update(rows -> {
            if (mode == LoadMode.REPLACE) {
                rows.clear();
            }
            items.values().forEach(item -> rows.put(bytes(item.key()), item.value(), item.expires()));
            return true;
        });
        items.values().forEach(item -> item.expires().ifPresent(ground::due));
        return items.size();
    }

    @Override
    public StructureFeed<DictChange<V>> watch(FeedStart from) {
        return feed(from);
    }

    @Override
    public Listening on(Consumer<? super DictChange<V>> callback) {
        return feed(FeedStart.now()).tell(callback);
    }

    private RowFeed<DictChange<V>> feed(FeedStart from) {
        return RowFeed.of(ground, name(), from, this::change, new DictChange.Missed<>());
    }

    private DictChange<V> change(RowChange row) {
        String key = row.keyText();
        return switch (row) {
            case RowChange.Added added -> new DictChange.Put<>(key, Optional.empty(), value(row, added.after()));
            case RowChange.Modified both ->
                new DictChange.Put<>(key, decode(key, opened(row.key(), both.before())), value(row, both.after()));
            case RowChange.Removed removed -> new DictChange.Removed<>(key, value(row, removed.before()));
        };
    }

    private V value(RowChange row, byte[] stored) {
        String key = row.keyText();
        return decode(key, opened(row.key(), stored)).orElseThrow(() -> codec.isNull(place(key)));
    }

    @Override
    public void batched(Consumer<Dict<V>> body) {
        ground.attempt(transaction -> {
            body.accept(keyring.map(keys -> transaction.dict(name(), codec.type(), keys.secret()))
                    .orElseGet(() -> transaction.dict(name(), codec.type())));
            return true;
        });
    }
}
