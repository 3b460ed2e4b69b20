package coppice.testing.contract;

import static coppice.testing.contract.Person.ANN;
import static coppice.testing.contract.Person.BOB;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.api.feed.FeedStart;
import coppice.api.schema.Field;
import coppice.api.schema.TypeDefinition;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Sequence;
import coppice.api.structure.SequenceChange;
import coppice.api.structure.SequenceView;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Values in an order of their own.
abstract class SequenceContract extends Contract {
    private Sequence<Person> people() {
        return db.list("people", Person.class);
    }

    private Sequence<String> texts() {
        return texts(db.main());
    }

    private static Sequence<String> texts(Branch branch) {
        return branch.list("texts", String.class);
    }

    private static <T> List<T> list(SequenceView<T> sequence) {
        try (Stream<T> all = sequence.values()) {
            return all.toList();
        }
    }

    @Test
    void whatIsPushedIsThereInItsOrder() {
        people().push(BOB);
        people().prepend(ANN);
        assertThat(list(people())).containsExactly(ANN, BOB);
        assertThat(people().get(0)).isEqualTo(ANN);
        assertThat(people().get(-1)).isEqualTo(BOB);
        assertThat(people().first()).contains(ANN);
        assertThat(people().last()).contains(BOB);
        assertThat(people().count()).isEqualTo(2);
        assertThat(rows(db.space("people"))).allMatch(row -> row.endsWith("}"));
        assertThat(db.query("people").where("age > 40").rows()).hasSize(1);
        reopenIfPossible();
        people().push(ANN);
        assertThat(list(people())).containsExactly(ANN, BOB, ANN);
    }

    @Test
    void isChangedByIndexFromBothEnds() {
        Sequence<String> texts = texts();
        texts.pushAll(List.of("a", "b", "c"));
        texts.insert(1, "x");
        texts.insert(-1, "y");
        texts.insert(5, "z");
        assertThat(list(texts)).containsExactly("a", "x", "b", "y", "c", "z");
        texts.set(0, "A");
        texts.set(-1, "Z");
        assertThat(texts.remove(1)).isEqualTo("x");
        assertThat(texts.remove(-2)).isEqualTo("c");
        assertThat(list(texts)).containsExactly("A", "b", "y", "Z");
        assertThat(texts.pop()).contains("Z");
        assertThat(texts.popFirst()).contains("A");
        texts.move(0, 1);
        assertThat(list(texts)).containsExactly("y", "b");
        texts.move(-1, 0);
        assertThat(list(texts)).containsExactly("b", "y");
        texts.move(1, 1);
        texts.clear();
        assertThat(texts.pop()).isEmpty();
        assertThat(texts.popFirst()).isEmpty();
        assertThat(texts.first()).isEmpty();
        assertThat(texts.last()).isEmpty();
        assertThat(db.structures().find("texts"))
                .map(StructureInfo::toString)
                .hasValueSatisfying(what -> assertThat(what).contains("list"));
    }

    @Test
    void slicesAndWalksBeginAnywhere() {
        Sequence<String> texts = texts();
        texts.pushAll(List.of("a", "b", "c", "d"));
        assertThat(texts.slice(1, 3)).containsExactly("b", "c");
        assertThat(texts.slice(-2, Long.MAX_VALUE)).containsExactly("c", "d");
        assertThat(texts.slice(0, -1)).containsExactly("a", "b", "c");
        assertThat(texts.slice(-9, 9)).containsExactly("a", "b", "c", "d");
        assertThat(texts.slice(3, 1)).isEmpty();
        assertThat(texts.slice(7, 9)).isEmpty();
        assertThat(texts.values(2)).containsExactly("c", "d");
        assertThat(texts.values(-1)).containsExactly("d");
        assertThat(texts.values(-9)).containsExactly("a", "b", "c", "d");
        assertThat(texts.values(4)).isEmpty();
        assertThat(texts.backward()).containsExactly("d", "c", "b", "a");
        assertThat(texts.backward(1)).containsExactly("b", "a");
        assertThat(texts.backward(-2)).containsExactly("c", "b", "a");
        assertThat(texts.backward(9)).containsExactly("d", "c", "b", "a");
        assertThat(texts.backward(-9)).isEmpty();
        assertThat(db.list("none").backward()).isEmpty();
        assertThat(db.list("none").values()).isEmpty();
        try (Stream<String> walk = texts.values()) {
            texts.clear();
            assertThat(walk).hasSize(4);
        }
    }

