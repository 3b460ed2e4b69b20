package coppice.bench;

import coppice.bench.search.ArticleStore;
import coppice.bench.search.Asked.Kind;
import java.util.List;

/// Measures how long it takes to load articles until they can be searched, and searches by words from one thread,
/// with everything in memory, where nobody writes.
final class Matching {
    private final Trial trial;
    private final Meter meter;
    private long letters;

    Matching(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    /// Carries out a search and says how many articles it found.
    private interface Look {
        int with(ArticleStore.Search search) throws Exception;
    }

    void run() throws Exception {
        ArticleTrial articles = new ArticleTrial(trial).warmUp();
        try (ArticleStore store = articles.open("store")) {
            load(store, articles);
            articles.check(store);
            meter.settle();
            for (Kind kind : Kind.values()) {
                List<ArticleStore.Search> searches = ArticleTrial.searches(store, articles.articles(), kind);
                if (!searches.isEmpty()) {
                    time(
                            whole(kind),
                            searches,
                            search -> search.articles(
                                    ArticleTrial.WANTED,
                                    article -> letters += article.body().length()));
                    time(alone(kind), searches, search -> search.numbers(ArticleTrial.WANTED));
                }
                for (ArticleStore.Search search : searches) {
                    search.close();
                }
            }
        }
    }

    private void load(ArticleStore store, ArticleTrial articles) throws Exception {
        int count = articles.articles().all().size();
        meter.settle();
        meter.start();
        long began = System.nanoTime();
        store.load(articles.articles().all());
        long loaded = System.nanoTime();
        store.makeReady();
        long ready = System.nanoTime();
        meter.record(Metric.TEXT_LOAD, count * 1e6 / (ready - began));
        meter.record(Metric.TEXT_LOAD_READY, (ready - loaded) / 1e6);
    }

    private static Metric whole(Kind kind) {
        return switch (kind) {
            case COMMON -> Metric.TEXT_COMMON;
            case RARE -> Metric.TEXT_RARE;
            case BOTH -> Metric.TEXT_BOTH;
            case EITHER -> Metric.TEXT_EITHER;
            case PHRASE -> Metric.TEXT_PHRASE;
            case PREFIX -> Metric.TEXT_PREFIX;
            case NEAR -> Metric.TEXT_NEAR;
        };
    }

    private static Metric alone(Kind kind) {
        return switch (kind) {
            case COMMON -> Metric.TEXT_COMMON_ALONE;
            case RARE -> Metric.TEXT_RARE_ALONE;
            case BOTH -> Metric.TEXT_BOTH_ALONE;
            case EITHER -> Metric.TEXT_EITHER_ALONE;
            case PHRASE -> Metric.TEXT_PHRASE_ALONE;
            case PREFIX -> Metric.TEXT_PREFIX_ALONE;
            case NEAR -> Metric.TEXT_NEAR_ALONE;
        };
    }

    private void time(Metric metric, List<ArticleStore.Search> searches, Look look) throws Exception {
        look(trial.seconds() / 2, searches, look);
        meter.start();
        meter.record(metric, look(trial.seconds(), searches, look));
    }

    /// Microseconds for each.
    private static double look(double seconds, List<ArticleStore.Search> searches, Look look) throws Exception {
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        long count = 0;
        long found = 0;
        long now = began;
        for (; now < end || count % searches.size() != 0; now = System.nanoTime()) {
            found += look.with(searches.get((int) (count++ % searches.size())));
        }
        if (found > ArticleTrial.WANTED * count) {
            throw new IllegalStateException(count + " searches found " + found + " articles");
        }
        return (now - began) / 1e3 / count;
    }
}
