package coppice.bench.people;

import coppice.bench.peer.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/// SQLite: rows by their ids in the table's own tree, so that indexes hold a number for each.
final class SqliteDialect implements Dialect {
    @Override
    public String settings() {
        return "rows by INTEGER PRIMARY KEY, memory map of 8 GiB; WAL with synchronous=FULL; load: one transaction";
    }

    @Override
    public Connection connect(Path directory, long cacheBytes) throws SQLException {
        Path file = directory.resolve("people.db");
        Connection connection =
                new SqliteFile(file, cacheBytes, TransactionMode.DEFERRED, SynchronousMode.FULL).connect();
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
