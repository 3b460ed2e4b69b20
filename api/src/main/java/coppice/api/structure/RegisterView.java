package coppice.api.structure;

import coppice.api.async.Immediate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// One value, to read.
public interface RegisterView<V> {
    /// Its name.
    @Immediate
    String name();

    /// The value; nothing before it was set, or JSON's `null`. Costs O(1).
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when what is stored does not fit the type
    Optional<V> get();

    /// Writes it as text, as of one moment: an item with `value`, or none. The stream is flushed and stays open.
    ///
    /// @return how many items
    /// @throws IOException when the stream fails
    long dump(OutputStream out, DumpFormat format) throws IOException;
}
