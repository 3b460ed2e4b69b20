package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Resolver;
import coppice.api.feed.FeedStart;
import coppice.api.search.Hit;
import coppice.api.search.Recall;
import coppice.api.search.Scan;
import coppice.api.search.SearchPlan;
import coppice.api.search.Similarity;
import coppice.api.structure.Document;
import coppice.api.structure.DocumentChange;
import coppice.api.structure.Documents;
import coppice.api.structure.DocumentsView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Keys;
import coppice.api.structure.LoadMode;
import coppice.api.structure.StructureFeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds for collections of documents.
abstract class DocumentsContract extends Contract {
    private static final int DIMENSION = 5;
    private static final int WIDE = 500;
    private static final int STEPS = 60;
    private static final int IDS = 120;

    record Article(String id, String title, int year) {}

    Documents<Article> docs;

    @BeforeEach
    void openACollection() {
        docs = db.collection("articles", Article.class);
    }

    private static Article article(int number, int year) {
        return new Article("a" + number, "title " + number, year);
    }

    private static List<String> ids(List<Hit<Article>> hits) {
        return hits.stream().map(Hit::id).toList();
    }

    private static void refused(String why, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DatabaseException.Incorrect.class).hasMessageContaining(why);
    }

    @Test
    void documentsAreIndexedReadAndDropped() {
        assertThat(docs.index(article(2, 2020), new float[] {1, 0})).isEqualTo("a2");
        docs.index(article(1, 2019));
        docs.index("other", article(3, 2021), new float[] {0, 1});
        assertThat(docs.get("a1")).hasValue(article(1, 2019));
        assertThat(docs.getAll(List.of("other", "a9", "a2")))
                .containsExactly(Map.entry("other", article(3, 2021)), Map.entry("a2", article(2, 2020)));
        assertThat(docs.documents(Keys.all().reversed()))
                .containsExactly(
                        new Document<>("other", article(3, 2021)),
                        new Document<>("a2", article(2, 2020)),
                        new Document<>("a1", article(1, 2019)));
        assertThat(docs.vector("a2")).hasValue(new float[] {1, 0});
        assertThat(docs.vector("a1")).isEmpty();
        assertThat(docs.count()).isEqualTo(3);
        assertThat(docs.query().where("year > 2019").orderBy("year DESC").list())
                .extracting(row -> row.keyText())
                .containsExactly("other", "a2");
        docs.index(article(2, 2022));
        assertThat(docs.vector("a2")).isEmpty();
        assertThat(docs.drop("other")).isTrue();
        assertThat(docs.drop("other")).isFalse();
        assertThat(docs.contains("other")).isFalse();
        assertThat(docs.vector("other")).isEmpty();
        docs.clear();
        assertThat(docs.count()).isZero();
        docs.index(article(1, 1), new float[] {1, 2, 3}); // of another dimension now
        assertThat(db.structures().find("articles").orElseThrow().kind().text()).isEqualTo("collection");
    }

    @Test
    void searchesFindTheNearest() {
        docs.index(article(1, 2019), new float[] {1, 0});
        docs.index(article(2, 2020), new float[] {2, 2});
        docs.index(article(3, 2021), new float[] {0, -1});
        docs.index(article(4, 2022));
        List<Hit<Article>> hits = docs.search(new float[] {3, 0.1f}).hits();
        assertThat(ids(hits)).containsExactly("a1", "a2", "a3");
        assertThat(hits.getFirst().document()).isEqualTo(article(1, 2019));
        assertThat(hits.getFirst().score()).isCloseTo(0.99944, Offset.offset(1e-5));
        assertThat(ids(docs.search(new float[] {1, 0}).topK(1).hits())).containsExactly("a1");
        assertThat(ids(docs.search(new float[] {1, 0})
                        .where("year >= ?", 2020)
                        .where("title <> 'title 3'")
                        .hits()))
                .containsExactly("a2");
        assertThat(docs.search(new float[] {1, 0}).where("year = 2022").first()).isEmpty();
        assertThat(ids(db.collection("none", Article.class)
                        .search(new float[] {1})
                        .hits()))
                .isEmpty();
    }

    @Test
    void eachSimilarityHasItsOwnOrder() {
        float[] query = {1, 1};
        Map<Similarity, List<String>> expected = Map.of(
                Similarity.COSINE, List.of("a1", "a2", "a3"),
                Similarity.DOT, List.of("a2", "a1", "a3"),
                Similarity.EUCLIDEAN, List.of("a3", "a1", "a2"),
                Similarity.MANHATTAN, List.of("a3", "a1", "a2"));
        expected.forEach((similarity, order) -> {
            Documents<Article> some =
                    db.collection(similarity.name(), Article.class).with(similarity);
            some.index(article(1, 1), new float[] {3, 3});
            some.index(article(2, 1), new float[] {9, 0});
            some.index(article(3, 1), new float[] {1, -1});
            assertThat(ids(db.collection(similarity.name(), Article.class)
                            .search(query)
                            .hits()))
                    .as(similarity.name())
                    .isEqualTo(order);
        });
    }

    @Test
    void whatDoesNotFitIsRefusedAndChangesNothing() {
        docs.index(article(1, 1), new float[] {1, 0});
        refused("has 3 dimensions, and must have 2", () -> docs.index(article(2, 1), new float[] {1, 2, 3}));
        refused("nothing but zeros", () -> docs.index(article(2, 1), new float[] {0, 0}));
        refused("NaN", () -> docs.index(article(2, 1), new float[] {Float.NaN, 0}));
        refused("has 0 dimensions", () -> db.collection("empty").index("x", Map.of(), new float[0]));
        refused(
                "has 1 dimensions, and must have 2",
                () -> docs.search(new float[] {1}).hits());
        refused("nothing but zeros", () -> docs.search(new float[] {0, 0}).hits());
        refused(
                "compared by COSINE, not by DOT",
                () -> docs.with(Similarity.DOT).search(new float[] {1, 1}).hits());
        refused(
                "compared by COSINE, not by DOT",
                () -> docs.with(Similarity.DOT).index(article(2, 1), new float[] {1, 1}));
        refused("no member 'id' that is text", () -> db.collection("maps").index(Map.of("id", 7)));
        refused("1 to 4000 bytes, this one has 0", () -> docs.index("", article(2, 1)));
        refused("half a character", () -> docs.get("\ud800"));
        refused(
                "expected a value, found `>`",
                () -> docs.search(new float[] {1, 1}).where("year > > 3"));
        assertThatThrownBy(() -> docs.search(new float[] {1, 1}).topK(0)).hasMessageContaining("At least 1");
        refused("collection", () -> db.dict("articles", Article.class));
        assertThat(docs.count()).isOne();
        assertThat(db.structures().find("maps")).isEmpty();
    }

    @Test
    void conditionsThatAnIndexAnswersAreLookedUpFirst() {
        docs.batched(some -> {
            for (int i = 0; i < 1_000; i++) {
                some.index(article(i, i), new float[] {i, 1});
            }
        });
        float[] query = {1, 0};
        SearchPlan scanned = docs.search(query).where("year < 10").explain();
        assertThat(scanned.method()).isEqualTo(SearchPlan.Method.EXACT);
        assertThat(scanned.compared()).isEqualTo(1_000);
        assertThat(scanned.tested()).isGreaterThanOrEqualTo(10);
        List<String> found = ids(docs.search(query).where("year < 10").hits());
        db.projections().create("by_year", "FROM articles INDEX BY year");
        SearchPlan looked = docs.search(query).where("year < 10").explain();
        assertThat(looked.method()).isEqualTo(SearchPlan.Method.EXACT_OF_FOUND);
        assertThat(looked.compared()).isEqualTo(10);
        assertThat(looked.dimension()).isEqualTo(2);
        assertThat(looked.similarity()).isEqualTo(Similarity.COSINE);
        assertThat(ids(docs.search(query).where("year < 10").hits()))
                .isEqualTo(found)
                .hasSize(10);
        assertThat(docs.search(query).where("year >= 10").explain().method()).isEqualTo(SearchPlan.Method.EXACT);
    }

    @Test
    void vectorsAreLookedAtInTheFormThatIsSaid() {
        index(400);
        float[] query = docs.vector("a7").orElseThrow();
        assertThat(docs.search(query).explain().method()).isEqualTo(SearchPlan.Method.EXACT);
        List<String> all = ids(docs.search(query).scan(Scan.FLOAT).hits());
        List<String> some = ids(docs.search(query).where("year < 100").hits());
        for (Scan form : Scan.values()) {
            assertThat(ids(docs.search(query).scan(form).hits())).isEqualTo(all).hasSize(10);
            assertThat(ids(docs.search(query).where("year < 100").scan(form).hits()))
                    .isEqualTo(some)
                    .hasSize(10);
        }
        SearchPlan exact = docs.search(query).scan(Scan.INT8).explain();
        assertThat(exact.method()).isEqualTo(SearchPlan.Method.INT8);
        assertThat(exact.compared()).isEqualTo(400);
        assertThat(exact.reranked()).isBetween(10L, 399L);
        SearchPlan likely = docs.search(query).scan(Scan.BINARY).explain();
        assertThat(likely.method()).isEqualTo(SearchPlan.Method.BINARY);
        docs.drop("a7");
        assertThat(ids(docs.search(query).scan(Scan.INT8).hits())).doesNotContain("a7");
        assertThat(docs.search(query).scan(Scan.FLOAT).explain().reranked()).isZero();
    }

    private void index(int count) {
        SplittableRandom random = new SplittableRandom(3);
        docs.batched(some -> {
            for (int i = 0; i < count; i++) {
                float[] vector = new float[WIDE];
                for (int j = 0; j < WIDE; j++) {
                    vector[j] = (float) random.nextGaussian();
                }
                some.index(article(i, i), vector);
            }
        });
    }

    @Test
    void largeCollectionsAreLookedAtInAFormThatFindsTheSameSooner() {
        index(1_000_000 / WIDE + 1);
        float[] query = docs.vector("a7").orElseThrow();
        SearchPlan plan = docs.search(query).explain();
        assertThat(plan.method()).isEqualTo(SearchPlan.Method.INT8);
        assertThat(plan.reranked()).isLessThan(plan.compared() / 2);
        assertThat(ids(docs.search(query).hits()))
                .isEqualTo(ids(docs.search(query).scan(Scan.FLOAT).hits()));
    }

    @Test
    void recallIsMeasured() {
        assertThat(docs.vectors().recall(10)).isEqualTo(new Recall(0, 0, 0));
        index(400);
        assertThat(docs.vectors().recall(20)).isEqualTo(new Recall(20, 180, 180));
        Recall binary = docs.vectors().recall(1_000, search -> search.topK(5).scan(Scan.BINARY));
        assertThat(binary.searches()).isEqualTo(400);
        assertThat(binary.wanted()).isEqualTo(1_600);
        assertThat(binary.share()).isBetween(0.95, 1.0);
        Recall few = docs.vectors().recall(20, search -> search.where("year < 3"));
        assertThat(few.wanted()).isBetween(50L, 60L);
        assertThat(few.share()).isEqualTo(1);
        assertThatThrownBy(() -> docs.vectors().recall(0)).hasMessageContaining("At least 1");
    }

    @Test
    void transactionsSeeWhatTheyIndexed() {
        docs.index(article(1, 1), new float[] {1, 0});
        db.main().run(tx -> {
            Documents<Article> own = tx.collection("articles", Article.class);
            own.index(article(2, 1), new float[] {0.9f, 0.1f});
            own.drop("a1");
            assertThat(ids(own.search(new float[] {1, 0}).hits())).containsExactly("a2");
            assertThat(ids(docs.search(new float[] {1, 0}).hits())).containsExactly("a1");
        });
        assertThat(ids(docs.search(new float[] {1, 0}).hits())).containsExactly("a2");
        assertThatThrownBy(() -> docs.batched(own -> {
                    own.index(article(3, 1), new float[] {1, 0});
                    throw new IllegalStateException("never mind");
                }))
                .hasMessage("never mind");
        assertThat(docs.count()).isOne();
    }

    @Test
    void collectionsAreRenamedAndDroppedWithTheirVectors() {
        docs.index(article(1, 1), new float[] {1, 0});
        db.structures().rename("articles", "papers");
        Documents<Article> papers = db.collection("papers", Article.class);
        assertThat(ids(papers.search(new float[] {1, 0}).hits())).containsExactly("a1");
        db.structures().drop("papers");
        papers.index(article(1, 1), new float[] {1, 0, 0});
        assertThat(ids(papers.search(new float[] {1, 0, 0}).hits())).containsExactly("a1");
    }

    @Test
    void dumpsHoldEverything() throws IOException {
        docs.index(article(1, 1), new float[] {0.1f, -3e-7f});
        docs.index(article(2, 2));
        for (DumpFormat format : DumpFormat.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(docs.dump(out, format)).isEqualTo(2);
            Documents<Article> other = db.collection("of " + format, Article.class);
            other.index(article(9, 9));
            assertThat(other.load(new ByteArrayInputStream(out.toByteArray()), format, LoadMode.REPLACE))
                    .isEqualTo(2);
            assertThat(other.documents())
                    .containsExactlyElementsOf(docs.documents().toList());
            assertThat(other.vector("a1")).hasValue(new float[] {0.1f, -3e-7f});
            assertThat(other.vector("a2")).isEmpty();
        }
        String bad = "{\"id\":\"x\",\"value\":{\"id\":\"x\",\"title\":\"t\",\"year\":1},\"vector\":[1,\"2\"]}";
        refused(
                "no array of numbers",
                () -> docs.load(new ByteArrayInputStream(bad.getBytes(UTF_8)), DumpFormat.LINES, LoadMode.ADD));
        assertThat(docs.count()).isEqualTo(2);
    }

    @Test
    void feedsTellOfDocuments() {
        try (StructureFeed<DocumentChange<Article>> feed = docs.watch(FeedStart.now())) {
            docs.index(article(1, 1), new float[] {1, 0});
            docs.index(article(1, 2));
            docs.drop("a1");
            List<DocumentChange<Article>> told = new ArrayList<>();
            while (told.size() < 3) {
                told.addAll(feed.next());
            }
            assertThat(told)
                    .containsExactly(
                            new DocumentChange.Indexed<>("a1", Optional.empty(), article(1, 1)),
                            new DocumentChange.Indexed<>("a1", Optional.of(article(1, 1)), article(1, 2)),
                            new DocumentChange.Dropped<>("a1", article(1, 2)));
        }
    }

    @Test
    void vectorsOfMergesAreThoseOfBothSides() {
        docs.index(article(1, 1), new float[] {1, 0});
        docs.index(article(2, 1), new float[] {0, 1});
        db.commit("base");
        Documents<Article> other = db.branch("other", db.head()).collection("articles", Article.class);
        other.index(article(3, 1), new float[] {1, 1});
        other.index(article(2, 1), new float[] {0, 5});
        other.drop("a1");
        db.branch("other").commit("theirs");
        docs.index(article(4, 1), new float[] {-1, 0});
        docs.index(article(2, 1), new float[] {0, 7});
        db.commit("ours");
        assertThat(db.merge("other", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(ids(docs.search(new float[] {1, 0}).hits())).containsExactly("a3", "a2", "a4");
        assertThat(docs.vector("a2").orElseThrow()).isIn(new float[] {0, 7}, new float[] {0, 5});
        assertThat(ids(db.at("main~1")
                        .collection("articles", Article.class)
                        .search(new float[] {1, 0})
                        .hits()))
                .containsExactly("a1", "a2", "a4");
    }

    @Test
    void mergesOfCollectionsThatDifferInDimensionAreTold() {
        db.commit("nothing");
        db.branch("other", db.head()).collection("articles", Article.class).index(article(1, 1), new float[] {1, 2, 3});
        db.branch("other").commit("theirs");
        docs.index(article(2, 1), new float[] {1, 0});
        db.commit("ours");
        db.merge("other", Merge.into("main"));
        assertThatThrownBy(() -> docs.search(new float[] {1, 1}).hits())
                .hasMessageContaining("cannot be compared with the rest");
    }

    /// Any history of branches, versions and merges gives what a look at all documents does.
    @Test
    void searchesOfAnyStateFindWhatANaiveSearchDoes() {
        SplittableRandom random = new SplittableRandom(11);
        db.commit("nothing");
        db.branch("b0", db.head());
        db.branch("b1", db.head());
        for (int step = 0; step < STEPS; step++) {
            String name = "b" + random.nextInt(2);
            Documents<Article> some = db.branch(name).collection("articles", Article.class);
            some.batched(batch -> change(batch, random));
            check(some, random);
            if (random.nextInt(3) == 0) {
                db.branch(name).commit("step " + step);
                check(db.at(name).collection("articles", Article.class), random);
            }
            if (random.nextInt(10) == 0) {
                db.branch("b0").commit("before");
                db.branch("b1").commit("before");
                db.merge("b0", Merge.into("b1").resolving(conflict -> new Resolver.Take(conflict.ours())));
                check(db.at("b1").collection("articles", Article.class), random);
                check(db.at("b1~1").collection("articles", Article.class), random);
            }
        }
    }

    private static void change(Documents<Article> docs, SplittableRandom random) {
        for (int i = random.nextInt(30); i > 0; i--) {
            Article one = article(random.nextInt(IDS), random.nextInt(4));
            switch (random.nextInt(4)) {
                case 0 -> docs.drop(one.id());
                case 1 -> docs.index(one);
                default -> docs.index(one, vector(random));
            }
        }
    }

    private static float[] vector(SplittableRandom random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = random.nextInt(-9, 10);
        }
        vector[0] = 1;
        return vector;
    }

    private static void check(DocumentsView<Article> docs, SplittableRandom random) {
        float[] query = vector(random);
        int most = 1 + random.nextInt(20);
        boolean isFiltered = random.nextBoolean();
        Predicate<Article> which = one -> !isFiltered || one.year() == 2;
        List<String> expected = docs.documents()
                .filter(one -> which.test(one.value()) && docs.vector(one.id()).isPresent())
                .sorted(Comparator.<Document<Article>>comparingDouble(
                                one -> -cosine(query, docs.vector(one.id()).orElseThrow()))
                        .thenComparing(Document::id))
                .limit(most)
                .map(Document::id)
                .toList();
        var search = docs.search(query).topK(most);
        Scan form = random.nextBoolean() ? Scan.INT8 : Scan.FLOAT;
        assertThat(ids((isFiltered ? search.where("year = 2") : search)
                        .scan(form)
                        .hits()))
                .isEqualTo(expected);
    }

    /// To as many digits as single precision has, so that what is equally near is so here.
    private static double cosine(float[] one, float[] other) {
        double dot = 0;
        double oneSquare = 0;
        double otherSquare = 0;
        for (int i = 0; i < one.length; i++) {
            dot += one[i] * other[i];
            oneSquare += one[i] * one[i];
            otherSquare += other[i] * other[i];
        }
        return (float) dot * ((float) (1 / Math.sqrt(otherSquare)) * (float) (1 / Math.sqrt(oneSquare)));
    }

    @Test
    void twinsDoTheSame() throws Exception {
        docs.async().index(article(1, 1), new float[] {1, 0}).get();
        assertThat(docs.async().get("a1").get()).hasValue(article(1, 1));
        docs.index(article(2, 2), new float[] {0, 1});
        var search = docs.async().search(new float[] {0, 1}).where("year > 0").topK(1);
        assertThat(ids(search.async().hits().get())).containsExactly("a2");
        assertThat(search.async().first().get()).map(Hit::id).hasValue("a2");
        assertThat(search.async().explain().get().compared()).isEqualTo(2);
        assertThat(search.async().topK(2).hits()).hasSize(2);
        assertThatThrownBy(() -> docs.search(new float[] {1}).async().hits().get())
                .hasCauseInstanceOf(DatabaseException.Incorrect.class);
    }
}
