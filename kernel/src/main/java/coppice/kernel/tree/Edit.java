package coppice.kernel.tree;

import org.jspecify.annotations.Nullable;

/// One change of a sorted map: put a value under a key, or delete the key. The arrays are taken over, not copied.
///
/// @param value null to delete
public record Edit(byte[] key, byte @Nullable [] value) {
    /// After it, `key` has `value`.
    public static Edit put(byte[] key, byte[] value) {
        return new Edit(key, value);
    }

    /// After it, there is no `key`.
    public static Edit delete(byte[] key) {
        return new Edit(key, null);
    }
}