    @Test
    void findsValuesByTheirStoredForm() {
        Sequence<Object> any = db.list("any");
        any.pushAll(List.of(1, 1.0, "x", Map.of("a", 1)));
        any.push(List.of(new TreeMap<>(Map.of("a", 1, "b", Map.of("c", 1)))));
        assertThat(any.indexOf(1.0)).hasValue(1);
        assertThat(any.indexOf("y")).isEmpty();
        Map<String, Object> turned = new TreeMap<>(Comparator.reverseOrder());
        turned.putAll(Map.of("a", 1, "b", Map.of("c", 1)));
        assertThat(any.indexOf(List.of(turned))).hasValue(4);
        assertThat(any.contains(Map.of("a", 1))).isTrue();
        assertThat(any.contains(Map.of("a", 2))).isFalse();
    }

    @Test
    void whatIsNotThereIsRefusedWithWhatIsAndNothingIsWritten() {
        Sequence<String> texts = texts();
        texts.push("a");
        assertThatThrownBy(() -> texts.get(1))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContainingAll("index 1", "'texts'", "of 1");
        incorrect(ErrorCode.INDEX_OUT_OF_RANGE, () -> texts.get(-2));
        incorrect(ErrorCode.INDEX_OUT_OF_RANGE, () -> texts.set(1, "b"));
        incorrect(ErrorCode.INDEX_OUT_OF_RANGE, () -> texts.remove(-2));
        incorrect(ErrorCode.INDEX_OUT_OF_RANGE, () -> texts.insert(2, "b"));
        incorrect(ErrorCode.INDEX_OUT_OF_RANGE, () -> texts.insert(-2, "b"));
        incorrect(ErrorCode.INDEX_OUT_OF_RANGE, () -> texts.move(0, 1));
        incorrect(ErrorCode.INDEX_OUT_OF_RANGE, () -> texts.move(1, 0));
        incorrect(ErrorCode.INDEX_OUT_OF_RANGE, () -> db.list("none").get(0));
        incorrect(ErrorCode.VALUE_MISFIT, () -> db.list("any").push(Double.NaN));
        incorrect(ErrorCode.VALUE_MISFIT, () -> db.list("any").pushAll(List.of(1, "\uD83D")));
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> db.dict("texts", String.class));
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> db.list("texts", Integer.class));
        assertThatThrownBy(() -> texts.indexAt("zz")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> texts.indexAt("00")).isInstanceOf(IllegalArgumentException.class);
        assertThat(list(texts)).containsExactly("a");
        assertThat(db.list("any").count()).isZero();
        db.schema()
                .define(TypeDefinition.of(
                        "person", "people", Field.integer("age").check("age >= 18")));
        incorrect(ErrorCode.TYPE_VIOLATED, () -> people().push(new Person("Kid", 7)));
        assertThat(people().count()).isZero();
    }

    @Test
    void whatWasPutThereByOtherMeansIsReadAndNothingIsInsertedBesideIt() {
        db.space("texts").put("k", "\"a\"");
        db.space("texts").put("l", "[]");
        assertThat(texts().get(0)).isEqualTo("a");
        incorrect(ErrorCode.VALUE_MISFIT, () -> texts().get(1));
        incorrect(ErrorCode.INVALID_KEY, () -> texts().push("b"));
        db.space("texts").put("l", "null");
        incorrect(ErrorCode.VALUE_MISFIT, () -> texts().last());
        assertThat(db.structures().find("texts")).isEmpty();
    }

    @Test
    void takesPartInTransactionsAndSeesItsOwnChanges() {
        texts().push("a");
        db.transact(transaction -> {
            Sequence<String> texts = transaction.list("texts", String.class);
            texts.push("b");
            texts.insert(1, "x");
            assertThat(list(texts)).containsExactly("a", "x", "b");
            assertThat(texts.get(-1)).isEqualTo("b");
            assertThat(list(texts())).containsExactly("a");
            transaction.dict("log").put("1", texts.popFirst().orElseThrow());
            return true;
        });
        assertThat(list(texts())).containsExactly("x", "b");
        assertThatThrownBy(() -> texts().batched(batch -> {
                    batch.push("c");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(texts().count()).isEqualTo(2);
        List<Sequence<String>> kept = new ArrayList<>();
        texts().batched(batch -> {
            kept.add(batch);
            IntStream.range(0, 2_500).forEach(i -> batch.push("p" + i));
            assertThat(batch.get(2_501)).isEqualTo("p2499");
            batch.prepend("first");
            batch.push("last");
        });
        assertThat(texts().count()).isEqualTo(2_504);
        assertThat(texts().slice(0, 4)).containsExactly("first", "x", "b", "p0");
        assertThat(texts().last()).contains("last");
        incorrect(ErrorCode.TRANSACTION_ENDED, () -> kept.getFirst().push("late"));
    }

    @Test
    void transactionsThatPushBesideEachOtherDoNotConflict() {
        texts().push("a");
        try (var one = db.main().begin();
                var other = db.main().begin()) {
            one.list("texts", String.class).push("b");
            other.list("texts", String.class).push("c");
            other.list("texts", String.class).insert(1, "x");
            one.commit();
            other.commit();
        }
        assertThat(list(texts())).containsExactlyInAnyOrder("a", "b", "c", "x").startsWith("a");
    }

    @Test
    void travelsInTimeAndForks() {
        texts().pushAll(List.of("a", "b"));
        db.commit("first");
        Branch draft = db.branch("draft", db.head());
        texts(draft).set(0, "A");
        texts(draft).push("c");
        draft.commit("more");
        texts().prepend("0");
        db.commit("before");
        assertThat(db.merge("draft", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(list(texts())).containsExactly("0", "A", "b", "c");
        Snapshot then = db.at("HEAD~2");
        assertThat(then.list("texts", String.class).get(-1)).isEqualTo("b");
        assertThat(then.list("texts", String.class).slice(0, 9)).containsExactly("a", "b");
    }

    @Test
    void whatBothInsertAtTheSamePlaceStaysTogetherWhicheverSideMerges() {
        texts().pushAll(List.of("a", "b"));
        db.commit("base");
        for (long at : new long[] {0, 1, 2}) {
            Branch one = db.branch("one" + at, db.head());
            Branch other = db.branch("other" + at, db.head());
            for (int i = 0; i < 3; i++) {
                texts(one).insert(at + i, "one" + i);
                texts(other).insert(at + i, "other" + i);
            }
            one.commit("one");
            other.commit("other");
            Branch copy = db.branch("copy" + at, one.name());
            assertThat(db.merge(other.name(), Merge.into(one.name()))).isInstanceOf(MergeOutcome.Merged.class);
            assertThat(db.merge(copy.name(), Merge.into(other.name()))).isInstanceOf(MergeOutcome.Merged.class);
            List<String> merged = list(texts(one));
            assertThat(list(texts(other))).isEqualTo(merged);
            assertThat(merged).hasSize(8).containsSequence("one0", "one1", "one2");
            assertThat(merged).containsSequence("other0", "other1", "other2");
            assertThat(merged.subList((int) at, (int) at + 6)).allMatch(text -> text.startsWith("o"));
        }
    }

    @Test
    void popAndPushOnBothSidesAreNoConflict() {
        texts().pushAll(List.of("a", "b", "c"));
        db.commit("base");
        Branch draft = db.branch("draft", db.head());
        texts(draft).pop();
        texts(draft).push("draft");
        draft.commit("there");
        texts().pop();
        texts().push("main");
        db.commit("here");
        assertThat(db.merge("draft", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(list(texts())).hasSize(4).startsWith("a", "b").contains("draft", "main");
    }

    @Test
    void tellsWhatHappensByPlace() throws Exception {
        BlockingQueue<SequenceChange<String>> told = new LinkedBlockingQueue<>();
        Listening listening = texts().on(told::add);
        try (StructureFeed<SequenceChange<String>> feed = texts().watch(FeedStart.now())) {
            texts().pushAll(List.of("a", "b"));
            texts().set(1, "B");
            texts().remove(0);
            List<SequenceChange<String>> first = feed.next();
            assertThat(first).hasSize(2);
            String a = ((SequenceChange.Put<String>) first.get(0)).place();
            String b = ((SequenceChange.Put<String>) first.get(1)).place();
            assertThat(first)
                    .containsExactly(
                            new SequenceChange.Put<>(a, Optional.empty(), "a"),
                            new SequenceChange.Put<>(b, Optional.empty(), "b"));
            assertThat(a).isLessThan(b);
            assertThat(feed.next()).containsExactly(new SequenceChange.Put<>(b, Optional.of("b"), "B"));
            assertThat(feed.next()).containsExactly(new SequenceChange.Removed<>(a, "a"));
            assertThat(texts().indexAt(b)).isEqualTo(OptionalLong.of(0));
            assertThat(texts().indexAt(a)).isEmpty();
            assertThat(told.take()).isEqualTo(first.getFirst());
        }
        listening.close();
        db.transact(transaction -> {
            incorrect(
                    ErrorCode.NOT_IN_TRANSACTION,
                    () -> transaction.list("texts", String.class).watch(FeedStart.now()));
            return true;
        });
    }

    @Test
    void whatIsDumpedIsLoaded() throws IOException {
        people().pushAll(List.of(ANN, BOB, ANN));
        for (DumpFormat format : DumpFormat.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(people().dump(out, format)).isEqualTo(3);
            Sequence<Person> copy = db.list("copy" + format, Person.class);
            copy.push(BOB);
            assertThat(copy.load(new ByteArrayInputStream(out.toByteArray()), format, LoadMode.ADD))
                    .isEqualTo(3);
            assertThat(list(copy)).containsExactly(BOB, ANN, BOB, ANN);
            copy.load(new ByteArrayInputStream(out.toByteArray()), format, LoadMode.REPLACE);
            assertThat(list(copy)).containsExactly(ANN, BOB, ANN);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        texts().push("ä");
        texts().dump(out, DumpFormat.JSON);
        assertThat(out.toString(UTF_8))
                .isEqualTo("{\"name\":\"texts\",\"kind\":\"list\",\"values\":\"java.lang.String\",\"count\":1,"
                        + "\"items\":[{\"value\":\"ä\"}]}\n");
        assertThatThrownBy(() -> texts().load(
                                new ByteArrayInputStream(utf8("{\"value\":\"a\"}\n{\"value\":[]}\n")),
                                DumpFormat.LINES,
                                LoadMode.ADD))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining("item 2");
        assertThat(list(texts())).containsExactly("ä");
    }

    @Test
    void isRenamedAndDropped() {
        texts().push("a");
        db.structures().rename("texts", "words");
        assertThat(list(db.list("words", String.class))).containsExactly("a");
        assertThat(db.structures().drop("words")).isTrue();
        assertThat(db.list("words", Integer.class).count()).isZero();
    }

    @Test
    void keysStayShortWhereverIsInserted() {
        Sequence<Integer> numbers = db.list("numbers", Integer.class);
        List<Integer> model = new ArrayList<>();
        numbers.batched(batch -> {
            for (int i = 0; i < 3_000; i++) {
                batch.insert(i / 2, i);
                model.add(i / 2, i);
            }
        });
        assertThat(list(numbers)).isEqualTo(model);
        for (int i = 0; i < 300; i++) {
            numbers.insert(1_500, i);
            model.add(1_500, i);
        }
        assertThat(list(numbers)).isEqualTo(model);
        try (Stream<Entry> all = db.space("numbers").entries(Range.all())) {
            assertThat(all).allMatch(row -> row.key().length <= 256);
        }
    }

    @Test
    void hasATwinOfFutures() {
        texts().async().push("a").join();
        assertThat(texts().async().get(0).join()).isEqualTo("a");
    }
}
