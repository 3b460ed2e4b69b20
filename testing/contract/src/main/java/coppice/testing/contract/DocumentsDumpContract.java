package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.api.progress.Progress;
import coppice.api.search.Embedding;
import coppice.api.search.EmbeddingId;
import coppice.api.search.Hit;
import coppice.api.search.Similarity;
import coppice.api.search.TextOptions;
import coppice.api.structure.Documents;
import coppice.api.structure.DocumentsView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Edge;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Structured;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Collections as text, and back.
abstract class DocumentsDumpContract extends Contract {
    private static final TextOptions TEXT = TextOptions.standard()
            .language("en")
            .member("title", 2.5)
            .member("body")
            .synonyms("car", "motor car")
            .parts(3, 4);

    record Page(String id, String title, Map<String, String> body) {}

    private final float[] made = {0.1f, -3e-7f};

    private Documents<Page> pages(String name) {
        return db.collection(name, Page.class);
    }

    private Embedding<Page> embedding(String version) {
        return Embedding.of(
                "two",
                version,
                Page::title,
                texts -> texts.stream().map(_ -> made).toList());
    }

    private static Page page(String id, String title) {
        return new Page(id, title, Map.of("text", "of " + title));
    }

    private static String dumped(DocumentsView<?> documents, DumpFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(documents.dump(out, format)).isEqualTo(documents.count());
        return out.toString(UTF_8);
    }

    private static long load(Documents<?> documents, String text, DumpFormat format, LoadMode mode) throws IOException {
        return documents.load(new ByteArrayInputStream(text.getBytes(UTF_8)), format, mode);
    }

