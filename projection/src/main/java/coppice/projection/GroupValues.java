package coppice.projection;

import java.util.Map;
import java.util.Optional;

/// Looks into the entries that have gathered of groups, sorted by their keys: for who keeps them.
public interface GroupValues {
    /// The first entry whose key is at or after one and before another.
    Optional<Map.Entry<byte[], byte[]>> first(byte[] from, byte[] to);

    /// The last such entry.
    Optional<Map.Entry<byte[], byte[]>> last(byte[] from, byte[] to);

    /// How many there are.
    long count(byte[] from, byte[] to);
}
