package coppice.bench.people;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// H2, embedded, in its own storage engine.
final class H2Dialect implements Dialect {
    @Override
    public String settings() {
        return "embedded, rows by BIGINT PRIMARY KEY; durable write: commit, then CHECKPOINT SYNC; load: commits of"
                + " 100,000 rows";
    }

    @Override
    public Connection connect(Path directory, long cacheBytes) throws SQLException {
        Connection connection = DriverManager.getConnection(
                "jdbc:h2:file:" + directory.resolve("people").toAbsolutePath() + ";CACHE_SIZE=" + cacheBytes / 1024
                        + ";DB_CLOSE_ON_EXIT=FALSE",
                "sa",
                "");
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public String table() {
        return "CREATE TABLE IF NOT EXISTS person("
                + "id BIGINT PRIMARY KEY, email VARCHAR, city VARCHAR, age INT, cents BIGINT, document VARBINARY)";
    }

    @Override
    public String upsert() {
        return "MERGE INTO person KEY(id) VALUES(?, ?, ?, ?, ?, ?)";
    }

    @Override
    public String sync() {
        return "CHECKPOINT SYNC";
    }
}