    private static void refused(String why, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DatabaseException.Incorrect.class).hasMessageContaining(why);
    }

    /// A collection with all that one can have.
    private Documents<Page> full() {
        Documents<Page> full = pages("full").with(Similarity.EUCLIDEAN).embedWith(embedding("1"));
        full.configure(TEXT);
        full.index(page("a", "Cars"));
        full.index(page("b", "Given"), new float[] {3, 4});
        pages("full").index(page("c", "None"));
        full.connect(Edge.of("a", "cites", "b").withWeight(0.5).withData(Map.of("page", 7)));
        full.connect("b", "cites", "b");
        return full;
    }

    @Test
    void everythingComesBack() throws IOException {
        Documents<Page> full = full();
        for (DumpFormat format : DumpFormat.values()) {
            for (LoadMode mode : LoadMode.values()) {
                String text = dumped(full, format);
                Documents<Page> copy = pages("copy " + format + mode);
                copy.index(page("a", "Before"));
                assertThat(load(copy, text, format, mode)).isEqualTo(3);
                assertThat(copy.documents())
                        .containsExactlyElementsOf(full.documents().toList());
                assertThat(copy.vector("a")).hasValue(made);
                assertThat(copy.vector("b")).hasValue(new float[] {3, 4});
                assertThat(copy.vector("c")).isEmpty();
                assertThat(copy.edges().edges())
                        .containsExactlyElementsOf(full.edges().edges().toList());
                assertThat(copy.textOptions()).isEqualTo(TEXT);
                assertThat(copy.embedding()).hasValue(new EmbeddingId("two", "1"));
                assertThat(copy.search(made).explain().similarity()).isEqualTo(Similarity.EUCLIDEAN);
                assertThat(copy.match("motor cars").hits()).extracting(Hit::id).containsExactly("a");
                assertThat(dumped(copy, DumpFormat.LINES)).isEqualTo(dumped(full, DumpFormat.LINES));
            }
        }
    }

    @Test
    void whatIsSaidOfAllComesFirst() throws IOException {
        Documents<Object> docs = db.collection("docs");
        docs.index("a", Map.of("n", 1));
        assertThat(dumped(docs, DumpFormat.LINES)).isEqualTo("{\"id\":\"a\",\"value\":{\"n\":1}}\n");
        docs.configure(TextOptions.standard().language("de"));
        docs.index("a", Map.of("n", 1), new float[] {1, 2});
        assertThat(dumped(docs, DumpFormat.JSON)).isEqualTo("""
                {"name":"docs","kind":"collection","values":"json","count":1,"items":[\
                {"settings":{"vectors":{"dimension":2,"similarity":"COSINE"},"text":{"language":"de"}}},
                {"id":"a","value":{"n":1},"vector":[1.0,2.0]}]}
                """);
    }

    @Test
    void whatADumpDoesNotSayStays() throws IOException {
        Documents<Page> full = full();
        String plain = "{\"id\":\"z\",\"value\":{\"id\":\"z\",\"title\":\"Cars\",\"body\":{}},\"vector\":[1,2,3]}";
        assertThat(load(full, plain, DumpFormat.LINES, LoadMode.REPLACE)).isOne();
        assertThat(full.textOptions()).isEqualTo(TEXT);
        assertThat(full.search(new float[] {1, 2, 3}).explain().similarity()).isEqualTo(Similarity.EUCLIDEAN);
        assertThat(full.embedding()).isEmpty();
        Documents<Page> byCosine = pages("full").with(Similarity.COSINE);
        load(byCosine, plain, DumpFormat.LINES, LoadMode.REPLACE);
        assertThat(byCosine.search(new float[] {1, 2, 3}).explain().similarity())
                .isEqualTo(Similarity.COSINE);
        String german = "{\"settings\":{\"text\":{\"language\":\"de\"}}}";
        assertThat(load(full, german, DumpFormat.LINES, LoadMode.ADD)).isZero();
        assertThat(full.textOptions()).isEqualTo(TextOptions.standard().language("de"));
        assertThat(full.count()).isOne();
        full.clear();
        assertThat(full.textOptions()).isEqualTo(TextOptions.standard());
    }

    @Test
    void whoAsksForASimilarityHasIt() throws IOException {
        Documents<Page> byDot = pages("new").with(Similarity.DOT);
        String lines = dumped(full(), DumpFormat.LINES);
        for (LoadMode mode : LoadMode.values()) {
            load(byDot, lines, DumpFormat.LINES, mode);
            load(byDot, lines, DumpFormat.LINES, mode);
            assertThat(pages("new").search(made).explain().similarity()).isEqualTo(Similarity.DOT);
        }
    }

    @Test
    void whatCannotBeIsRefused() throws IOException {
        String lines = dumped(full(), DumpFormat.LINES);
        Documents<Page> other = pages("other");
        other.index(page("z", "By cosine"), new float[] {1, 2});
        refused(
                "are compared by EUCLIDEAN, those of 'other' by COSINE",
                () -> load(other, lines, DumpFormat.LINES, LoadMode.ADD));
        Map.of(
                        "null",
                        "that say nothing",
                        "1",
                        "that is no object",
                        "{\"vectors\":{\"dimension\":0,\"similarity\":\"DOT\"}}",
                        "'dimension' and 'similarity'",
                        "{\"vectors\":[]}",
                        "that is no object",
                        "{\"text\":{\"stemmer\":1}}",
                        "no option of text",
                        "{\"text\":{\"partsMin\":5,\"partsMax\":3}}",
                        "no option of text",
                        "{\"text\":{\"language\":\"xx\"}}",
                        "no language 'xx'")
                .forEach((settings, why) -> refused(
                        why, () -> load(other, "{\"settings\":" + settings + "}", DumpFormat.LINES, LoadMode.REPLACE)));
        assertThat(dumped(other, DumpFormat.LINES)).contains("By cosine");
    }

    /// What a function is to make is not held up by what goes.
    @Test
    void whatIsReplacedNeedNotBeOfTheSameFunction() throws IOException {
        Documents<Page> full = full();
        Documents<Page> second = pages("full").embedWith(embedding("2"));
        String plain = "{\"id\":\"z\",\"value\":{\"id\":\"z\",\"title\":\"Cars\",\"body\":{}}}";
        refused("not by 'two 2'", () -> load(second, plain, DumpFormat.LINES, LoadMode.ADD));
        load(second, plain, DumpFormat.LINES, LoadMode.REPLACE);
        assertThat(full.embedding()).hasValue(new EmbeddingId("two", "2"));
    }

    /// A vector of another function is not taken for one that was given.
    @Test
    void whatAMergeMixedStaysMixed() throws IOException {
        Documents<Page> full = full();
        db.commit("base");
        Structured branch = db.branch("other", db.head());
        branch.collection("full", Page.class).embedWith(embedding("2")).reembed(Progress.none());
        db.branch("other").commit("by the second");
        full.index(page("d", "By the first"));
        db.commit("by the first");
        db.merge("other", Merge.into("main").resolving(conflict -> new Resolver.Take(conflict.theirs())));
        Documents<Page> copy = pages("copy");
        load(copy, dumped(full, DumpFormat.LINES), DumpFormat.LINES, LoadMode.ADD);
        refused("cannot be compared with the rest", () -> copy.search(made).hits());
        assertThat(dumped(copy, DumpFormat.LINES)).isEqualTo(dumped(full, DumpFormat.LINES));
    }
}
