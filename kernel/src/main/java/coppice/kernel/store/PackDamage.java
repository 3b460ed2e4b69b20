package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import org.jspecify.annotations.Nullable;

/// Something in a pack or its index that is not as it was written.
///
/// @param kind what is damaged
/// @param chunk the chunk it is about, where that is known
/// @param what the file, the offset, what should be there and what is
public record PackDamage(Kind kind, @Nullable Hash chunk, CorruptException what) {

    /// What is damaged.
    public enum Kind {
        /// The record of one chunk.
        CHUNK,
        /// Where records begin and end: what follows is found again through the index only.
        RECORDS,
        /// The index of a pack. It is made from the pack and can be made again.
        INDEX
    }
}
