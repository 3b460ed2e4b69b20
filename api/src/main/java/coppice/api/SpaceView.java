package coppice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.stream.Stream;

/// A sorted map of byte keys to byte values, to read. Keys sort as unsigned bytes, shorter first.
///
/// Keys are 1 to [Limits#KEY_BYTES_MAX] bytes. Arrays given are never kept, arrays returned are the caller's own.
/// Point reads cost O(log n); counts, ranks and entries by index too, after what was written since the space was
/// asked for one of them last. The first time, and after changes were folded in the background, that is all that
/// is not folded. Whoever numbers rows costs some 100 bytes of memory for each changed row until then; writers pay
/// nothing.
public interface SpaceView {
    /// The space's name.
    String name();

    /// The value of a key.
    Optional<byte[]> get(byte[] key);

    /// The value of a key, or the fallback itself when absent. Allocates nothing but the value.
    byte[] getOrDefault(byte[] key, byte[] fallback);

    /// Whether the key is there.
    boolean contains(byte[] key);

    /// The number of keys.
    long count();

    /// The number of keys in a range.
    long count(Range range);

    /// The number of keys that sort before this one, which need not be there: 0 to [#count()].
    long rank(byte[] key);

    /// The entry that has exactly this many before it.
    ///
    /// @param index 0-based
    /// @return nothing when `index` is not less than [#count()]
    /// @throws IllegalArgumentException when negative
    Optional<Entry> select(long index);

    /// Walks a range in order on the state as it is now, entry by entry, without an object for each. Close it when
    /// done.
    Cursor scan(Range range);

    /// A range in order as a stream of entries, on the state as it is now.
    default Stream<Entry> entries(Range range) {
        return Cursors.stream(scan(range));
    }

    /// At most `limit` entries of a range, and the range of what follows, to ask for the next page with.
    ///
    /// @param limit at least 1
    default Page page(Range range, int limit) {
        return Cursors.page(this, range, limit);
    }

    /// The value of a key, both as UTF-8 text.
    ///
    /// @throws DatabaseException.Incorrect when the value is not UTF-8
    default Optional<String> text(String key) {
        return get(key.getBytes(UTF_8)).map(Texts::decode);
    }
}
