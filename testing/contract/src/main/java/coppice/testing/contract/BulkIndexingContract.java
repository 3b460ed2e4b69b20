package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.schema.Field;
import coppice.api.schema.TypeDefinition;
import coppice.api.search.Hit;
import coppice.api.search.Similarity;
import coppice.api.structure.Document;
import coppice.api.structure.Documents;
import coppice.api.structure.IndexOptions;
import coppice.api.structure.Indexable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds where many documents are indexed at once.
abstract class BulkIndexingContract extends Contract {
    private static final int MANY = 3_000;

    record Note(String id, int number) {}

    private Documents<Note> notes;

    @BeforeEach
    void openACollection() {
        notes = db.collection("notes", Note.class);
    }

    private static Indexable<Note> note(String id, int number) {
        return Indexable.of(new Note(id, number));
    }

    private static Indexable<Note> found(String id, int number) {
        return note(id, number).withVector(new float[] {number, 1});
    }

    private static Stream<Indexable<Note>> many() {
        return IntStream.range(0, MANY).mapToObj(i -> found("n%05d".formatted(i), i));
    }

    private void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private List<String> nearest(int number) {
        return notes.search(new float[] {number, 1}).topK(1).hits().stream()
                .map(Hit::id)
                .toList();
    }

    @Test
    void allTakeEffectTogether() {
        List<Long> told = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        long count = notes.indexAll(
                many().peek(_ -> seen.add(notes.count())), IndexOptions.atOnce().telling((stage, unit, done, total) -> {
                    assertThat(List.of(stage, unit, total)).containsExactly("index", "documents", done);
                    told.add(done);
                }));
        assertThat(count).isEqualTo(MANY);
        assertThat(seen).hasSize(MANY).containsOnly(0L);
        assertThat(told).containsExactly(1_024L, 2_048L, (long) MANY);
        reopenIfPossible();
        openACollection();
        assertThat(notes.count()).isEqualTo(MANY);
        assertThat(notes.get("n00007")).hasValue(new Note("n00007", 7));
        assertThat(nearest(0)).containsExactly("n00000");
        assertThat(db.structures().find("notes").orElseThrow().kind().text()).isEqualTo("collection");
    }

    @Test
    void stepsStayThatWereDone() {
        List<Long> told = new ArrayList<>();
        Stream<Indexable<Note>> failing =
                Stream.concat(many().limit(250), Stream.of(found("late", 1).withVector(new float[] {1, 2, 3})));
        refused(
                ErrorCode.VALUE_MISFIT,
                () -> notes.indexAll(failing, IndexOptions.inSteps(100).telling((_, _, done, _) -> told.add(done))));
        assertThat(told).containsExactly(100L, 200L);
        assertThat(notes.count()).isEqualTo(200);
        assertThat(notes.indexAll(many(), IndexOptions.inSteps(1_000))).isEqualTo(MANY);
        assertThat(notes.count()).isEqualTo(MANY);
        assertThatThrownBy(() -> IndexOptions.inSteps(0)).hasMessageContaining("1 document or more");
    }

