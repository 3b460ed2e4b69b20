package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.api.progress.Progress;
import coppice.api.search.Embedder;
import coppice.api.search.Embedding;
import coppice.api.search.EmbeddingId;
import coppice.api.search.Hit;
import coppice.api.search.Similarity;
import coppice.api.structure.Documents;
import coppice.api.structure.DocumentsView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.IndexOptions;
import coppice.api.structure.Indexable;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Structured;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What holds where a function makes the vectors of documents.
abstract class EmbeddingsContract extends Contract {
    private static final List<String> WORDS = List.of("tree", "bread", "list", "sea", "wind", "stone", "ink", "horse");

    record Page(String id, String text, int size) {}

    /// Makes a vector of the words of a text, and remembers what it was asked for.
    private static final class Words implements Embedder {
        private final int dimension;
        private final List<List<String>> calls = new ArrayList<>();
        private Runnable meanwhile = () -> {};

        Words(int dimension) {
            this.dimension = dimension;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            calls.add(List.copyOf(texts));
            meanwhile.run();
            return texts.stream().map(this::vector).toList();
        }

        float[] vector(String text) {
            float[] vector = new float[dimension];
            vector[0] = 0.1f;
            for (String word : List.of(text.split(" ", -1))) {
                vector[Math.floorMod((word.hashCode() * 0x9e3779b9) >>> 8, dimension)] += 1;
            }
            return vector;
        }

        List<String> texts() {
            return calls.stream().flatMap(List::stream).toList();
        }
    }

    private final Words one = new Words(512);
    private final Words two = new Words(768);

    private static Embedding<Page> embedding(String version, Embedder embedder) {
        return Embedding.of("words", version, Page::text, embedder).inBatches(3);
    }

    private Documents<Page> first(Structured state) {
        return state.collection("pages", Page.class).embedWith(embedding("1", one));
    }

    private Documents<Page> second(Structured state) {
        return state.collection("pages", Page.class).embedWith(embedding("2", two));
    }

    private static Page page(String id, String text) {
        return new Page(id, text, 0);
    }

    private static List<String> found(DocumentsView<Page> pages, String text) {
        return pages.search(text).topK(1).hits().stream().map(Hit::id).toList();
    }

