package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.api.feed.FeedStart;
import coppice.api.structure.Counter;
import coppice.api.structure.CounterChange;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Register;
import coppice.api.structure.RegisterChange;
import coppice.api.structure.SetChange;
import coppice.api.structure.SetOf;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.TypeRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Counters, sets and registers: what merges by itself.
@Timeout(60)
abstract class MergedStructuresContract extends Contract {
    private Counter visits() {
        return db.counter("visits");
    }

    private SetOf<String> tags() {
        return db.set("tags", String.class);
    }

    private Register<Person> boss() {
        return db.register("boss", Person.class);
    }

    private static <T> List<T> list(Stream<T> stream) {
        try (stream) {
            return stream.toList();
        }
    }

    private void merge(String from, String into) {
        assertThat(db.merge(from, Merge.into(into))).isInstanceOf(MergeOutcome.Merged.class);
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(utf8(text));
    }

    @Test
    void countersCount() {
        assertThat(visits().value()).isZero();
        assertThat(visits().increment()).isEqualTo(1);
        assertThat(visits().add(41)).isEqualTo(42);
        assertThat(visits().decrement()).isEqualTo(41);
        reopenIfPossible();
        assertThat(visits().value()).isEqualTo(41);
        assertThat(visits().reset()).isEqualTo(41);
        assertThat(visits().value()).isZero();
        visits().add(Long.MAX_VALUE);
        incorrect(ErrorCode.VALUE_MISFIT, () -> visits().increment());
        assertThat(visits().value()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> visits().batched(counter -> {
                    counter.reset();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(visits().value()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void writersOfOneCounterLoseNothing() {
        IntStream.range(0, 8).parallel().forEach(_ -> {
            for (int i = 0; i < 50; i++) {
                visits().increment();
            }
        });
        assertThat(visits().value()).isEqualTo(400);
    }

    @Test
    void whatBothSidesCountedAddsUpAlsoWhereBothCountedTheSame() {
        visits().add(10);
        db.commit("ten");
        Branch draft = db.branch("draft", db.head());
        draft.counter("visits").increment();
        draft.commit("one more");
        visits().increment();
        Commit ours = db.commit("one more here");
        merge("draft", "main");
        assertThat(visits().value()).isEqualTo(12);
        assertThat(db.at(ours.id().hex()).counter("visits").value()).isEqualTo(11);
        merge("main", "draft");
        assertThat(draft.counter("visits").value()).isEqualTo(12);
        draft.counter("visits").reset();
        draft.commit("reset");
        visits().add(5);
        db.commit("five");
        merge("draft", "main");
        assertThat(visits().value()).as("12 and 5 more, less 12").isEqualTo(5);
    }

    @Test
    void countersThatBothSidesBeganAddUp() {
        db.space("other").put("k", "v");
        db.commit("base");
        Branch draft = db.branch("draft", db.head());
        draft.counter("visits").add(2);
        draft.commit("theirs");
        visits().add(3);
        db.commit("ours");
        merge("draft", "main");
        assertThat(visits().value()).isEqualTo(5);
    }

    /// The count of a commit is what was counted in its history, whatever the order of merges.
    @Test
    void anyHistoryCountsEachCountingOnce() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> names = List.of("b" + seed + "a", "b" + seed + "b", "b" + seed + "c");
            db.space("other").put("seed", "" + seed);
            db.commit("seed");
            long base = visits().value();
            Map<String, Set<Integer>> counted = new LinkedHashMap<>();
            names.forEach(name -> db.branch(name, db.head()));
            int countings = 0;
            for (int step = 0; step < 30; step++) {
                String name = names.get(random.nextInt(names.size()));
                String other = names.get(random.nextInt(names.size()));
                if (random.nextInt(3) > 0 || name.equals(other)) {
                    db.branch(name).counter("visits").increment();
                    db.branch(name).commit("count");
                    counted.computeIfAbsent(name, _ -> new HashSet<>()).add(countings++);
                } else {
                    db.merge(other, Merge.into(name));
                    counted.computeIfAbsent(name, _ -> new HashSet<>()).addAll(counted.getOrDefault(other, Set.of()));
                }
                assertThat(db.branch(name).counter("visits").value() - base)
                        .as("seed %d, step %d, branch %s", seed, step, name)
                        .isEqualTo(counted.getOrDefault(name, Set.of()).size());
            }
        }
    }

    @Test
    void countsBeyondALongAreToldAndCanBeReset() {
        visits().add(Long.MAX_VALUE - 1);
        db.commit("many");
        Branch draft = db.branch("draft", db.head());
        draft.counter("visits").increment();
        draft.commit("one more");
        visits().increment();
        db.commit("one more here");
        merge("draft", "main");
        incorrect(ErrorCode.VALUE_MISFIT, () -> visits().value());
        assertThat(visits().reset())
                .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE));
        assertThat(visits().value()).isZero();
    }

    @Test
    void rulesOfUsersComeFirst() {
        visits().add(10);
        db.commit("ten");
        db.mergePolicies().add(MergeRule.of("visits", MergePolicy.ours()));
        Branch draft = db.branch("draft", db.head());
        draft.counter("visits").add(5);
        draft.commit("theirs");
        visits().add(1);
        db.commit("ours");
        merge("draft", "main");
        assertThat(visits().value()).isEqualTo(11);
    }

    @Test
    void setsHaveEachValueOnce() {
        assertThat(tags().add("b")).isTrue();
        assertThat(tags().add("b")).isFalse();
        assertThat(tags().addAll(List.of("a", "b", "c", "a"))).isEqualTo(2);
        assertThat(list(tags().values())).containsExactly("a", "b", "c");
        assertThat(tags().contains("a")).isTrue();
        assertThat(tags().contains("z")).isFalse();
        assertThat(tags().count()).isEqualTo(3);
        assertThat(tags().remove("b")).isTrue();
        assertThat(tags().remove("b")).isFalse();
        reopenIfPossible();
        assertThat(list(tags().values())).containsExactly("a", "c");
        tags().clear();
        assertThat(tags().count()).isZero();
    }

    @Test
    void valuesAreTheSameWhateverTheOrderOfTheirMembers() {
        SetOf<Object> any = db.set("any");
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", List.of(Map.of()));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("b", List.of(Map.of()));
        other.put("a", 1);
        assertThat(any.add(one)).isTrue();
        assertThat(any.add(other)).isFalse();
        assertThat(any.contains(other)).isTrue();
        assertThat(any.add(1)).isTrue();
        assertThat(any.add(1.0)).isTrue();
        String longText = "x".repeat(5_000);
        assertThat(any.add(longText + "1")).isTrue();
        assertThat(any.add(longText + "2")).isTrue();
        assertThat(any.add(longText + "1")).isFalse();
        assertThat(any.contains(longText + "2")).isTrue();
        assertThat(any.contains(longText + "3")).isFalse();
        assertThat(any.count()).isEqualTo(5);
    }

    @Test
    void setsMergeWithoutConflicts() {
        tags().addAll(List.of("a", "b", "c"));
        db.commit("abc");
        Branch draft = db.branch("draft", db.head());
        SetOf<String> theirs = draft.set("tags", String.class);
        theirs.addAll(List.of("new", "theirs"));
        theirs.remove("a");
        draft.commit("theirs");
        tags().addAll(List.of("new", "ours"));
        tags().remove("a");
        tags().remove("b");
        db.commit("ours");
        merge("draft", "main");
        assertThat(list(tags().values())).containsExactly("c", "new", "ours", "theirs");
    }

    @Test
    void registersHaveOneValue() {
        assertThat(boss().get()).isEmpty();
        boss().set(Person.ANN);
        reopenIfPossible();
        assertThat(boss().get()).contains(Person.ANN);
        assertThat(boss().compareAndSet(Optional.empty(), Person.BOB)).isFalse();
        assertThat(boss().compareAndSet(Optional.of(Person.ANN), Person.BOB)).isTrue();
        assertThat(boss().update(person -> person.map(_ -> Person.ANN))).contains(Person.ANN);
        assertThat(boss().clear()).contains(Person.ANN);
        assertThat(boss().clear()).isEmpty();
        assertThat(boss().get()).isEmpty();
        boss().set(Person.BOB);
        assertThat(boss().update(_ -> Optional.empty())).isEmpty();
        assertThat(boss().get()).isEmpty();
    }

    @Test
    void whatWasWrittenLastStaysWhicheverSideIsOurs() {
        boss().set(Person.ANN);
        db.commit("ann");
        Branch draft = db.branch("draft", db.head());
        draft.register("boss", Person.class).set(Person.BOB);
        draft.commit("bob");
        boss().set(new Person("Cid", 3));
        db.commit("cid");
        db.branch("copy", db.head());
        merge("draft", "main");
        merge("copy", "draft");
        assertThat(boss().get()).isEqualTo(draft.register("boss", Person.class).get());
        assertThat(boss().get()).isPresent();
    }

    @Test
    void takePartInTransactions() {
        db.transact(transaction -> {
            transaction.counter("visits").increment();
            transaction.set("tags", String.class).add("a");
            transaction.register("boss", Person.class).set(Person.ANN);
            assertThat(transaction.counter("visits").value()).isEqualTo(1);
            assertThat(visits().value()).isZero();
            incorrect(
                    ErrorCode.NOT_IN_TRANSACTION,
                    () -> transaction.counter("visits").watch(FeedStart.now()));
            return true;
        });
        assertThat(visits().value()).isEqualTo(1);
        assertThat(tags().contains("a")).isTrue();
        assertThat(boss().get()).contains(Person.ANN);
    }

    @Test
    void whoFollowsIsTold() throws InterruptedException {
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        try (StructureFeed<CounterChange> counts = visits().watch(FeedStart.now());
                StructureFeed<SetChange<String>> elements = tags().watch(FeedStart.now());
                StructureFeed<RegisterChange<Person>> values = boss().watch(FeedStart.now());
                Listening _ = tags().on(told::add)) {
            visits().add(2);
            visits().add(3);
            assertThat(counts.next()).containsExactly(new CounterChange.Counted(0, 2));
            assertThat(counts.next()).containsExactly(new CounterChange.Counted(2, 5));
            tags().add("a");
            tags().add("a");
            tags().remove("a");
            assertThat(elements.next()).containsExactly(new SetChange.Added<>("a"));
            assertThat(elements.next()).containsExactly(new SetChange.Removed<>("a"));
            assertThat(told.take()).isEqualTo(new SetChange.Added<>("a"));
            boss().set(Person.ANN);
            boss().clear();
            assertThat(values.next())
                    .containsExactly(new RegisterChange.Set<>(Optional.empty(), Optional.of(Person.ANN)));
            assertThat(values.next())
                    .containsExactly(new RegisterChange.Set<>(Optional.of(Person.ANN), Optional.empty()));
        }
    }

    @Test
    void whatIsDumpedIsLoaded() throws IOException {
        visits().add(7);
        tags().addAll(List.of("a", "b"));
        boss().set(Person.ANN);
        for (DumpFormat format : DumpFormat.values()) {
            ByteArrayOutputStream counter = new ByteArrayOutputStream();
            ByteArrayOutputStream set = new ByteArrayOutputStream();
            ByteArrayOutputStream register = new ByteArrayOutputStream();
            assertThat(visits().dump(counter, format)).isEqualTo(1);
            assertThat(tags().dump(set, format)).isEqualTo(2);
            assertThat(boss().dump(register, format)).isEqualTo(1);
            Counter count = db.counter("visits" + format);
            SetOf<String> elements = db.set("tags" + format, String.class);
            Register<Person> value = db.register("boss" + format, Person.class);
            count.add(100);
            elements.add("z");
            assertThat(count.load(text(counter.toString(UTF_8)), format, LoadMode.ADD))
                    .isEqualTo(1);
            assertThat(elements.load(text(set.toString(UTF_8)), format, LoadMode.REPLACE))
                    .isEqualTo(2);
            assertThat(value.load(text(register.toString(UTF_8)), format, LoadMode.ADD))
                    .isEqualTo(1);
            assertThat(count.value()).isEqualTo(7);
            assertThat(list(elements.values())).containsExactly("a", "b");
            assertThat(value.get()).contains(Person.ANN);
        }
        for (String bad : List.of("{}", "{\"value\":1.5}", "{\"value\":\"1\"}", "{\"value\":9223372036854775808}")) {
            incorrect(ErrorCode.INVALID_IMPORT, () -> visits().load(text(bad), DumpFormat.LINES, LoadMode.REPLACE));
        }
        incorrect(
                ErrorCode.VALUE_MISFIT,
                () -> tags().load(text("{\"value\":\"x\"}\n{\"value\":1}"), DumpFormat.LINES, LoadMode.REPLACE));
        incorrect(ErrorCode.VALUE_MISFIT, () -> boss().load(text("{\"value\":1}"), DumpFormat.LINES, LoadMode.ADD));
        assertThat(list(tags().values())).containsExactly("a", "b");
    }

    @Test
    void badInputIsRefused() {
        incorrect(ErrorCode.VALUE_MISFIT, () -> db.set("any").add(Double.NaN));
        incorrect(ErrorCode.VALUE_MISFIT, () -> db.set("any").addAll(List.of("good", "\uD83D")));
        incorrect(ErrorCode.VALUE_MISFIT, () -> db.register("any").set(Double.NaN));
        assertThat(db.set("any").count()).isZero();
        visits().increment();
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> db.set("visits", TypeRef.of(Long.class)));
        db.space("visits").put("count", "{\"count\":1}");
        incorrect(ErrorCode.VALUE_MISFIT, () -> visits().value());
        incorrect(ErrorCode.VALUE_MISFIT, () -> visits().increment());
        visits().reset();
        assertThat(visits().value()).isZero();
    }
}
