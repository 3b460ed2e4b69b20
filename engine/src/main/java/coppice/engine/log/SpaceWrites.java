package coppice.engine.log;

import coppice.engine.delta.Delta;

/// Writes to one space, in their order. A removal is the value [Delta#REMOVED] itself.
///
/// @param space the space's name
/// @param keys what is written to
/// @param values the new value of each key
public record SpaceWrites(String space, byte[][] keys, byte[][] values) {
    public SpaceWrites {
        if (keys.length != values.length) {
            throw new IllegalArgumentException(keys.length + " keys with " + values.length + " values");
        }
    }

    /// A single write.
    public static SpaceWrites one(String space, byte[] key, byte[] value) {
        return new SpaceWrites(space, new byte[][] {key}, new byte[][] {value});
    }

    /// All changes of a delta.
    public static SpaceWrites of(String space, Delta delta) {
        byte[][] keys = new byte[delta.size()][];
        byte[][] values = new byte[delta.size()][];
        int at = 0;
        for (var cursor = delta.cursor(); cursor.next(); at++) {
            keys[at] = cursor.key();
            values[at] = cursor.value();
        }
        return new SpaceWrites(space, keys, values);
    }

    /// About how many bytes they take in a record: two lengths a write come on top, of two bytes each in most cases.
    long encodedBytes() {
        return bytes() + 4L * keys.length;
    }

    /// The bytes of keys and values together.
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < keys.length; i++) {
            bytes += keys[i].length + values[i].length;
        }
        return bytes;
    }
}
