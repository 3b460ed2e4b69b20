package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.Arrays;

/// Is told of chunks that are as they were written, by whoever reads records. Arrays are lent: they are somebody
/// else's again when a method returns.
public interface ChunkListener {
    /// A chunk: the first bytes of an array.
    void sound(Hash hash, byte[] bytes, int length);

    /// Versions of one thing, one behind the other. Tells [#sound] of each, unless there is something better to
    /// do.
    ///
    /// @param ends where each ends; the first begins at 0
    default void versions(Hash[] hashes, byte[] content, int[] ends) {
        int start = 0;
        for (int version = 0; version < ends.length; version++) {
            byte[] chunk = Arrays.copyOfRange(content, start, ends[version]);
            sound(hashes[version], chunk, chunk.length);
            start = ends[version];
        }
    }
}
