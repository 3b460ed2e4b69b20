package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.api.search.Facet;
import coppice.api.search.Hit;
import coppice.api.search.TextOptions;
import coppice.api.search.TextPlan;
import coppice.api.search.TextSearch;
import coppice.api.structure.Document;
import coppice.api.structure.Documents;
import coppice.api.structure.DocumentsView;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds for the search of text.
abstract class TextContract extends Contract {
    private static final int STEPS = 40;
    private static final int IDS = 60;
    private static final String[] WORDS = {
        "tree", "trees", "branch", "merge", "index", "database", "embedded", "a", "of", "log", "queue", "tries"
    };

    record Page(String id, String title, String body, List<String> tags, int year) {}

    Documents<Page> pages;

    @BeforeEach
    void openACollection() {
        pages = db.collection("pages", Page.class);
    }

    private static Page page(String id, String title, String body, String... tags) {
        return new Page(id, title, body, List.of(tags), 2000 + id.length());
    }

    private void fill() {
        pages.batched(some -> {
            some.index(page("sqlite", "SQLite", "An embedded database in one file.", "sql", "file"));
            some.index(page("trees", "Trees and tries", "How a tree of a database is balanced. Trees branch.", "tree"));
            some.index(page(
                    "merge", "Merging branches", "Three-way merges of trees, and their conflicts.", "tree", "git"));
            some.index(page("bread", "Baking bread", "Flour, water, salt. Crème fraîche on top.", "food"));
        });
    }

    private static List<String> ids(TextSearch<?> search) {
        return search.hits().stream().map(Hit::id).toList();
    }

