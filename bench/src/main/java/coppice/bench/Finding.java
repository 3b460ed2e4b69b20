package coppice.bench;

import coppice.bench.search.ArticleStore;
import coppice.bench.search.Asked;
import java.util.Arrays;

/// Measures how long it takes from the beginning of an article's durable write until a search has found it.
final class Finding {
    private static final int ARTICLES = 500;

    private final Trial trial;
    private final Meter meter;

    Finding(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    void run() throws Exception {
        ArticleTrial articles = new ArticleTrial(trial).warmUp();
        int loaded = articles.articles().all().size();
        try (ArticleStore store = articles.open("store")) {
            store.load(articles.articles().all());
            store.makeReady();
            meter.settle();
            meter.start();
            double[] millis = new double[Math.min(ARTICLES, loaded)];
            for (int i = 0; i < millis.length; i++) {
                String title = "new" + i;
                var article = articles.articles().titled(title, loaded + i);
                long began = System.nanoTime();
                store.put(loaded + i, article);
                find(store, title);
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
            Arrays.sort(millis);
            meter.record(Metric.FIND, millis[millis.length / 2]);
            meter.record(Metric.FIND_99, millis[millis.length * 99 / 100]);
        }
    }

    private static void find(ArticleStore store, String title) throws Exception {
        try (ArticleStore.Search search = store.search(new Asked.Word(title)).orElseThrow()) {
            if (search.articles(ArticleTrial.WANTED, _ -> {}) != 1) {
                throw new IllegalStateException("what was written is not found by '" + title + "'");
            }
        }
    }
}
