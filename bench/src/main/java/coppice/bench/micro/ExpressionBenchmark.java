package coppice.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.expression.Evaluator;
import coppice.expression.Expression;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How long a filter of three comparisons takes for a document of some 190 bytes, here and in a scan of SQLite and
/// of H2 over the same documents in memory. About one in 24 is let through.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExpressionBenchmark {
    private static final int ROWS = 10_000;
    private static final byte[] KEY = "user:1".getBytes(UTF_8);

    private final List<byte[]> documents = new ArrayList<>();
    private final Evaluator evaluator =
            Evaluator.of(Expression.parse("role = 'admin' AND age BETWEEN 30 AND 50 AND address.city LIKE 'O%'"));
    private final List<AutoCloseable> open = new ArrayList<>();
    /// SQLite's and H2's.
    private final List<PreparedStatement> queries = new ArrayList<>();

    /// Fills the tables.
    @Setup
    public void prepare() throws SQLException {
        SplittableRandom random = new SplittableRandom(1);
        for (int row = 0; row < ROWS; row++) {
            documents.add(String.format(
                            Locale.ROOT,
                            "{\"id\":%d,\"name\":\"Person %d\",\"email\":\"person%d@example.org\",\"age\":%d,"
                                    + "\"role\":\"%s\",\"address\":{\"street\":\"Long Street %d\",\"city\":\"%s\"},"
                                    + "\"tags\":[\"a\",\"b\"]}",
                            row,
                            row,
                            row,
                            random.nextInt(18, 80),
                            random.nextInt(4) == 0 ? "admin" : "member",
                            random.nextInt(200),
                            random.nextInt(2) == 0 ? "Oslo" : "Bergen")
                    .getBytes(UTF_8));
        }
        prepare(
                "jdbc:sqlite::memory:",
                "TEXT",
                "SELECT count(*) FROM t WHERE json_extract(v, '$.role') = 'admin' "
                        + "AND json_extract(v, '$.age') BETWEEN 30 AND 50 "
                        + "AND json_extract(v, '$.address.city') LIKE 'O%'");
        prepare(
                "jdbc:h2:mem:",
                "JSON",
                "SELECT count(*) FROM t WHERE CAST((v).\"role\" AS VARCHAR) = '\"admin\"' "
                        + "AND CAST(CAST((v).\"age\" AS VARCHAR) AS INTEGER) BETWEEN 30 AND 50 "
                        + "AND CAST((v).\"address\".\"city\" AS VARCHAR) LIKE '\"O%'");
    }

    private void prepare(String url, String type, String query) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        open.add(connection);
        connection.setAutoCommit(false);
        try (Statement create = connection.createStatement()) {
            create.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, v " + type + ")");
        }
        String format = type.equals("JSON") ? "INSERT INTO t VALUES (?, ? FORMAT JSON)" : "INSERT INTO t VALUES (?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(format)) {
            for (int row = 0; row < ROWS; row++) {
                insert.setInt(1, row);
                insert.setString(2, new String(documents.get(row), UTF_8));
                insert.executeUpdate();
            }
        }
        connection.commit();
        PreparedStatement statement = connection.prepareStatement(query);
        if (count(statement) != evaluate()) {
            throw new IllegalStateException(url + " counts " + count(statement) + ", not " + evaluate());
        }
        queries.add(statement);
    }

    /// Closes the connections.
    @TearDown
    public void close() throws Exception {
        for (AutoCloseable connection : open) {
            connection.close();
        }
    }

    /// The evaluator over bytes.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int evaluate() {
        int count = 0;
        for (byte[] document : documents) {
            count += evaluator.holds(KEY, document) ? 1 : 0;
        }
        return count;
    }

    /// SQLite's `json_extract`, in a scan of a table.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int sqlite() throws SQLException {
        return count(queries.getFirst());
    }

    /// H2's fields of JSON, in a scan of a table.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int h2() throws SQLException {
        return count(queries.getLast());
    }

    private static int count(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }
}
