package coppice.bench.peer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/// A file of SQLite as all workloads open it: with a write-ahead log and a memory map.
///
/// @param synchronous whether a transaction is synced when it returns
public record SqliteFile(Path file, long cacheBytes, TransactionMode transactions, SynchronousMode synchronous) {
    private static final long MAP_BYTES = 8L << 30;
    private static final int BUSY_MILLIS = 60_000;

    /// Another connection to it.
    public Connection connect() throws SQLException {
        var config = new SQLiteConfig();
        config.setTransactionMode(transactions);
        config.setPragma(Pragma.JOURNAL_MODE, "WAL");
        config.setPragma(Pragma.SYNCHRONOUS, synchronous.getValue());
        config.setPragma(Pragma.CACHE_SIZE, Long.toString(-cacheBytes / 1024));
        config.setPragma(Pragma.MMAP_SIZE, Long.toString(MAP_BYTES));
        config.setBusyTimeout(BUSY_MILLIS);
        return config.createConnection("jdbc:sqlite:" + file);
    }
}
