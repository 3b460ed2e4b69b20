package coppice.api.structure;

import coppice.api.async.Immediate;
import java.io.IOException;
import java.io.OutputStream;

/// A number that is counted up and down, to read.
public interface CounterView {
    /// Its name.
    @Immediate
    String name();

    /// The number; 0 before anything was counted. Costs O(1).
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when branches that were merged counted beyond what a `long`
    ///     holds, or when what is stored is no number
    long value();

    /// Writes it as text, as of one moment: an item with `value`, or none before anything was counted. The stream
    /// is flushed and stays open.
    ///
    /// @return how many items
    /// @throws IOException when the stream fails
    long dump(OutputStream out, DumpFormat format) throws IOException;
}
