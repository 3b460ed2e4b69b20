package coppice.bench;

import coppice.bench.search.Article;
import coppice.bench.search.ArticleStore;
import coppice.bench.search.Articles;
import coppice.bench.search.Asked;
import coppice.bench.search.Asked.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// What all workloads on articles begin with: warm code, a store of a tenth as many articles as there are rows, and
/// searches.
final class ArticleTrial {
    static final int OF_RECORDS = 10;
    static final int WANTED = 10;

    private static final int WARM_ROUNDS = 3;
    private static final int WARM_ARTICLES = 10_000;
    private static final int WARM_SEARCHES = 20;
    private static final int WARM_PUTS = 50;
    private static final int SEARCHES = 16;

    private final Trial trial;
    private final Articles articles;

    ArticleTrial(Trial trial) {
        this.trial = trial;
        this.articles = new Articles(trial.rows() / OF_RECORDS);
    }

    Articles articles() {
        return articles;
    }

    /// Lets the JVM compile the store's paths on small stores that are thrown away.
    ArticleTrial warmUp() throws Exception {
        Articles few = new Articles(Math.min(WARM_ARTICLES, articles.all().size()));
        for (int round = 0; round < WARM_ROUNDS; round++) {
            try (ArticleStore store = open("warm-up")) {
                store.load(few.all());
                store.makeReady();
                for (Kind kind : Kind.values()) {
                    search(store, few, kind);
                }
                for (int i = 0; i < WARM_PUTS; i++) {
                    store.put(few.all().size() + i, few.titled("title" + i, i));
                    store.makeReady();
                }
            }
        }
        Directories.delete(trial.directory().resolve("warm-up"));
        return this;
    }

    private static void search(ArticleStore store, Articles few, Kind kind) throws Exception {
        for (ArticleStore.Search search : searches(store, few, kind)) {
            try (search) {
                for (int i = 0; i < WARM_SEARCHES; i++) {
                    search.numbers(WANTED);
                    search.articles(WANTED, _ -> {});
                }
            }
        }
    }

    /// A store that is empty.
    ArticleStore open(String name) throws Exception {
        ArticleStore store = ArticleStore.named(trial.peer());
        store.open(Directories.fresh(trial.directory(), name), trial.cacheBytes());
        return store;
    }

    /// Several searches of a kind, the same for each store; none when the store does not have such.
    static List<ArticleStore.Search> searches(ArticleStore store, Articles articles, Kind kind) throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        List<ArticleStore.Search> searches = new ArrayList<>();
        for (int i = 0; i < SEARCHES; i++) {
            store.search(kind.next(articles.vocabulary(), random)).ifPresent(searches::add);
        }
        return searches;
    }

    /// Compares what a search of each kind finds with what looking at all articles gives: so all stores find the same.
    ///
    /// @throws IllegalStateException when they differ
    void check(ArticleStore store) throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        for (Kind kind : Kind.values()) {
            Asked asked = kind.next(articles.vocabulary(), random);
            Optional<ArticleStore.Search> search = store.search(asked);
            if (search.isPresent()) {
                try (ArticleStore.Search found = search.get()) {
                    check(asked, found);
                }
            }
        }
    }

    private void check(Asked asked, ArticleStore.Search search) throws Exception {
        long expected = articles.count(asked);
        long count = search.count();
        List<Article> best = new ArrayList<>();
        search.articles(WANTED, best::add);
        if (count != expected
                || best.size() != Math.min(WANTED, expected)
                || !best.stream().allMatch(asked::isIn)) {
            throw new IllegalStateException(
                    asked + " found " + count + " articles in place of " + expected + ", the best of them " + best);
        }
    }
}
