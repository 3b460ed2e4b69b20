package coppice.bench.people;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table in a database that speaks SQL, by JDBC: what is looked for has columns of its own beside the document.
final class SqlPeople implements PeopleStore {
    private static final int LOAD_BATCH = 1_000;
    private static final int LOAD_COMMIT = 100_000;

    private final Dialect dialect;
    private @Nullable Path directory;
    private @Nullable Connection connection;
    private @Nullable PreparedStatement upsert;
    private long cacheBytes;

    SqlPeople(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public String settings() {
        return dialect.settings();
    }

    @Override
    public void open(Path place, long cache) throws SQLException {
        directory = place;
        cacheBytes = cache;
        connection = connect();
        execute(dialect.table());
        commit();
        upsert = connection().prepareStatement(dialect.upsert());
    }

    private Connection connect() throws SQLException {
        if (directory == null) {
            throw new IllegalStateException("open the database first");
        }
        return dialect.connect(directory, cacheBytes);
    }

    private Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("open the database first");
        }
        return connection;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection().createStatement()) {
            statement.execute(sql);
        }
    }

    private void commit() throws SQLException {
        connection().commit();
        if (!dialect.sync().isEmpty()) {
            execute(dialect.sync());
        }
    }

    @Override
    public void load(Population population) throws SQLException {
        int count = 0;
        for (Iterator<Person> people = population.loaded().iterator(); people.hasNext(); ) {
            add(people.next());
            if (++count % LOAD_BATCH == 0) {
                upsert().executeBatch();
            }
            if (count % LOAD_COMMIT == 0 && !dialect.sync().isEmpty()) {
                connection().commit();
            }
        }
        upsert().executeBatch();
        commit();
    }

    private PreparedStatement upsert() {
        if (upsert == null) {
            throw new IllegalStateException("open the database first");
        }
        return upsert;
    }

    private void add(Person person) throws SQLException {
        PreparedStatement row = upsert();
        row.setLong(1, person.id());
        row.setString(2, person.email());
        row.setString(3, person.city());
        row.setInt(4, person.age());
        row.setLong(5, person.cents());
        row.setBytes(6, person.document());
        row.addBatch();
    }

    @Override
    public void build(Index index) throws SQLException {
        execute(
                switch (index) {
                    case CITY_AGE -> "CREATE INDEX by_city ON person(city, age)";
                    case EMAIL -> "CREATE INDEX by_email ON person(email)";
                    case CITY_TOTALS -> "CREATE INDEX cities ON person(city, cents)";
                });
        commit();
    }

    @Override
    public void put(List<Person> batch) throws SQLException {
        for (Person person : batch) {
            add(person);
        }
        upsert().executeBatch();
        commit();
    }

    @Override
    public PeopleReader reader(boolean isQuerying) throws SQLException {
        return new SqlReader(connect());
    }

    @Override
    public PeopleReader latest() throws SQLException {
        Connection other = connect();
        other.setAutoCommit(true);
        return new SqlReader(other);
    }

    @Override
    public void close() {
        if (connection != null) {
            shut(connection);
        }
    }

    static void shut(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("a connection does not close", e);
        }
    }
}
