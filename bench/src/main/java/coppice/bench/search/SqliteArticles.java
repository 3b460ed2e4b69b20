package coppice.bench.search;

import coppice.bench.peer.SqliteFile;
import coppice.bench.search.Asked.Both;
import coppice.bench.search.Asked.Either;
import coppice.bench.search.Asked.Near;
import coppice.bench.search.Asked.Phrase;
import coppice.bench.search.Asked.Prefix;
import coppice.bench.search.Asked.Word;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/// A table of FTS5, which is part of SQLite.
final class SqliteArticles implements ArticleStore {
    private @Nullable Connection connection;

    @Override
    public String settings() {
        return "a table of FTS5 with its content; loaded in one transaction; WAL with synchronous=FULL";
    }

    @Override
    public void open(Path directory, long cacheBytes) throws SQLException {
        Path place = directory.resolve("articles.db");
        connection = new SqliteFile(place, cacheBytes, TransactionMode.IMMEDIATE, SynchronousMode.FULL).connect();
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE VIRTUAL TABLE IF NOT EXISTS articles USING fts5(title, body)");
        }
    }

    private Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("open the store first");
        }
        return connection;
    }

    @Override
    public void load(List<Article> articles) throws SQLException {
        connection().setAutoCommit(false);
        try (var insert = connection().prepareStatement("INSERT INTO articles(rowid, title, body) VALUES(?, ?, ?)")) {
            for (int number = 0; number < articles.size(); number++) {
                put(insert, number, articles.get(number));
            }
        }
        connection().commit();
        connection().setAutoCommit(true);
    }

    private static void put(PreparedStatement statement, int number, Article article) throws SQLException {
        statement.setInt(1, number);
        statement.setString(2, article.title());
        statement.setString(3, article.body());
        statement.executeUpdate();
    }

    @Override
    public void makeReady() {}

    @Override
    public void put(int number, Article article) throws SQLException {
        try (var replace =
                connection().prepareStatement("INSERT OR REPLACE INTO articles(rowid, title, body) VALUES(?, ?, ?)")) {
            put(replace, number, article);
        }
    }

    @Override
    public Optional<Search> search(Asked asked) throws SQLException {
        Optional<String> expression = expression(asked);
        return expression.isEmpty() ? Optional.empty() : Optional.of(new Prepared(connection(), expression.get()));
    }

    private static Optional<String> expression(Asked asked) {
        return switch (asked) {
            case Word(String word) -> Optional.of(word);
            case Both(String one, String other) -> Optional.of(one + " AND " + other);
            case Either(String one, String other) -> Optional.of(one + " OR " + other);
            case Phrase(String one, String other) -> Optional.of('"' + one + ' ' + other + '"');
            case Prefix(String letters) -> Optional.of(letters + '*');
            case Near _ -> Optional.empty();
        };
    }

    @Override
    public void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }

    private static final class Prepared implements Search {
        private static final String BEST = " FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?";

        private final String expression;
        private final PreparedStatement count;
        private final PreparedStatement numbers;
        private final PreparedStatement articles;

        Prepared(Connection connection, String expression) throws SQLException {
            this.expression = expression;
            count = connection.prepareStatement("SELECT count(*) FROM articles WHERE articles MATCH ?");
            numbers = connection.prepareStatement("SELECT rowid" + BEST);
            articles = connection.prepareStatement("SELECT title, body" + BEST);
        }

        private ResultSet best(PreparedStatement statement, int most) throws SQLException {
            statement.setString(1, expression);
            statement.setInt(2, most);
            return statement.executeQuery();
        }

        @Override
        public long count() throws SQLException {
            count.setString(1, expression);
            try (ResultSet found = count.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }

        @Override
        public int numbers(int most) throws SQLException {
            int size = 0;
            try (ResultSet found = best(numbers, most)) {
                for (; found.next(); size++) {
                    found.getInt(1);
                }
            }
            return size;
        }

        @Override
        public int articles(int most, Consumer<Article> taker) throws SQLException {
            int size = 0;
            try (ResultSet found = best(articles, most)) {
                for (; found.next(); size++) {
                    taker.accept(new Article(found.getString(1), found.getString(2)));
                }
            }
            return size;
        }

        @Override
        public void close() throws SQLException {
            count.close();
            numbers.close();
            articles.close();
        }
    }
}
