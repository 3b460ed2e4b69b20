package coppice.bench.search;

import coppice.bench.peer.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A store of articles under measurement that finds them by their words. One instance is one opened store, as with
/// [coppice.bench.peer.Peer]; what it writes is durable when it returns. For one thread.
public interface ArticleStore extends AutoCloseable {
    /// The names of those there are, in the order of the report.
    List<String> NAMES = List.of(Peers.COPPICE, Peers.LUCENE, Peers.SQLITE);

    /// A store that is not open yet.
    static ArticleStore named(String name) {
        return switch (name) {
            case Peers.COPPICE -> new CoppiceArticles();
            case Peers.LUCENE -> new LuceneArticles();
            case Peers.SQLITE -> new SqliteArticles();
            default -> throw new IllegalArgumentException("no store of articles is named " + name + ", only " + NAMES);
        };
    }

    /// How it is set up, in one line for the report.
    String settings();

    /// Opens the store in a directory that exists, and creates it when that is empty.
    void open(Path directory, long cacheBytes) throws Exception;

    /// Loads articles into an empty store by the fastest way it has that leaves them durable at the end.
    void load(List<Article> articles) throws Exception;

    /// Brings what is searched up to what was loaded, as the first search would.
    void makeReady() throws Exception;

    /// Inserts or replaces an article in a transaction of its own. The search that follows finds it.
    void put(int number, Article article) throws Exception;

    /// A search that can be carried out again and again; nothing when the store does not have such.
    Optional<Search> search(Asked asked) throws Exception;

    @Override
    void close() throws IOException, SQLException;

    /// A search for the best articles.
    interface Search extends AutoCloseable {
        /// How many articles there are.
        long count() throws Exception;

        /// Finds the best ones, and says how many. Where the store knows a number for each that takes less to find
        /// out than the article, that is all it finds.
        int numbers(int most) throws Exception;

        /// Gives the best ones, and says how many.
        int articles(int most, Consumer<Article> articles) throws Exception;

        @Override
        void close() throws SQLException;
    }
}
