package coppice.cli.source;

import java.util.Optional;

/// The rows of one file, from the first to the last. One thread at a time.
interface Items extends AutoCloseable {
    /// The next row; nothing after the last.
    Optional<Item> next();

    @Override
    void close();
}
