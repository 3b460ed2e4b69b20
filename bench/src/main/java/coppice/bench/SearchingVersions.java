package coppice.bench;

import coppice.api.Database;
import coppice.api.structure.StructuredView;
import coppice.bench.search.Article;
import coppice.bench.search.Articles;
import coppice.bench.search.Asked.Kind;
import coppice.bench.search.Cloud;
import coppice.bench.search.CoppiceArticles;
import coppice.bench.search.CoppiceVectors;
import coppice.bench.search.CoppiceVectors.Place;
import coppice.bench.search.VectorStore.Way;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Measures the first search on a branch that was just made, and at a commit that differs in a thousand documents
/// from the nearest state that was searched.
final class SearchingVersions {
    private static final int DIMENSION = 384;
    private static final int BRANCHES = 21;
    private static final int COMMITS = 5;
    private static final int CHANGES = 1_000;
    private static final int SEARCHES_BEFORE = 200;

    private final Trial trial;
    private final Meter meter;

    SearchingVersions(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    /// A collection that is searched and changed.
    private interface Subject {
        /// Searches a state, and says how many documents it found.
        int search(StructuredView state);

        /// Changes documents in one step, to others than in another generation.
        void change(int[] numbers, int generation);
    }

    void run() throws Exception {
        byWords(new ArticleTrial(trial).warmUp().articles());
        int count = trial.rows() / ArticleTrial.OF_RECORDS;
        Cloud cloud = new VectorTrial(trial, count, DIMENSION)
                .warmUp(List.of(Way.FULL))
                .cloud();
        try (CoppiceVectors store = new CoppiceVectors()) {
            store.open(Directories.fresh(trial.directory(), "vectors"), trial.cacheBytes());
            store.load(cloud);
            byVectors(store, cloud, Way.FULL, Metric.FRESH_VECTORS, Metric.AWAY_VECTORS);
        }
    }

    private void byWords(Articles articles) throws Exception {
        String text = CoppiceArticles.typed(Kind.COMMON.next(articles.vocabulary(), new SplittableRandom(1)));
        try (CoppiceArticles store = new CoppiceArticles()) {
            store.open(Directories.fresh(trial.directory(), "articles"), trial.cacheBytes());
            store.load(articles.all());
            Subject subject = new Subject() {
                @Override
                public int search(StructuredView state) {
                    return state.collection(CoppiceArticles.COLLECTION, Article.class)
                            .match(text)
                            .hits()
                            .size();
                }

                @Override
                public void change(int[] numbers, int generation) {
                    store.putAll(numbers, number -> articles.titled("changed" + generation, number));
                }
            };
            Database database = store.database();
            int count = articles.all().size();
            onBranches(database, subject, Metric.FRESH_WORDS);
            atCommits(database, subject, count, Metric.AWAY_WORDS);
        }
    }

    /// In a store that has been loaded.
    ///
    /// @param fresh the metric of branches
    /// @param away the metric of commits
    void byVectors(CoppiceVectors store, Cloud cloud, Way way, Metric fresh, Metric away) throws Exception {
        float[] query = cloud.queries()[0];
        int count = cloud.vectors().length;
        Subject subject = new Subject() {
            @Override
            public int search(StructuredView state) {
                return CoppiceVectors.search(state.collection(CoppiceVectors.COLLECTION, Place.class), way, query)
                        .size();
            }

            @Override
            public void change(int[] numbers, int generation) {
                store.putAll(numbers, number -> cloud.vectors()[(number + generation + 1) % count]);
            }
        };
        onBranches(store.database(), subject, fresh);
        atCommits(store.database(), subject, count, away);
    }

    private void onBranches(Database database, Subject subject, Metric metric) throws Exception {
        database.commit("loaded");
        for (int i = 0; i < SEARCHES_BEFORE; i++) {
            subject.search(database);
        }
        meter.settle();
        meter.start();
        double[] before = new double[BRANCHES];
        double[] first = new double[BRANCHES];
        for (int i = 0; i < BRANCHES; i++) {
            StructuredView branch = database.branch(metric + "-" + i, database.head());
            before[i] = millis(subject, database);
            first[i] = millis(subject, branch);
        }
        meter.record(metric, median(first) - median(before));
    }

    private void atCommits(Database database, Subject subject, int count, Metric metric) throws Exception {
        int changes = Math.min(CHANGES, count / 4);
        int step = count / changes;
        double[] millis = new double[COMMITS];
        meter.settle();
        meter.start();
        for (int i = 0; i < COMMITS; i++) {
            for (int commit = 2 * i; commit < 2 * i + 2; commit++) {
                int offset = commit % step;
                int[] numbers = IntStream.range(0, changes)
                        .map(change -> change * step + offset)
                        .toArray();
                subject.change(numbers, commit);
                database.commit("changed " + commit);
            }
            subject.search(database);
            millis[i] = millis(subject, database.at("main~1"));
        }
        meter.record(metric, median(millis));
    }

    private static double millis(Subject subject, StructuredView state) {
        long began = System.nanoTime();
        int found = subject.search(state);
        double millis = (System.nanoTime() - began) / 1e6;
        if (found == 0) {
            throw new IllegalStateException("a search finds nothing");
        }
        return millis;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
