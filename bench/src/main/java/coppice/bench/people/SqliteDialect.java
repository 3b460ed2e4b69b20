package coppice.bench.people;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.TransactionMode;

/// SQLite: rows by their ids in the table's own tree, so that indexes hold a number for each.
final class SqliteDialect implements Dialect {
    @Override
    public String settings() {
        return "rows by INTEGER PRIMARY KEY, memory map of 8 GiB; WAL with synchronous=FULL; load: one transaction";
    }

    @Override
    public Connection connect(Path directory, long cacheBytes) throws SQLException {
        var config = new SQLiteConfig();
        config.setTransactionMode(TransactionMode.DEFERRED);
        config.setPragma(Pragma.JOURNAL_MODE, "WAL");
        config.setPragma(Pragma.SYNCHRONOUS, "FULL");
        config.setPragma(Pragma.CACHE_SIZE, Long.toString(-cacheBytes / 1024));
        config.setPragma(Pragma.MMAP_SIZE, Long.toString(8L << 30));
        config.setBusyTimeout(60_000);
        Connection connection = config.createConnection("jdbc:sqlite:" + directory.resolve("people.db"));
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public String table() {
        return "CREATE TABLE IF NOT EXISTS person("
                + "id INTEGER PRIMARY KEY, email TEXT, city TEXT, age INTEGER, cents INTEGER, document BLOB)";
    }

    @Override
    public String upsert() {
        return "INSERT INTO person VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET"
                + " email = excluded.email, city = excluded.city, age = excluded.age, cents = excluded.cents,"
                + " document = excluded.document";
    }

    @Override
    public String sync() {
        return "";
    }
}