    private static void refused(String why, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DatabaseException.Incorrect.class).hasMessageContaining(why);
    }

    /// Does something on another thread, which nothing that is held here may keep from it.
    private static void elsewhere(Runnable what) {
        try {
            Thread.ofVirtual().start(what).join();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void textsAreEmbeddedAndSearchedFor() {
        Documents<Page> pages = first(db);
        assertThat(pages.embedding()).isEmpty();
        assertThat(pages.index(page("a", "tree stone"))).isEqualTo("a");
        pages.index("b", page("b", "bread sea"));
        pages.index(page("c", " "));
        pages.index(page("d", "horse"), one.vector("ink"));
        assertThat(one.texts()).containsExactly("tree stone", "bread sea");
        assertThat(pages.vector("a")).hasValue(one.vector("tree stone"));
        assertThat(pages.vector("c")).isEmpty();
        assertThat(pages.embedding()).hasValue(new EmbeddingId("words", "1"));
        assertThat(found(pages, "sea")).containsExactly("b");
        assertThat(found(pages, "ink")).containsExactly("d");
        assertThat(pages.search("sea tree")
                        .where("id <> 'b'")
                        .topK(1)
                        .hits()
                        .getFirst()
                        .id())
                .isEqualTo("a");
        assertThat(pages.search(one.vector("bread sea")).first().orElseThrow().id())
                .isEqualTo("b");
        pages.index(page("a", ""));
        assertThat(pages.vector("a")).isEmpty();
    }

    @Test
    void whatIsTheSameIsNotEmbeddedAgain() {
        Documents<Page> pages = first(db);
        pages.index(page("a", "tree"));
        pages.index(new Page("a", "tree", 7));
        assertThat(pages.get("a")).hasValue(new Page("a", "tree", 7));
        assertThat(one.texts()).containsExactly("tree");
        assertThat(pages.vector("a")).hasValue(one.vector("tree"));
        pages.index(page("a", "wind"));
        assertThat(one.texts()).containsExactly("tree", "wind");
        assertThat(found(pages, "wind")).containsExactly("a");
        pages.indexAll(
                Stream.of(Indexable.of(page("a", "wind")), Indexable.of(page("b", "sea"))), IndexOptions.atOnce());
        assertThat(one.texts()).containsExactly("tree", "wind", "wind", "sea");
    }

    @Test
    void anotherFunctionIsRefused() {
        first(db).index(page("a", "tree"));
        refused("were made by 'words 1', not by 'words 2'", () -> second(db).index(page("b", "sea")));
        refused("reembed()", () -> second(db).search("sea").hits());
        refused(
                "'other 1'",
                () -> db.collection("pages", Page.class)
                        .embedWith(Embedding.of("other", "1", Page::text, one))
                        .search("sea")
                        .hits());
        assertThat(two.calls).isEmpty();
        assertThat(db.collection("pages", Page.class).count()).isOne();
        assertThatThrownBy(() -> db.collection("pages", Page.class).search("sea"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("embedWith");
        assertThatThrownBy(() -> db.collection("pages", Page.class).reembed(Progress.none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("embedWith");
        refused("is blank", () -> first(db).search(" ").hits());
        assertThatThrownBy(() -> new EmbeddingId("", "1")).hasMessageContaining("name and a version");
        assertThatThrownBy(() -> embedding("1", one).inBatches(0)).hasMessageContaining("1 text or more");
    }

    @Test
    void whatAFunctionDoesWrongChangesNothing() {
        Documents<Page> pages = first(db);
        pages.index(page("a", "tree"));
        one.meanwhile = () -> {
            throw new IllegalStateException("no connection");
        };
        assertThatThrownBy(() -> pages.index(page("a", "sea"))).hasMessage("no connection");
        assertThatThrownBy(() -> pages.search("sea").hits()).hasMessage("no connection");
        Documents<Page> few = db.collection("pages", Page.class).embedWith(embedding("1", _ -> List.of()));
        refused("made 0 vectors of 1 texts", () -> few.index(page("a", "sea")));
        Documents<Page> wrong =
                db.collection("pages", Page.class).embedWith(embedding("1", _ -> List.of(new float[] {Float.NaN, 1})));
        refused("The vector of 'a'", () -> wrong.index(page("a", "sea")));
        refused("must have 512", () -> wrong.search("sea").hits());
        assertThat(pages.get("a")).hasValue(page("a", "tree"));
    }

    @Test
    void othersGoOnWhileAFunctionIsAtWork() {
        Documents<Page> others = db.collection("pages", Page.class);
        int[] count = {0};
        one.meanwhile = () -> elsewhere(() -> others.index(page("other" + count[0]++, "ink")));
        two.meanwhile = one.meanwhile;
        first(db).index(page("a", "tree"));
        first(db).indexAll(Stream.of(Indexable.of(page("b", "sea"))), IndexOptions.atOnce());
        first(db).search("sea").hits();
        second(db).reembed(Progress.none());
        assertThat(count[0]).isGreaterThan(3);
        assertThat(others.count()).isEqualTo(2 + count[0]);
        assertThat(found(second(db), "sea")).containsExactly("b");
    }

    @Test
    void manyAreEmbeddedInBatchesAndStay() {
        Documents<Page> pages = first(db);
        Stream<Indexable<Page>> ten = IntStream.range(0, 10).mapToObj(i -> Indexable.of(page("p" + i, "tree " + i)));
        one.meanwhile = () -> {
            if (one.calls.size() == 4) {
                throw new IllegalStateException("no connection");
            }
        };
        List<Long> told = new ArrayList<>();
        IndexOptions how = IndexOptions.inSteps(5).telling((_, _, done, _) -> told.add(done));
        assertThatThrownBy(() -> pages.indexAll(ten, how)).hasMessage("no connection");
        assertThat(one.calls).extracting(List::size).containsExactly(3, 2, 3, 2);
        assertThat(told).containsExactly(5L);
        assertThat(pages.count()).isEqualTo(5);
        assertThat(found(pages, "4")).containsExactly("p4");
        one.calls.clear();
        one.meanwhile = () -> {};
        pages.indexAll(
                IntStream.range(0, 10).mapToObj(i -> Indexable.of(page("p" + i, "tree " + i))), IndexOptions.atOnce());
        assertThat(one.texts()).containsExactly("tree 5", "tree 6", "tree 7", "tree 8", "tree 9");
    }

    @Test
    void batchesAndTransactionsEmbedAsTheyGo() {
        first(db).batched(own -> {
            own.index(page("a", "tree"));
            assertThat(found(own, "tree")).containsExactly("a");
        });
        db.main().run(tx -> first(tx).index(page("b", "sea")));
        assertThat(found(first(db), "sea")).containsExactly("b");
    }

    private void fill(Documents<Page> pages) {
        for (int i = 0; i < WORDS.size(); i++) {
            pages.index(page("p" + i, WORDS.get(i)));
        }
    }

    private void checkAll(Documents<Page> pages, Words words) {
        pages.documents()
                .forEach(each -> assertThat(pages.vector(each.id()))
                        .as(each.toString())
                        .hasValue(words.vector(each.value().text())));
        WORDS.stream()
                .filter(word ->
                        pages.documents().anyMatch(each -> each.value().text().equals(word)))
                .forEach(word -> assertThat(pages.search(word)
                                .first()
                                .orElseThrow()
                                .document()
                                .text())
                        .isEqualTo(word));
    }

    @Test
    void allAreEmbeddedAnewByAnotherVersion() {
        fill(first(db));
        db.commit("by the first");
        List<String> told = new ArrayList<>();
        List<Boolean> searched = new ArrayList<>();
        two.meanwhile = () -> searched.add(found(first(db), "sea").equals(List.of("p3")));
        long made = second(db)
                .reembed((stage, unit, done, total) -> told.add(stage + " " + done + " of " + total + " " + unit));
        assertThat(made).isEqualTo(WORDS.size());
        assertThat(two.calls).extracting(List::size).containsExactly(3, 3, 2);
        assertThat(searched).containsExactly(true, true, true);
        assertThat(told)
                .containsExactly(
                        "embed 8 of 8 documents",
                        "embed 8 of 8 documents",
                        "check 8 of 8 documents",
                        "check 8 of 8 documents");
        two.meanwhile = () -> {};
        checkAll(second(db), two);
        assertThat(second(db).embedding()).hasValue(new EmbeddingId("words", "2"));
        refused("'words 2', not by 'words 1'", () -> first(db).search("sea").hits());
        assertThat(found(db.at("main").collection("pages", Page.class).embedWith(embedding("1", one)), "sea"))
                .containsExactly("p3");
        assertThat(db.main().space("@staged/pages").count()).isZero();
        assertThat(second(db).reembed(Progress.none())).isZero();
    }

    @Test
    void whatEndedEarlyGoesOnFromThere() {
        fill(first(db));
        two.meanwhile = () -> {
            if (two.calls.size() == 3) {
                throw new IllegalStateException("no connection");
            }
        };
        assertThatThrownBy(() -> second(db).reembed(Progress.none())).hasMessage("no connection");
        reopenIfPossible();
        assertThat(found(first(db), "sea")).containsExactly("p3");
        first(db).index(page("p0", "stone"));
        first(db).drop("p1");
        two.calls.clear();
        two.meanwhile = () -> {};
        second(db).reembed(Progress.none());
        assertThat(two.texts()).containsExactlyInAnyOrder("stone", WORDS.get(6), WORDS.get(7));
        checkAll(second(db), two);
        assertThat(second(db).vector("p1")).isEmpty();
    }

    /// One that ended early leaves nothing to another.
    @Test
    void whatAnotherVersionLeftIsNotTaken() {
        fill(first(db));
        two.meanwhile = () -> {
            if (two.calls.size() == 3) {
                throw new IllegalStateException("no connection");
            }
        };
        assertThatThrownBy(() -> second(db).reembed(Progress.none())).hasMessage("no connection");
        Words three = new Words(256);
        Documents<Page> third = db.collection("pages", Page.class).embedWith(embedding("3", three));
        assertThat(third.reembed(Progress.none())).isEqualTo(WORDS.size());
        checkAll(third, three);
    }

    @Test
    void whatIsIndexedMeanwhileIsEmbeddedToo() {
        fill(first(db));
        two.meanwhile = () -> {
            if (two.calls.size() == 3) {
                elsewhere(() -> {
                    first(db).index(page("a0", "cloud"));
                    first(db).index(page("p2", "moon"));
                    first(db).drop("p3");
                });
            }
        };
        second(db).reembed(Progress.none());
        checkAll(second(db), two);
        assertThat(found(second(db), "moon")).containsExactly("p2");
    }

    @Test
    void documentsWithoutVectorsAndWithTheirOwnAreEmbedded() {
        Documents<Page> plain = db.collection("pages", Page.class).with(Similarity.EUCLIDEAN);
        plain.index(page("a", "tree"));
        plain.index(page("b", "sea"), new float[] {1, 2});
        plain.index(page("c", ""), new float[] {1, 2});
        assertThat(first(db).reembed(Progress.none())).isEqualTo(2);
        assertThat(first(db).vector("c")).isEmpty();
        assertThat(found(first(db), "sea")).containsExactly("b");
        assertThat(first(db).search("sea").explain().similarity()).isEqualTo(Similarity.EUCLIDEAN);
        plain.index(page("a", "wind"));
        assertThat(first(db).reembed(Progress.none())).isOne();
        assertThat(found(first(db), "wind")).containsExactly("a");
        plain.clear();
        second(db).index(page("a", "tree"));
        second(db).index(page("a", ""));
        assertThat(first(db).reembed(Progress.none())).isZero();
        first(db).index(page("a", "tree"));
    }

    @Test
    void aMergeOfTwoVersionsIsToldAndMended() {
        fill(first(db));
        db.commit("base");
        Structured branch = db.branch("other", db.head());
        second(branch).reembed(Progress.none());
        db.branch("other").commit("by the second");
        first(db).index(page("q", "cloud"));
        first(db).drop("p7");
        db.commit("by the first");
        db.merge("other", Merge.into("main"));
        refused(
                "cannot be compared with the rest",
                () -> second(db).search("sea").hits());
        two.calls.clear();
        assertThat(second(db).reembed(Progress.none())).isOne();
        assertThat(two.texts()).containsExactly("cloud");
        checkAll(second(db), two);
    }

    @Test
    void dumpsTellWhatMadeVectors() throws IOException {
        fill(first(db));
        first(db).index(page("z", "own"), one.vector("other"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        first(db).dump(out, DumpFormat.LINES);
        one.calls.clear();
        Documents<Page> copy = db.collection("copy", Page.class);
        copy.load(new ByteArrayInputStream(out.toByteArray()), DumpFormat.LINES, LoadMode.ADD);
        assertThat(copy.embedding()).hasValue(new EmbeddingId("words", "1"));
        fill(copy.embedWith(embedding("1", one)));
        assertThat(one.calls).isEmpty();
        assertThat(copy.vector("z")).hasValue(one.vector("other"));
        copy.embedWith(embedding("1", one))
                .load(
                        new ByteArrayInputStream(
                                "{\"id\":\"n\",\"value\":{\"id\":\"n\",\"text\":\"new\",\"size\":1}}".getBytes(UTF_8)),
                        DumpFormat.LINES,
                        LoadMode.ADD);
        assertThat(one.texts()).containsExactly("new");
        second(db).reembed(Progress.none());
        refused(
                "not by 'words 1'",
                () -> second(db).load(new ByteArrayInputStream(out.toByteArray()), DumpFormat.LINES, LoadMode.ADD));
    }

    @Test
    void theTwinDoesItInTheBackground() throws Exception {
        fill(first(db));
        assertThat(second(db).async().reembed(Progress.none()).get()).isEqualTo(WORDS.size());
        checkAll(second(db), two);
    }

    /// Whatever two branches did by whichever function: when it is all embedded anew, each document has its
    /// vector.
    @Test
    void anyHistoryIsMended() {
        SplittableRandom random = new SplittableRandom(31);
        db.commit("nothing");
        for (int round = 0; round < 8; round++) {
            Structured other = db.branch("b" + round, db.head());
            for (int i = 0; i < 12; i++) {
                change(random.nextBoolean() ? db : other, random);
            }
            db.collection("pages", Page.class).index(page("round", "ours " + round));
            other.collection("pages", Page.class).index(page("other" + round, "theirs"));
            db.commit("ours");
            db.branch("b" + round).commit("theirs");
            db.merge("b" + round, Merge.into("main").resolving(conflict -> new Resolver.Take(conflict.ours())));
            boolean isFirst = random.nextBoolean();
            Documents<Page> last = isFirst ? first(db) : second(db);
            last.reembed(Progress.none());
            checkAll(last, isFirst ? one : two);
            db.commit("mended");
        }
    }

    private void change(Structured state, SplittableRandom random) {
        Page page = page("p" + random.nextInt(9), WORDS.get(random.nextInt(WORDS.size())));
        Documents<Page> plain = state.collection("pages", Page.class);
        Optional<EmbeddingId> by = plain.embedding();
        boolean isFirst = random.nextBoolean();
        Documents<Page> some = isFirst ? first(state) : second(state);
        boolean isAllowed = by.isEmpty() || by.get().version().equals(isFirst ? "1" : "2");
        switch (random.nextInt(6)) {
            case 0 -> plain.drop(page.id());
            case 1 -> plain.index(page);
            case 2 -> some.reembed(Progress.none());
            default -> {
                if (isAllowed) {
                    some.index(page);
                }
            }
        }
    }
}
