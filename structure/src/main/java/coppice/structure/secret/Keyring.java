package coppice.structure.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Cursor;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.SpaceView;
import coppice.api.structure.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The keys of an encrypted dict, as a secret opens them. They are random and stored, encrypted, in a space beside
/// the dict, by their ids; the one with the greatest id encrypts what is written. Each stored value says which key
/// it is encrypted with. So a secret is changed by encrypting the keys anew, and a key by adding one; and two
/// branches that both did so merge. For all threads.
public final class Keyring {
    private static final String SPACE_PREFIX = "@secrets/";
    private static final String MEND = "Put it anew, remove it, or take it from a version that is whole";

    private final String dict;
    private final Vault vault;
    private final Map<KeyId, DataKey> opened = new ConcurrentHashMap<>();
    private volatile Secret secret;
    private volatile Vault.@Nullable Derived fresh;
    private volatile boolean isReady;

    /// @param dict its name
    public Keyring(String dict, Secret secret, Vault vault) {
        this.dict = dict;
        this.secret = secret;
        this.vault = vault;
    }

    /// The space of the keys of a dict.
    public static String space(String dict) {
        return SPACE_PREFIX + dict;
    }

    /// The secret that opens it, as far as this knows.
    public Secret secret() {
        return secret;
    }

    /// Refuses a secret that opens none of the keys that there are.
    public void check(SpaceView keys) {
        newest(keys);
    }

    /// Does what takes long before a write that may be the first one.
    public void prepare(SpaceView keys) {
        if (!isReady) {
            if (newest(keys).isEmpty()) {
                fresh();
            }
            isReady = true;
        }
    }

    private Vault.Derived fresh() {
        Vault.Derived made = fresh;
        if (made == null) {
            made = vault.derive(secret);
            fresh = made;
        }
        return made;
    }

    /// The latest of the keys that the secret opens.
    private Optional<DataKey> newest(SpaceView keys) {
        boolean areThere = false;
        try (Cursor cursor = keys.scan(Range.all().reversed())) {
            while (cursor.next()) {
                areThere = true;
                KeyId id = id(cursor.key());
                DataKey known = opened.get(id);
                Optional<DataKey> key = known == null ? opened(id, cursor.value()) : Optional.of(known);
                if (key.isPresent()) {
                    return key;
                }
            }
        }
        if (areThere) {
            throw wrongSecret("The secret does not open the encrypted dict '" + dict + "', and nothing was written");
        }
        return Optional.empty();
    }

    private KeyId id(byte[] key) {
        if (key.length != KeyId.BYTES) {
            throw damagedKey("there is a row in '" + space(dict) + "' that is no key of it");
        }
        return KeyId.of(key, 0);
    }

    private Optional<DataKey> opened(KeyId id, byte[] row) {
        Optional<byte[]> key = unwrapped(id, row);
        key.ifPresent(bytes -> {
            opened.putIfAbsent(id, new DataKey(id, bytes));
            Arrays.fill(bytes, (byte) 0);
        });
        return Optional.ofNullable(opened.get(id)).filter(_ -> key.isPresent());
    }

    private Optional<byte[]> unwrapped(KeyId id, byte[] row) {
        WrappedKey wrapped = wrapped(id, row);
        return wrapped.unwrap(vault.derive(secret, wrapped.how()), dict, id);
    }

    private WrappedKey wrapped(KeyId id, byte[] row) {
        return WrappedKey.of(dict, id, row)
                .orElseThrow(() -> damagedKey("its key " + id + " is damaged, or of another dict"));
    }

    /// For reading values.
    ///
    /// @param keys the space of the keys
    public Opening opening(SpaceView keys) {
        return (key, stored) -> open(keys, key, stored);
    }

    private byte[] open(SpaceView keys, byte[] key, byte[] stored) {
        KeyId id = DataKey.idOf(stored)
                .orElseThrow(() -> notAuthentic(
                        key, "it is not encrypted: somebody put it there without opening the dict. " + MEND));
        return dataKey(keys, id, key)
                .decrypt(key, stored)
                .orElseThrow(() -> notAuthentic(
                        key, "it was changed, or moved there from another key or dict, after it was put. " + MEND));
    }

    private DataKey dataKey(SpaceView keys, KeyId id, byte[] key) {
        DataKey known = opened.get(id);
        if (known != null) {
            return known;
        }
        byte[] row = keys.get(id.bytes()).orElseThrow(() -> missingKey(key, id));
        return opened(id, row)
                .orElseThrow(() -> wrongSecret("The value of key '" + new String(key, UTF_8) + "' of '" + dict
                        + "' was put where another secret counts"));
    }

    /// For writing values within a transaction. The first time, this makes a key.
    ///
    /// @param keys the space of the keys
    /// @param stamp 32 hexadecimal digits that no other has, and that rise with time
    public Sealing sealing(Space keys, String stamp) {
        DataKey key = newest(keys).orElseGet(() -> add(keys, KeyId.FIRST, stamp, fresh()));
        return new Within(keys, key);
    }

