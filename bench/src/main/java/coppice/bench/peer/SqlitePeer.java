package coppice.bench.peer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/// SQLite, by JDBC: a connection for each thread.
final class SqlitePeer implements Peer {
    private @Nullable SqliteFile file;
    private @Nullable Connection first;

    @Override
    public String settings() {
        return "table WITHOUT ROWID, memory map of 8 GiB; durable write: WAL with synchronous=FULL, BEGIN IMMEDIATE;"
                + " load: one transaction of prepared inserts";
    }

    @Override
    public void open(Path directory, Budget budget) throws SQLException {
        file = new SqliteFile(
                directory.resolve("sqlite.db"), budget.cacheBytes(), TransactionMode.DEFERRED, SynchronousMode.FULL);
        first = connect();
        try (var statement = first.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kv(k BLOB PRIMARY KEY, v BLOB) WITHOUT ROWID");
        }
    }

    private Connection connect() throws SQLException {
        if (file == null) {
            throw new IllegalStateException("open the store first");
        }
        return file.connect();
    }

    @Override
    public void load(long count) throws SQLException {
        try (var writer = new SqliteWriter(connect())) {
            writer.begin();
            for (long row = 0; row < count; row++) {
                writer.set(Rows.key(row), Rows.value(row, 0));
            }
            writer.commit();
        }
    }

    @Override
    public Reader reader() throws SQLException {
        return new SqliteReader(connect());
    }

    @Override
    public Writer writer() throws SQLException {
        return new SqliteWriter(connect());
    }

    @Override
    public void close() throws SQLException {
        if (first != null) {
            first.close();
        }
    }

    private static void shut(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("a connection does not close", e);
        }
    }

    private static final class SqliteReader implements Reader {
        private final Connection connection;
        private final PreparedStatement byKey;
        private final PreparedStatement fromKey;
        private final PreparedStatement all;

        SqliteReader(Connection connection) throws SQLException {
            this.connection = connection;
            byKey = connection.prepareStatement("SELECT v FROM kv WHERE k = ?");
            fromKey = connection.prepareStatement("SELECT v FROM kv WHERE k >= ? ORDER BY k LIMIT ?");
            all = connection.prepareStatement("SELECT v FROM kv ORDER BY k");
            try (var begin = connection.createStatement()) {
                begin.execute("BEGIN");
            }
        }

        @Override
        public int get(byte[] key, byte[] into) throws SQLException {
            byKey.setBytes(1, key);
            try (ResultSet found = byKey.executeQuery()) {
                return found.next() ? copy(found.getBytes(1), into) : -1;
            }
        }

        @Override
        public long scan() throws SQLException {
            long count = 0;
            long sum = 0;
            try (ResultSet found = all.executeQuery()) {
                while (found.next()) {
                    sum += found.getBytes(1)[0];
                    count++;
                }
            }
            return Sink.keep(sum, count);
        }

        @Override
        public int range(byte[] from, int rows, byte[] into) throws SQLException {
            fromKey.setBytes(1, from);
            fromKey.setInt(2, rows);
            int seen = 0;
            try (ResultSet found = fromKey.executeQuery()) {
                while (found.next()) {
                    copy(found.getBytes(1), into);
                    seen++;
                }
            }
            return seen;
        }

        private static int copy(byte[] value, byte[] into) {
            System.arraycopy(value, 0, into, 0, value.length);
            return value.length;
        }

        @Override
        public void close() {
            shut(connection);
        }
    }

    private static final class SqliteWriter implements Writer {
        private final Connection connection;
        private final PreparedStatement begin;
        private final PreparedStatement upsert;
        private final PreparedStatement commit;

        SqliteWriter(Connection connection) throws SQLException {
            this.connection = connection;
            begin = connection.prepareStatement("BEGIN IMMEDIATE");
            upsert = connection.prepareStatement("INSERT OR REPLACE INTO kv VALUES(?, ?)");
            commit = connection.prepareStatement("COMMIT");
        }

        void begin() throws SQLException {
            begin.execute();
        }

        void set(byte[] key, byte[] value) throws SQLException {
            upsert.setBytes(1, key);
            upsert.setBytes(2, value);
            upsert.executeUpdate();
        }

        void commit() throws SQLException {
            commit.execute();
        }

        @Override
        public void put(List<Entry> batch) throws SQLException {
            begin();
            for (Entry entry : batch) {
                set(entry.key(), entry.value());
            }
            commit();
        }

        @Override
        public void close() {
            shut(connection);
        }
    }
}