    private static void refused(String why, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DatabaseException.Incorrect.class).hasMessageContaining(why);
    }

    /// Who is interrupted while an index is made is told so, and is interrupted still; nothing is left of it.
    @Test
    void whoIsInterruptedIsToldSo() {
        fill();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> pages.match("embedded").hits()).isInstanceOf(DatabaseException.Interrupted.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(ids(pages.match("embedded"))).containsExactly("sqlite");
        Thread.currentThread().interrupt();
        try {
            assertThat(ids(pages.match("embedded"))).containsExactly("sqlite");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void wordsFindDocuments() {
        fill();
        assertThat(ids(pages.match("embedded database"))).containsExactly("sqlite", "trees");
        assertThat(ids(pages.match("DATABASE"))).containsExactlyInAnyOrder("sqlite", "trees");
        assertThat(ids(pages.match("creme fraiche"))).containsExactly("bread");
        assertThat(ids(pages.match("git"))).containsExactly("merge");
        assertThat(ids(pages.match("nothing of that sort"))).containsExactlyInAnyOrder("trees", "merge");
        assertThat(ids(pages.match(""))).isEmpty();
        assertThat(ids(db.collection("none").match("tree"))).isEmpty();
        Hit<Page> best = pages.match("bread").first().orElseThrow();
        assertThat(best.document())
                .isEqualTo(page("bread", "Baking bread", "Flour, water, salt. Crème fraîche on top.", "food"));
        assertThat(best.score()).isPositive();
        assertThat(ids(pages.match("database").topK(1))).hasSize(1);
        assertThat(pages.match("database tree").topK(1).count()).isEqualTo(3);
    }

    @Test
    void signsSayMore() {
        fill();
        assertThat(ids(pages.match("\"one file\""))).containsExactly("sqlite");
        assertThat(ids(pages.match("\"file one\""))).isEmpty();
        assertThat(ids(pages.match("\"embedded file\"~3"))).containsExactly("sqlite");
        assertThat(ids(pages.match("branch*"))).containsExactly("merge", "trees");
        assertThat(ids(pages.match("databse~"))).containsExactlyInAnyOrder("sqlite", "trees");
        assertThat(ids(pages.match("+database -tree"))).containsExactly("sqlite");
        assertThat(ids(pages.match("database NOT tree"))).containsExactly("sqlite");
        assertThat(ids(pages.match("trees AND (database OR merges)"))).containsExactlyInAnyOrder("trees", "merge");
        assertThat(ids(pages.match("title:trees"))).containsExactly("trees");
        assertThat(ids(pages.match("tags:(tree git)"))).containsExactly("merge", "trees");
        assertThat(ids(pages.match("trees database").allWords())).containsExactly("trees");
        assertThat(ids(pages.match("-bread"))).containsExactly("merge", "sqlite", "trees");
        for (String odd : List.of(
                "((", ")", "\"", "+ -", "AND OR NOT", "a:b:c", "*", "~", "\"\"~9", "title:", "¬¡ \ud83c\udf33")) {
            assertThat(ids(pages.match(odd))).as(odd).hasSizeLessThan(5);
        }
    }

    @Test
    void mistakesAreForgiven() {
        fill();
        assertThat(ids(pages.match("embeded databse"))).isEmpty();
        assertThat(ids(pages.match("embeded databse").fuzziness(2))).containsExactly("sqlite", "trees");
        assertThat(pages.match("embeded databse").corrected()).hasValue("embedded database");
        assertThat(pages.match("embedded database").corrected()).isEmpty();
        assertThat(pages.suggest("how tr", 5)).containsExactly("tree", "trees", "tries");
        assertThat(pages.suggest("tr", 1)).containsExactly("tree");
        assertThat(pages.suggest("", 5)).isEmpty();
    }

    @Test
    void hitsSayWhere() {
        fill();
        assertThat(pages.match("trees").highlight().first().orElseThrow().highlights())
                .containsExactly(
                        Map.entry("id", "<b>trees</b>"),
                        Map.entry("title", "<b>Trees</b> and tries"),
                        Map.entry("body", "<b>Trees</b> branch."));
        assertThat(pages.match("embeded")
                        .fuzziness(1)
                        .highlight("[", "]")
                        .first()
                        .orElseThrow()
                        .highlights())
                .containsExactly(Map.entry("body", "An [embedded] database in one file."));
        assertThat(pages.match("trees").first().orElseThrow().highlights()).isEmpty();
    }

    @Test
    void conditionsArePartOfTheSearch() {
        fill();
        assertThat(ids(pages.match("database").where("year > ?", 2005))).containsExactly("sqlite");
        assertThat(ids(pages.match("database").where("year > 2005").where("title = 'x'")))
                .isEmpty();
        assertThat(pages.match("tree").where("tags CONTAINS 'git'").count()).isOne();
        TextPlan plan = pages.match("database").where("year > 2005").explain();
        assertThat(plan.isConditionFound()).isFalse();
        assertThat(plan.tested()).isEqualTo(2);
        assertThat(plan.documents()).isEqualTo(4);
        assertThat(plan.query()).isEqualTo("(database)");
        pages.batched(some -> {
            for (int i = 0; i < 200; i++) {
                some.index(page("more" + i, "a database", "x"));
            }
        });
        db.projections().create("by_year", "FROM pages INDEX BY year");
        TextSearch<Page> found = pages.match("database").where("year = 2006");
        assertThat(ids(found)).contains("sqlite").hasSize(10);
        pages.drop("sqlite");
        assertThat(ids(pages.match("bread").where("year = 2005"))).hasSize(1);
        assertThat(pages.match("bread")
                        .where("title = 'Baking bread' AND year = 2005")
                        .explain()
                        .tested())
                .isLessThanOrEqualTo(1);
    }

    @Test
    void facetsCountValues() {
        fill();
        assertThat(pages.match("trees tree bread").facets("tags", 2))
                .containsExactly(new Facet("tree", 2), new Facet("food", 1));
        assertThat(pages.match("database").facets("year", 9))
                .containsExactly(new Facet("2005", 1), new Facet("2006", 1));
        assertThat(pages.match("database").facets("none.such", 9)).isEmpty();
    }

    @Test
    void membersWeighAsIsSaid() {
        pages.index(page("one", "tree", "of words"));
        pages.index(page("two", "of words", "tree"));
        assertThat(ids(pages.match("tree").in("title", 3).in("body"))).containsExactly("one", "two");
        assertThat(ids(pages.match("tree").in("title").in("body", 3))).containsExactly("two", "one");
        assertThat(ids(pages.match("tree").in("title"))).containsExactly("one");
        pages.configure(TextOptions.standard().member("title", 3).member("body"));
        assertThat(ids(pages.match("tree"))).containsExactly("one", "two");
        assertThat(ids(pages.match("id:one"))).isEmpty();
        assertThat(ids(pages.match("tree").with(TextOptions.standard().member("body"))))
                .containsExactly("two");
    }

    @Test
    void optionsAreThoseOfTheBranch() {
        fill();
        assertThat(ids(pages.match("tree bake"))).containsExactlyInAnyOrder("trees", "merge");
        db.commit("as it is written");
        TextOptions english =
                TextOptions.standard().language("en").synonyms("loaf", "bread").synonyms("b tree", "file");
        pages.configure(english);
        assertThat(pages.textOptions()).isEqualTo(english);
        assertThat(ids(pages.match("bake"))).containsExactly("bread");
        assertThat(ids(pages.match("loaf"))).containsExactly("bread");
        assertThat(ids(pages.match("b tree"))).contains("sqlite", "trees", "merge");
        assertThat(pages.suggest("tr", 5)).containsExactly("tree", "trees", "tries");
        DocumentsView<Page> before = db.at("main").collection("pages", Page.class);
        assertThat(ids(before.match("bake"))).isEmpty();
        assertThat(ids(before.match("bake").with(english))).containsExactly("bread");
        pages.configure(TextOptions.standard().parts(3, 4));
        assertThat(ids(pages.match("tabas"))).containsExactlyInAnyOrder("sqlite", "trees");
        assertThat(ids(pages.match("rea"))).containsExactly("bread");
        refused("no language 'xx'", () -> pages.configure(TextOptions.standard().language("xx")));
    }

    @Test
    void wordsAndVectorsAreFusedByRank() {
        pages.index(page("a", "tree", ""), new float[] {1, 0});
        pages.index(page("b", "tree tree tree", ""), new float[] {0, 1});
        pages.index(page("c", "bread", ""), new float[] {0.9f, 0.1f});
        float[] query = {1, 0};
        assertThat(pages.hybrid("tree", query).hits()).extracting(Hit::id).containsExactly("a", "b", "c");
        assertThat(pages.hybrid("tree", query).weights(1, 0).topK(1).hits())
                .extracting(Hit::id)
                .containsExactly("b");
        assertThat(pages.hybrid("tree", query)
                        .where("title = 'bread'")
                        .first()
                        .orElseThrow()
                        .id())
                .isEqualTo("c");
        assertThat(pages.rerank(
                        List.of(pages.match("bread").hits(), pages.search(query).hits()), 1, 3))
                .extracting(Hit::id)
                .containsExactly("c", "a", "b");
        assertThatThrownBy(() -> pages.hybrid("tree", query).weights(0, 0)).hasMessageContaining("not both 0");
        assertThatThrownBy(() -> pages.rerank(List.of(), 1)).hasMessageContaining("0 lists and 1 weights");
    }

    @Test
    void transactionsSeeWhatTheyWrote() {
        fill();
        db.main().run(tx -> {
            Documents<Page> own = tx.collection("pages", Page.class);
            own.index(page("new", "A queue", "of bread"));
            own.drop("bread");
            assertThat(ids(own.match("bread"))).containsExactly("new");
            assertThat(ids(pages.match("bread"))).containsExactly("bread");
        });
        assertThat(ids(pages.match("bread"))).containsExactly("new");
    }

    @Test
    void whatCannotBeSaidIsRefused() {
        fill();
        refused("more than 10000", () -> pages.match("x".repeat(10_001)).hits());
        refused("501 words", () -> pages.match("x ".repeat(501)).hits());
        refused(
                "No document has text in 'titel'; there is text in body, id, tags, title",
                () -> pages.match("x").in("titel").hits());
        refused("expected a value", () -> pages.match("x").where("year > > 3"));
        assertThatThrownBy(() -> pages.match("x").fuzziness(3)).hasMessageContaining("0, 1 or 2");
        assertThatThrownBy(() -> pages.match("x").topK(0)).hasMessageContaining("At least 1");
        assertThatThrownBy(() -> pages.match("x").in("title", -1)).hasMessageContaining("greater than 0");
        pages.index(page("long", "x".repeat(100_000), "tree"));
        assertThat(ids(pages.match("id:long"))).containsExactly("long");
    }

    /// Any history of branches, versions and merges scores as if all documents had been indexed at once.
    @Test
    void scoresFollowFromTheDocumentsAlone() {
        SplittableRandom random = new SplittableRandom(5);
        db.commit("nothing");
        db.branch("b0", db.head());
        db.branch("b1", db.head());
        for (int step = 0; step < STEPS; step++) {
            String name = "b" + random.nextInt(2);
            Documents<Page> some = db.branch(name).collection("pages", Page.class);
            some.batched(batch -> change(batch, random));
            check(some, random, step);
            if (random.nextInt(3) == 0) {
                db.branch(name).commit("step " + step);
                check(db.at(name).collection("pages", Page.class), random, step);
            }
            if (random.nextInt(8) == 0) {
                db.branch("b0").commit("before");
                db.branch("b1").commit("before");
                db.merge("b0", Merge.into("b1").resolving(conflict -> new Resolver.Take(conflict.ours())));
                check(db.at("b1").collection("pages", Page.class), random, step);
                check(db.at("b1~1").collection("pages", Page.class), random, step);
            }
        }
    }

    private static void change(Documents<Page> some, SplittableRandom random) {
        for (int i = random.nextInt(12); i > 0; i--) {
            String id = "p" + random.nextInt(IDS);
            if (random.nextInt(4) == 0) {
                some.drop(id);
            } else {
                some.index(page(id, words(random, 3), words(random, 30)));
            }
        }
    }

    private static String words(SplittableRandom random, int most) {
        StringBuilder words = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            words.append(WORDS[Math.min(random.nextInt(WORDS.length), random.nextInt(WORDS.length))])
                    .append(' ');
        }
        return words.toString();
    }

    private void check(DocumentsView<Page> state, SplittableRandom random, int step) {
        Documents<Page> fresh = db.collection("fresh " + step + " " + random.nextLong(), Page.class);
        List<Document<Page>> all = state.documents().toList();
        fresh.batched(batch -> all.forEach(one -> batch.index(one.id(), one.value())));
        String text = words(random, 4) + (random.nextBoolean() ? "tre*" : "brunch~1");
        int most = 1 + random.nextInt(2 * IDS);
        assertThat(scores(state.match(text).topK(most)))
                .as(text)
                .isEqualTo(scores(fresh.match(text).topK(most)));
        fresh.clear();
    }

    private static List<String> scores(TextSearch<Page> search) {
        return search.hits().stream().map(hit -> hit.id() + " " + hit.score()).toList();
    }

    @Test
    void twinsDoTheSame() throws Exception {
        fill();
        assertThat(pages.async().suggest("tr", 1).get()).containsExactly("tree");
    }
}