    /// Adds a key that is later than another.
    private DataKey add(Space keys, KeyId last, String stamp, Vault.Derived by) {
        KeyId id = KeyId.after(last, stamp);
        byte[] key = new byte[AesGcm.KEY_BYTES];
        vault.random().accept(key);
        keys.put(id.bytes(), WrappedKey.wrap(vault.random(), by, dict, id, key).row());
        DataKey made = new DataKey(id, key);
        Arrays.fill(key, (byte) 0);
        opened.put(id, made);
        return made;
    }

    private final class Within implements Sealing {
        private final Space keys;
        private final DataKey newest;

        Within(Space keys, DataKey newest) {
            this.keys = keys;
            this.newest = newest;
        }

        @Override
        public void put(Space rows, byte[] key, byte[] value) {
            boolean isThere = rows.get(key)
                    .filter(stored -> stored.length == value.length + DataKey.OVERHEAD && isNewest(stored))
                    .flatMap(stored -> newest.decrypt(key, stored))
                    .filter(there -> Arrays.equals(there, value))
                    .isPresent();
            if (!isThere) {
                rows.put(key, newest.encrypt(vault.random(), key, value));
            }
        }

        @Override
        public boolean isNewest(byte[] stored) {
            return DataKey.idOf(stored).filter(newest.id()::equals).isPresent();
        }

        @Override
        public byte[] open(byte[] key, byte[] stored) {
            return Keyring.this.open(keys, key, stored);
        }
    }

    /// Has what is written from here on encrypted with a new key, which the secret opens as it does the latest.
    ///
    /// @param keys the space of the keys, which has some
    public void rotate(Space keys, String stamp) {
        DataKey newest = newest(keys).orElseThrow();
        byte[] row = keys.get(newest.id().bytes()).orElseThrow();
        WrappedKey wrapped = wrapped(newest.id(), row);
        Vault.Derived by = vault.derive(secret, wrapped.how());
        if (wrapped.unwrap(by, dict, newest.id()).isEmpty()) {
            throw changedMeanwhile();
        }
        add(keys, newest.id(), stamp, by);
    }

    /// A change of secret that is about to be made.
    ///
    /// @param next the secret
    /// @param by what keys are encrypted with
    public record Change(Secret next, Vault.Derived by) {}

    /// Begins to change the secret. Takes long.
    public Change change(Secret next) {
        return new Change(next, vault.derive(next));
    }

    /// Encrypts all keys that the secret opens with another one.
    ///
    /// @param keys the space of the keys
    public void apply(Change change, Space keys) {
        boolean isChanged = false;
        for (Entry row : rows(keys)) {
            isChanged |= rewrap(keys, row, Optional.of(change.by()), dict);
        }
        if (!isChanged) {
            throw changedMeanwhile();
        }
    }

    /// From here on, another secret opens it.
    public void changed(Change change) {
        secret = change.next();
        fresh = change.by();
    }

    /// Binds all keys to another name.
    ///
    /// @param keys the space of the keys under that name
    public void rename(Space keys, String newName) {
        for (Entry row : rows(keys)) {
            if (!rewrap(keys, row, Optional.empty(), newName)) {
                throw wrongSecret("The secret does not open all keys of the encrypted dict '" + dict
                        + "', and nothing was written");
            }
        }
    }

    private static List<Entry> rows(Space keys) {
        try (Stream<Entry> rows = keys.entries(Range.all())) {
            return rows.toList();
        }
    }

    private boolean rewrap(Space keys, Entry row, Optional<Vault.Derived> by, String name) {
        KeyId id = id(row.key());
        Optional<byte[]> key = unwrapped(id, row.value());
        key.ifPresent(bytes -> {
            Vault.Derived with = by.orElseGet(
                    () -> vault.derive(secret, wrapped(id, row.value()).how()));
            keys.put(
                    row.key(),
                    WrappedKey.wrap(vault.random(), with, name, id, bytes).row());
            Arrays.fill(bytes, (byte) 0);
        });
        return key.isPresent();
    }

    private DatabaseException changedMeanwhile() {
        return wrongSecret("The secret of the encrypted dict '" + dict
                + "' was changed since it was opened, and nothing was written");
    }

    private DatabaseException wrongSecret(String what) {
        return new DatabaseException.Incorrect(
                        ErrorCode.WRONG_SECRET,
                        what + ": open it with the secret of this branch or version, or of where the value comes from"
                                + " and change that with encryption().changeSecret(..)")
                .with("structure", dict);
    }

    private DatabaseException damagedKey(String what) {
        return new DatabaseException.Incorrect(
                        ErrorCode.NOT_AUTHENTIC,
                        "The encrypted dict '" + dict + "' cannot be opened: " + what + ". Take the space '"
                                + space(dict) + "' from a version that is whole")
                .with("structure", dict);
    }

    private DatabaseException missingKey(byte[] key, KeyId id) {
        return notAuthentic(
                key,
                "it is encrypted with the key " + id
                        + ", which this dict does not have here. Merge the branch that it comes"
                        + " from, or pick the commit that made the key; or else put it anew, or remove it");
    }

    private DatabaseException notAuthentic(byte[] key, String why) {
        String name = new String(key, UTF_8);
        return new DatabaseException.Incorrect(
                        ErrorCode.NOT_AUTHENTIC,
                        "What is stored for key '" + name + "' of '" + dict + "' is refused: " + why)
                .with("structure", dict)
                .with("at", "key '" + name + "'");
    }
}
