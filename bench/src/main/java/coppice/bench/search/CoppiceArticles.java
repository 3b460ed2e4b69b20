package coppice.bench.search;

import coppice.api.Database;
import coppice.api.Options;
import coppice.api.search.Hit;
import coppice.api.search.TextSearch;
import coppice.api.structure.Documents;
import coppice.api.structure.IndexOptions;
import coppice.api.structure.Indexable;
import coppice.bench.peer.OwnDatabase;
import coppice.bench.search.Asked.Both;
import coppice.bench.search.Asked.Either;
import coppice.bench.search.Asked.Near;
import coppice.bench.search.Asked.Phrase;
import coppice.bench.search.Asked.Prefix;
import coppice.bench.search.Asked.Word;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Coppice, by its public interface: a collection of records, asked by texts as people type them.
public final class CoppiceArticles implements ArticleStore {
    /// The name of the collection.
    public static final String COLLECTION = "articles";

    private final OwnDatabase database = new OwnDatabase();

    @Override
    public String settings() {
        return "a collection of records; each search is parsed, and gives documents";
    }

    @Override
    public void open(Path directory, long cacheBytes) {
        database.open(directory, Options.defaults().withMemoryBytes(cacheBytes));
    }

    /// The open database.
    public Database database() {
        return database.get();
    }

    private Documents<Article> articles() {
        return database().collection(COLLECTION, Article.class);
    }

    /// The id of an article.
    static String id(int number) {
        return String.valueOf(10_000_000 + number);
    }

    @Override
    public void load(List<Article> all) {
        articles()
                .indexAll(
                        IntStream.range(0, all.size()).mapToObj(number -> Indexable.of(id(number), all.get(number))),
                        IndexOptions.atOnce());
    }

    @Override
    public void makeReady() {
        articles().match("anything").count();
    }

    @Override
    public void put(int number, Article article) {
        articles().index(id(number), article);
    }

    /// Replaces articles in one transaction.
    public void putAll(int[] numbers, IntFunction<Article> with) {
        articles().batched(step -> {
            for (int number : numbers) {
                step.index(id(number), with.apply(number));
            }
        });
    }

    @Override
    public Optional<Search> search(Asked asked) {
        return Optional.of(new Typed(articles(), typed(asked)));
    }

    /// As a person would type it.
    public static String typed(Asked asked) {
        return switch (asked) {
            case Word(String word) -> word;
            case Both(String one, String other) -> one + " AND " + other;
            case Either(String one, String other) -> one + " OR " + other;
            case Phrase(String one, String other) -> '"' + one + ' ' + other + '"';
            case Prefix(String letters) -> letters + '*';
            case Near(String word) -> word + '~' + Near.EDITS;
        };
    }

    @Override
    public void close() {
        database.close();
    }

    private record Typed(Documents<Article> articles, String text) implements Search {
        private TextSearch<Article> search() {
            return articles.match(text);
        }

        @Override
        public long count() {
            return search().count();
        }

        @Override
        public int numbers(int most) {
            return search().topK(most).hits().size();
        }

        @Override
        public int articles(int most, Consumer<Article> found) {
            List<Hit<Article>> hits = search().topK(most).hits();
            hits.forEach(hit -> found.accept(hit.document()));
            return hits.size();
        }

        @Override
        public void close() {}
    }
}
