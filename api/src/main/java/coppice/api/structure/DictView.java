package coppice.api.structure;

import coppice.api.async.Immediate;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Values by key, to read. Keys are text of 1 to 4,000 bytes of UTF-8.
///
/// An entry whose lifetime is over is not there, for any of these calls. In a branch that is so from the moment at
/// which it ends; in a version, an entry is there if it was when the version was made.
///
/// Every read may fail with [coppice.api.DatabaseException.Incorrect] when what is stored does not fit the type of
/// the values, which it names with the key and the place.
public interface DictView<V> {
    /// Its name.
    @Immediate
    String name();

    /// The value of a key; nothing when it is absent, or JSON's `null`. Costs O(log n).
    Optional<V> get(String key);

    /// The value of a key, or the fallback when there is none.
    default V getOrDefault(String key, V fallback) {
        return get(key).orElse(fallback);
    }

    /// The values of those keys that are there, in the order asked for, all as of one moment.
    Map<String, V> getAll(Collection<String> keys);

    /// Whether a key is there.
    boolean contains(String key);

    /// When the lifetime of an entry ends; nothing when it has no end, or is absent.
    Optional<Instant> expiry(String key);

    /// The number of entries. Costs O(log n), what was written lately once for each state, and a look at what is
    /// over and not purged yet.
    long count();

    /// Keys, in order, as of one moment, read lazily. Close the stream when it is not read to its end.
    Stream<String> keys(Keys which);

    /// All keys; see [#keys(Keys)].
    default Stream<String> keys() {
        return keys(Keys.all());
    }

    /// Entries in the order of their keys, as of one moment, read lazily. Close the stream when it is not read to
    /// its end.
    Stream<DictEntry<V>> entries(Keys which);

    /// All entries; see [#entries(Keys)].
    default Stream<DictEntry<V>> entries() {
        return entries(Keys.all());
    }

    /// Values in the order of their keys; see [#entries(Keys)].
    default Stream<V> values(Keys which) {
        return entries(which).map(DictEntry::value);
    }

    /// All values; see [#entries(Keys)].
    default Stream<V> values() {
        return values(Keys.all());
    }

    /// At most so many entries, and how to go on. What is written between pages is seen by the pages that follow.
    ///
    /// @param limit at least 1
    DictPage<V> page(Keys which, int limit);

    /// Writes all entries as text, as of one moment: items are objects with `key`, `value` and, where the lifetime
    /// ends, `expires`, by ISO 8601. The stream is flushed and stays open. Costs a read of the dict, and the
    /// memory of one entry.
    ///
    /// @return how many entries
    /// @throws IOException when the stream fails
    long dump(OutputStream out, DumpFormat format) throws IOException;
}
