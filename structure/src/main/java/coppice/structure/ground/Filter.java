package coppice.structure.ground;

import java.util.List;
import java.util.Optional;

/// Which rows a query is about, as a condition. For one thread.
public interface Filter {
    /// Whether a row is among them.
    boolean holds(byte[] key, byte[] document);

    /// The keys of all of them, where an index finds these and they are about so many at most; nothing where rows
    /// would have to be read to find them.
    Optional<List<byte[]>> found(long most);
}
