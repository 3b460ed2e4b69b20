package coppice.cli.source;

import java.util.Iterator;

/// A named table whose rows can be read again and again, in the same order each time.
public interface Rows {
    /// The name of the space its rows go to, unless a row says otherwise.
    String space();

    /// How many rows there are.
    long rows();

    /// Whether the rows come in ascending order of their keys, each once, and all go to [#space()].
    boolean isSorted();

    /// Reads the rows. Close it when done.
    Reading read();

    /// One pass over the rows.
    interface Reading extends Iterator<Row>, AutoCloseable {
        @Override
        void close();
    }
}
