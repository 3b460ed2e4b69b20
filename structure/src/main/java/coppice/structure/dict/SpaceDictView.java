package coppice.structure.dict;

import coppice.api.Entry;
import coppice.api.SpaceView;
import coppice.api.structure.DictEntry;
import coppice.api.structure.DictPage;
import coppice.api.structure.DictView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Keys;
import coppice.api.structure.StructureInfo;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.KeyRanges;
import coppice.structure.ground.ReadGround;
import coppice.structure.ground.TextKeys;
import coppice.structure.secret.Keyring;
import coppice.structure.secret.Opening;
import coppice.structure.secret.Sealing;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A dict over a space: a row for each entry, under its key, in the stored form of its value.
public class SpaceDictView<V> implements DictView<V> {
    final StructureInfo dict;
    final Codec<V> codec;
    private final ReadGround ground;
    private final SpaceView rows;
    private final SpaceView lifetimes;
    private final Opening opening;
    final Optional<Keyring> keyring;

    /// @param dict what it is
    /// @param codec of its values
    /// @param keyring what opens it, if it is encrypted
    public SpaceDictView(StructureInfo dict, Codec<V> codec, ReadGround ground, Optional<Keyring> keyring) {
        this.dict = dict;
        this.codec = codec;
        this.ground = ground;
        this.rows = ground.space(dict.name());
        this.lifetimes = ground.space(Lifetimes.space(dict.name()));
        this.keyring = keyring;
        this.opening = keyring.map(keys -> keys.opening(ground.space(Keyring.space(dict.name()))))
                .orElse(Sealing.NONE);
    }

    @Override
    public String name() {
        return dict.name();
    }

    @Override
    public Optional<V> get(String key) {
        return find(bytes(key)).flatMap(stored -> decode(key, stored));
    }

    /// Who reads the end first cannot take the value of an entry that was put anew for one that has ended.
    private Optional<byte[]> find(byte[] key) {
        return hasEnded(key) ? Optional.empty() : rows.get(key).map(stored -> opened(key, stored));
    }

    /// The stored form of a value, by what its row has.
    final byte[] opened(byte[] key, byte[] row) {
        return opening.open(key, row);
    }

    private boolean hasEnded(byte[] key) {
        return Lifetimes.end(lifetimes, key)
                .filter(end -> !end.isAfter(ground.now()))
                .isPresent();
    }

    @Override
    public Map<String, V> getAll(Collection<String> keys) {
        SpaceDictView<V> still = still();
        Map<String, V> values = new LinkedHashMap<>();
        for (String key : keys) {
            still.get(key).ifPresent(value -> values.put(key, value));
        }
        return values;
    }

    private SpaceDictView<V> still() {
        return new SpaceDictView<>(dict, codec, ground.still(), keyring);
    }

    @Override
    public boolean contains(String key) {
        byte[] bytes = bytes(key);
        return !hasEnded(bytes) && rows.contains(bytes);
    }

    @Override
    public Optional<Instant> expiry(String key) {
        byte[] bytes = bytes(key);
        return Lifetimes.end(lifetimes, bytes)
                .filter(end -> end.isAfter(ground.now()))
                .filter(_ -> rows.contains(bytes));
    }

    @Override
    public long count() {
        SpaceDictView<V> still = still();
        long[] count = {still.rows.count()};
        Lifetimes.ended(still.lifetimes, still.ground.now(), key -> {
            count[0] -= still.rows.contains(key) ? 1 : 0;
            return true;
        });
        return count[0];
    }

    @Override
    public Stream<String> keys(Keys which) {
        return still().rows(which).map(Entry::keyText);
    }

    @Override
    public Stream<DictEntry<V>> entries(Keys which) {
        return still().rows(which).flatMap(row -> {
            String key = row.keyText();
            return decode(key, opened(row.key(), row.value())).map(value -> new DictEntry<>(key, value)).stream();
        });
    }

    private Stream<Entry> rows(Keys which) {
        boolean someEnd = Lifetimes.next(lifetimes).isPresent();
        Stream<Entry> all = rows.entries(KeyRanges.of(which));
        return someEnd ? all.filter(row -> !hasEnded(row.key())) : all;
    }

    @Override
    public DictPage<V> page(Keys which, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page holds at least 1 entry, asked for " + limit);
        }
        try (Stream<DictEntry<V>> found = entries(which).limit(limit + 1L)) {
            List<DictEntry<V>> entries = found.toList();
            if (entries.size() <= limit) {
                return new DictPage<>(entries, Optional.empty());
            }
            String last = entries.get(limit - 1).key();
            return new DictPage<>(
                    entries.subList(0, limit),
                    Optional.of(which.isReversed() ? which.to(last) : which.from(last + "\0")));
        }
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        SpaceDictView<V> still = still();
        long count = still.count();
        try (Stream<Entry> rows = still.rows(Keys.all())) {
            Dump.write(
                    out,
                    format,
                    dict,
                    count,
                    rows.map(row -> still.item(row).json()).iterator());
        }
        return count;
    }

    private DictItem item(Entry row) {
        return new DictItem(row.keyText(), opened(row.key(), row.value()), Lifetimes.end(lifetimes, row.key()));
    }

    final Optional<V> decode(String key, byte[] stored) {
        return Optional.ofNullable(codec.decode(stored, place(key)));
    }

    final Codec.Place place(String key) {
        return new Codec.Place(dict.name(), "key '" + key + "'");
    }

    static byte[] bytes(String key) {
        return TextKeys.bytes("A key of a dict", key, Lifetimes.KEY_BYTES_MAX);
    }
}
