package coppice.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Puts and deletes to apply together. A later one of the same key wins. Not safe for use by several threads.
///
/// Arrays given must not be changed before the batch is applied.
public final class Batch {
    private final List<Write> writes = new ArrayList<>();

    /// An empty batch.
    public Batch() {}

    /// One put (with a value) or delete (without).
    public record Write(byte[] key, Optional<byte[]> value) {}

    /// Adds a put.
    public Batch put(byte[] key, byte[] value) {
        writes.add(new Write(key, Optional.of(value)));
        return this;
    }

    /// Adds a delete.
    public Batch delete(byte[] key) {
        writes.add(new Write(key, Optional.empty()));
        return this;
    }

    /// What was added, in order: a view, not a copy.
    public List<Write> writes() {
        return Collections.unmodifiableList(writes);
    }

    /// How many were added.
    public int size() {
        return writes.size();
    }
}