    /// In any order, with and without vectors, over what is there: the same as one by one.
    @Test
    void theSameIsThereAsAfterOneByOne() {
        SplittableRandom random = new SplittableRandom(5);
        Documents<Note> other = db.collection("other", Note.class);
        for (IndexOptions how : List.of(IndexOptions.atOnce(), IndexOptions.inSteps(7), IndexOptions.atOnce())) {
            List<Indexable<Note>> some = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String id = "n" + random.nextInt(100);
                int number = random.nextInt(1_000);
                some.add(random.nextBoolean() ? note(id, number) : found(id, number));
            }
            assertThat(notes.indexAll(some.stream(), how)).isEqualTo(200);
            some.forEach(one -> one.vector()
                    .ifPresentOrElse(vector -> other.index(one.document(), vector), () -> other.index(one.document())));
            assertThat(vectors(notes)).isEqualTo(vectors(other));
            assertThat(notes.documents())
                    .containsExactlyElementsOf(other.documents().toList());
        }
    }

    private static Map<String, List<Float>> vectors(Documents<Note> docs) {
        Map<String, List<Float>> all = new HashMap<>();
        docs.documents()
                .map(Document::id)
                .forEach(id -> docs.vector(id).ifPresent(vector -> all.put(id, List.of(vector[0], vector[1]))));
        return all;
    }

    @Test
    void idsNeedNotBePartsOfDocuments() {
        db.collection("maps").indexAll(Stream.of(Indexable.of("x", Map.of("a", 1))), IndexOptions.atOnce());
        assertThat(db.collection("maps").get("x")).isPresent();
        refused(
                ErrorCode.VALUE_MISFIT,
                () -> db.collection("none").indexAll(Stream.of(Indexable.of(Map.of("a", 1))), IndexOptions.atOnce()));
        assertThat(db.structures().find("none")).isEmpty();
    }

    @Test
    void nothingIsWrittenWhenOneIsRefused() {
        refused(
                ErrorCode.VALUE_MISFIT,
                () -> notes.indexAll(
                        Stream.of(found("a", 1), found("b", 1).withVector(new float[] {1})), IndexOptions.atOnce()));
        refused(
                ErrorCode.INVALID_KEY,
                () -> notes.indexAll(Stream.of(note("a", 1), note("", 1)), IndexOptions.atOnce()));
        assertThatThrownBy(() -> notes.indexAll(
                        many().peek(one -> {
                            if (one.document().number() == 2_000) {
                                throw new IllegalStateException("the source failed");
                            }
                        }),
                        IndexOptions.atOnce()))
                .hasMessage("the source failed");
        db.schema()
                .define(TypeDefinition.of(
                        "note", "notes", Field.integer("number").check("number < 2500")));
        refused(ErrorCode.TYPE_VIOLATED, () -> notes.indexAll(many(), IndexOptions.atOnce()));
        assertThat(notes.count()).isZero();
        assertThat(db.structures().find("notes")).isEmpty();
        db.dict("taken", Note.class).put("a", new Note("a", 1));
        Documents<Note> before = db.collection("later", Note.class);
        db.dict("later", Note.class).put("a", new Note("a", 1));
        refused(ErrorCode.OTHER_STRUCTURE, () -> before.indexAll(many(), IndexOptions.atOnce()));
    }

    @Test
    void uniqueIndexesHold() {
        db.projections().create("by_number", "FROM notes UNIQUE INDEX BY number");
        notes.index(new Note("a", 2_999));
        refused(ErrorCode.NOT_UNIQUE, () -> notes.indexAll(many(), IndexOptions.atOnce()));
        assertThat(notes.count()).isOne();
        notes.index(new Note("a", -1));
        notes.indexAll(many(), IndexOptions.atOnce());
        assertThat(notes.query().where("number = 2999").rows()).hasSize(1);
    }

    @Test
    void whatOthersWriteMeanwhileStaysUnlessItIsTheSame() {
        notes.indexAll(
                many().peek(one -> {
                    if (one.document().number() == 2_000) {
                        notes.index(new Note("other", 1), new float[] {-1, 0});
                        notes.index(new Note("n00001", 99), new float[] {5, 5});
                    }
                }),
                IndexOptions.atOnce());
        assertThat(notes.count()).isEqualTo(MANY + 1);
        assertThat(notes.get("n00001")).hasValue(new Note("n00001", 1));
        assertThat(notes.vector("n00001")).hasValue(new float[] {1, 1});
        assertThat(notes.vector("other")).isPresent();
    }

    /// Indexes many while something else happens to the collection.
    private long indexed(Runnable meanwhile) {
        return notes.indexAll(
                many().peek(one -> {
                    if (one.document().number() == 2_000) {
                        meanwhile.run();
                    }
                }),
                IndexOptions.atOnce());
    }

    @Test
    void whoIndexesTheFirstVectorDecidesForThoseAtWork() {
        refused(ErrorCode.VALUE_MISFIT, () -> indexed(() -> notes.index(new Note("first", 1), new float[] {1, 2, 3})));
        assertThat(notes.count()).isOne();
        assertThat(notes.search(new float[] {1, 2, 3}).hits()).hasSize(1);
        refused(ErrorCode.VALUE_MISFIT, () -> notes.indexAll(Stream.of(found("late", 1)), IndexOptions.atOnce()));
        notes.clear();
        refused(
                ErrorCode.VALUE_MISFIT,
                () -> indexed(() -> notes.with(Similarity.DOT).index(new Note("first", 1), new float[] {1, 2})));
        notes.clear();
        refused(
                ErrorCode.VALUE_MISFIT,
                () -> indexed(() -> assertThat(notes.indexAll(
                                Stream.of(note("b", 2).withVector(new float[] {1, 2, 3})), IndexOptions.atOnce()))
                        .isOne()));
        assertThat(notes.search(new float[] {1, 2, 3}).hits()).hasSize(1);
        notes.clear();
        assertThat(indexed(() -> notes.index(new Note("alike", 1), new float[] {-1, 0})))
                .isEqualTo(MANY);
        assertThat(nearest(5)).containsExactly("n00005");
        notes.drop("n00005");
        refused(ErrorCode.VALUE_MISFIT, () -> indexed(notes::clear));
        assertThat(notes.count()).isZero();
    }

    @Test
    void twinsDoTheSame() throws Exception {
        assertThat(notes.async().indexAll(many(), IndexOptions.atOnce()).get()).isEqualTo(MANY);
        assertThat(notes.count()).isEqualTo(MANY);
    }

    @Test
    void transactionsTakeThemAlong() {
        db.main().run(tx -> {
            tx.collection("notes", Note.class)
                    .indexAll(Stream.of(found("a", 1), found("b", 2), note("a", 3)), IndexOptions.atOnce());
            assertThat(tx.collection("notes", Note.class).count()).isEqualTo(2);
            assertThat(notes.count()).isZero();
        });
        assertThat(notes.get("a")).hasValue(new Note("a", 3));
        assertThat(notes.vector("a")).isEmpty();
        assertThat(notes.vector("b")).isPresent();
    }
}
