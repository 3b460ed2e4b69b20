package coppice.bench.structure;

import coppice.bench.peer.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/// Tables of SQLite as stores of dicts and queues have them: one for all dicts, with the time at which an entry
/// ends, and one for all queues, whose first row is deleted and returned by one statement. Who waits for a job
/// looks again every 0.2 ms.
final class SqliteStructures implements StructureStore {
    private static final long LOOK_NANOS = 200_000;

    private @Nullable SqliteFile file;
    private @Nullable Connection first;

    @Override
    public String settings() {
        return "a table of dicts WITHOUT ROWID, a table of queues with an index by priority and time; a connection for"
                + " each thread; WAL with synchronous=FULL, relaxed NORMAL; who waits looks every 0.2 ms";
    }

    @Override
    public void open(Path directory, long cache, Safety wanted) throws SQLException {
        SynchronousMode synchronous = switch (wanted) {
            case SYNCED -> SynchronousMode.FULL;
            case WRITTEN -> SynchronousMode.NORMAL;
        };
        file = new SqliteFile(directory.resolve("structures.db"), cache, TransactionMode.IMMEDIATE, synchronous);
        first = connect();
        try (var statement = first.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS dicts(dict TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT"
                    + " NULL, expires REAL, PRIMARY KEY(dict, key)) WITHOUT ROWID");
            statement.execute("CREATE TABLE IF NOT EXISTS queues(queue TEXT NOT NULL, priority REAL NOT NULL, time REAL"
                    + " NOT NULL, job TEXT NOT NULL)");
            statement.execute("CREATE INDEX IF NOT EXISTS by_priority ON queues(queue, priority, time)");
        }
    }

    private Connection connect() throws SQLException {
        if (file == null) {
            throw new IllegalStateException("open the store first");
        }
        return file.connect();
    }

    @Override
    public DictUser dict() throws SQLException {
        return new TableDict(connect());
    }

    @Override
    public QueueUser queue() throws SQLException {
        return new TableQueue(connect());
    }

    @Override
    public void close() throws SQLException {
        if (first != null) {
            first.close();
        }
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    private static final class TableDict implements DictUser {
        private final Connection connection;
        private final PreparedStatement upsert;
        private final PreparedStatement select;

        TableDict(Connection connection) throws SQLException {
            this.connection = connection;
            upsert = connection.prepareStatement("INSERT OR REPLACE INTO dicts VALUES('people', ?, ?, NULL)");
            select = connection.prepareStatement("SELECT value, expires FROM dicts WHERE dict = 'people' AND key = ?");
        }

        @Override
        public void put(String key, String value) throws SQLException {
            upsert.setString(1, key);
            upsert.setString(2, value);
            upsert.executeUpdate();
        }

        @Override
        public int get(String key) throws SQLException {
            select.setString(1, key);
            try (ResultSet found = select.executeQuery()) {
                if (!found.next()) {
                    return -1;
                }
                int length = found.getString(1).length();
                double expires = found.getDouble(2);
                return found.wasNull() || expires > now() ? length : -1;
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static final class TableQueue implements QueueUser {
        private final Connection connection;
        private final PreparedStatement insert;
        private final PreparedStatement take;

        TableQueue(Connection connection) throws SQLException {
            this.connection = connection;
            insert = connection.prepareStatement("INSERT INTO queues VALUES('jobs', ?, ?, ?)");
            take = connection.prepareStatement("DELETE FROM queues WHERE rowid = (SELECT rowid FROM queues"
                    + " WHERE queue = 'jobs' ORDER BY priority, time LIMIT 1) RETURNING job");
        }

        @Override
        public void put(String job, int priority) throws SQLException {
            insert.setDouble(1, priority);
            insert.setDouble(2, now());
            insert.setString(3, job);
            insert.executeUpdate();
        }

        @Override
        public boolean take(long limitMillis) throws SQLException {
            long end = System.nanoTime() + limitMillis * 1_000_000;
            while (!takeNow()) {
                if (System.nanoTime() >= end) {
                    return false;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            return true;
        }

        private boolean takeNow() throws SQLException {
            try (ResultSet taken = take.executeQuery()) {
                return taken.next() && !taken.getString(1).isEmpty();
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
