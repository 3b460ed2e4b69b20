package coppice.bench.people;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Reads the table of people by prepared statements.
final class SqlReader implements PeopleReader {
    private final Connection connection;
    private final PreparedStatement withEmail;
    private final PreparedStatement inCity;
    private final PreparedStatement idsInCity;
    private final PreparedStatement totals;

    SqlReader(Connection connection) throws SQLException {
        this.connection = connection;
        withEmail = connection.prepareStatement("SELECT document FROM person WHERE email = ?");
        inCity = connection.prepareStatement(
                "SELECT document FROM person WHERE city = ? AND age >= ? ORDER BY city, age LIMIT ?");
        idsInCity = connection.prepareStatement(
                "SELECT id FROM person WHERE city = ? AND age >= ? ORDER BY city, age LIMIT ?");
        totals = connection.prepareStatement("SELECT count(*), sum(cents) FROM person WHERE city = ? GROUP BY city");
    }

    @Override
    public int withEmail(String email, Consumer<byte[]> documents) throws SQLException {
        withEmail.setString(1, email);
        return give(withEmail, documents);
    }

    @Override
    public int inCity(String city, int age, int limit, Consumer<byte[]> documents) throws SQLException {
        range(inCity, city, age, limit);
        return give(inCity, documents);
    }

    private static void range(PreparedStatement statement, String city, int age, int limit) throws SQLException {
        statement.setString(1, city);
        statement.setInt(2, age);
        statement.setInt(3, limit);
    }

    private static int give(PreparedStatement statement, Consumer<byte[]> documents) throws SQLException {
        int count = 0;
        try (ResultSet found = statement.executeQuery()) {
            for (; found.next(); count++) {
                documents.accept(found.getBytes(1));
            }
        }
        return count;
    }

    @Override
    public int idsInCity(String city, int age, int limit, LongConsumer ids) throws SQLException {
        range(idsInCity, city, age, limit);
        int count = 0;
        try (ResultSet found = idsInCity.executeQuery()) {
            for (; found.next(); count++) {
                ids.accept(found.getLong(1));
            }
        }
        return count;
    }

    @Override
    public Totals totals(String city) throws SQLException {
        totals.setString(1, city);
        try (ResultSet found = totals.executeQuery()) {
            if (!found.next()) {
                throw new IllegalStateException("nobody lives in " + city);
            }
            return new Totals(found.getLong(1), found.getLong(2) / 100.0);
        }
    }

    @Override
    public void close() {
        SqlPeople.shut(connection);
    }
}
