package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.CheckOptions;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.progress.Progress;
import coppice.api.search.Embedder;
import coppice.api.search.Embedding;
import coppice.api.search.EmbeddingId;
import coppice.api.search.Hit;
import coppice.api.structure.Document;
import coppice.api.structure.Documents;
import coppice.api.structure.DocumentsView;
import coppice.api.structure.Structured;
import coppice.testing.simulation.Wrecks.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The power goes, or the process is killed, in the midst of everything that a collection with text and vectors
/// does on the disk: documents are indexed and merged, segments are put together, indexes are kept among the
/// artefacts, vectors are made anew. Whatever is found afterwards answers as a look at all of its documents does,
/// and goes on.
///
/// Indexes that are kept have 256 KiB at least, so there are few documents of many words, in many dimensions.
/// `-Dcoppice.crash.looks=N` looks at more of what is left.
final class SearchCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_130L);
    private static final int DOCUMENTS = 16;
    private static final int WORDS = 2_500;
    private static final int DIMENSION = 5_000;
    private static final int TOPICS = 5;
    private static final long KEPT_BYTES_MIN = 256 << 10;
    private static final int LOOKS = Integer.getInteger("coppice.crash.looks", 5);
    private static final Duration UNTIL_KEPT = Duration.ofSeconds(3);

    record Page(String id, String text) {}

    private static Page page(int number, int version) {
        SplittableRandom random = new SplittableRandom(number * 1_000L + version);
        StringBuilder text = new StringBuilder("topic" + number % TOPICS + " version" + version);
        for (int i = 0; i < WORDS; i++) {
            text.append(' ').append(Long.toString(random.nextLong(1L << 40), Character.MAX_RADIX));
        }
        return new Page("p%02d".formatted(number), text.toString());
    }

    /// A vector that tells texts and versions of the function apart.
    private static float[] vector(String version, String text) {
        SplittableRandom random = new SplittableRandom((text + version).hashCode());
        float[] vector = new float[DIMENSION + version.length()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextDouble() - 0.5f;
        }
        return vector;
    }

    private static Documents<Page> by(Structured state, String version, Embedder embedder) {
        return state.collection("pages", Page.class)
                .embedWith(Embedding.<Page>of("chance", version, Page::text, embedder)
                        .inBatches(4));
    }

    private static Documents<Page> by(Structured state, String version) {
        return by(
                state,
                version,
                texts -> texts.stream().map(text -> vector(version, text)).toList());
    }

    private static Documents<Page> pages(Structured state) {
        return by(
                state,
                state.collection("pages", Page.class)
                        .embedding()
                        .map(EmbeddingId::version)
                        .orElse("1"));
    }

    private static Step step(String name, Consumer<Database> work) {
        return new Step(name, work);
    }

    private static void begin(Database db) {
        Documents<Page> pages = pages(db);
        pages.batched(all -> {
            for (int i = 0; i < DOCUMENTS; i++) {
                all.index(page(i, 0));
            }
        });
        db.commit("all of them");
        search(db);
    }

    private static Step index(int number, int version) {
        return step("index " + number, db -> pages(db).index(page(number, version)));
    }

    private static Step search() {
        return step("search", SearchCrashTest::search);
    }

    private static void search(Database db) {
        pages(db).match("topic1").hits();
        pages(db).search(page(1, 0).text()).approximate().hits();
    }

    private static Step commit() {
        return step("commit", db -> db.commit("more"));
    }

    /// Lets so much time pass that indexes are kept, and makes sure of it.
    private static Step keep(Wrecks wrecks) {
        Step pass = wrecks.pass(UNTIL_KEPT);
        return step("keep indexes", db -> {
            long before = db.stats().io().writtenBytes();
            pass.work().accept(db);
            assertThat(db.stats().io().writtenBytes() - before).isGreaterThan(KEPT_BYTES_MIN);
        });
    }

    private static Map<String, String> shown(Database db) {
        Map<String, String> all = new TreeMap<>();
        db.branches().forEach(branch -> {
            try (Stream<Document<Page>> pages = pages(db.branch(branch.name())).documents()) {
                pages.forEach(one -> all.put(
                        branch.name() + "/" + one.id(), one.value().text().substring(0, 40)));
            }
        });
        return all;
    }

    private static List<String> ids(List<Hit<Page>> hits) {
        return hits.stream().map(Hit::id).toList();
    }

    /// What a look at all documents finds.
    private static void requireRight(DocumentsView<Page> pages, String version) {
        List<Page> all = new ArrayList<>();
        try (Stream<Document<Page>> documents = pages.documents()) {
            documents.map(Document::value).forEach(all::add);
        }
        all.forEach(page -> assertThat(pages.vector(page.id())).hasValue(vector(version, page.text())));
        for (String word : List.of("topic0", "topic3", "version0", "version7", "none")) {
            assertThat(ids(pages.match(word).topK(DOCUMENTS + 9).hits()))
                    .containsExactlyInAnyOrderElementsOf(all.stream()
                            .filter(page -> page.text().contains(word + " "))
                            .map(Page::id)
                            .toList());
        }
        float[] wanted = vector(version, page(3, 0).text());
        List<String> nearest = all.stream()
                .sorted(Comparator.comparingDouble((Page page) -> -cosine(wanted, vector(version, page.text()))))
                .limit(5)
                .map(Page::id)
                .toList();
        assertThat(ids(pages.search(wanted).topK(5).hits())).isEqualTo(nearest);
        assertThat(ids(pages.search(wanted).topK(5).approximate().hits())).isEqualTo(nearest);
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double oneSquare = 0;
        double otherSquare = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            oneSquare += (double) one[i] * one[i];
            otherSquare += (double) other[i] * other[i];
        }
        return product / Math.sqrt(oneSquare * otherSquare);
    }

    private static void look(Database db, Map<String, String> before, Map<String, String> after) {
        assertThat(shown(db)).isIn(before, after);
        db.branches().forEach(branch -> {
            Documents<Page> pages = pages(db.branch(branch.name()));
            requireRight(pages, pages.embedding().orElseThrow().version());
        });
        assertThat(db.check(CheckOptions.defaults().thorough()).problems()).isEmpty();
        pages(db).index(page(2, 9));
        requireRight(pages(db), pages(db).embedding().orElseThrow().version());
    }

    /// More than eight changes of one document each, so that segments are put together while none is on the disk.
    @Test
    void answersAreThoseOfTheDocumentsThatAreThere() {
        Wrecks wrecks = new Wrecks(SEED, SearchCrashTest::shown, LOOKS);
        List<Step> steps = new ArrayList<>(List.of(keep(wrecks)));
        for (int i = 0; i < 9; i++) {
            steps.add(index(i, 7));
            steps.add(search());
        }
        steps.addAll(List.of(
                commit(),
                keep(wrecks),
                step("branch", db -> db.branch("other", db.head())),
                step("index on the branch", db -> pages(db.branch("other")).index(page(11, 7))),
                step("commit on the branch", db -> db.branch("other").commit("other")),
                step("drop", db -> pages(db).drop("p05")),
                commit(),
                step("merge", db -> db.merge("other", Merge.into("main"))),
                search(),
                keep(wrecks),
                Quarrel.care(),
                step(
                        "index many",
                        db -> pages(db).batched(all -> {
                            for (int i = 0; i < DOCUMENTS; i++) {
                                all.index(page(i, 8));
                            }
                        })),
                search(),
                commit(),
                keep(wrecks),
                Quarrel.care()));
        wrecks.everywhere(SearchCrashTest::begin, steps, SearchCrashTest::look);
    }

    @Test
    void vectorsThatAreMadeAnewAreThoseOfOneFunctionAndItGoesOn() {
        Wrecks wrecks = new Wrecks(SEED + 1, SearchCrashTest::shown, 3 * LOOKS);
        List<Step> steps = List.of(
                step(
                        "embed some anew",
                        db -> assertThatThrownBy(
                                        () -> by(db, "22", failingAfter(2)).reembed(Progress.none()))
                                .hasMessage("no connection")),
                commit(),
                index(4, 7),
                step("embed the others anew", db -> by(db, "22").reembed(Progress.none())),
                commit(),
                search(),
                keep(wrecks),
                Quarrel.care());
        wrecks.everywhere(SearchCrashTest::begin, steps, (db, before, after) -> {
            look(db, before, after);
            long staged = db.main().space("@staged/pages").count();
            List<String> embedded = new ArrayList<>();
            Embedder counting = texts -> {
                embedded.addAll(texts);
                return texts.stream().map(text -> vector("22", text)).toList();
            };
            boolean isOld = pages(db).embedding().orElseThrow().version().equals("1");
            by(db, "22", counting).reembed(Progress.none());
            requireRight(by(db, "22"), "22");
            assertThat(db.main().space("@staged/pages").count()).isZero();
            long kept = Math.max(0, staged - 1); // one of the rows says how they are compared
            assertThat(embedded).hasSizeBetween(0, isOld ? DOCUMENTS - (int) kept + 2 : 0);
        });
    }

    private static Embedder failingAfter(int calls) {
        int[] left = {calls};
        return texts -> {
            if (left[0]-- == 0) {
                throw new IllegalStateException("no connection");
            }
            return texts.stream().map(text -> vector("22", text)).toList();
        };
    }
}
