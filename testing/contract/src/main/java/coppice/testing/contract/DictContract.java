package coppice.testing.contract;

import static coppice.testing.contract.Person.ANN;
import static coppice.testing.contract.Person.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Snapshot;
import coppice.api.Transaction;
import coppice.api.feed.FeedStart;
import coppice.api.schema.Field;
import coppice.api.schema.TypeDefinition;
import coppice.api.structure.Dict;
import coppice.api.structure.DictChange;
import coppice.api.structure.DictEntry;
import coppice.api.structure.DictPage;
import coppice.api.structure.DictView;
import coppice.api.structure.Keys;
import coppice.api.structure.Listening;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.StructureKind;
import coppice.api.structure.StructuredView;
import coppice.api.structure.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Values by key.
abstract class DictContract extends Contract {
    private static final Duration LONG = Duration.ofDays(1);

    private Dict<Person> people() {
        return db.dict("people", Person.class);
    }

    private static <T> List<T> list(Stream<T> stream) {
        try (stream) {
            return stream.toList();
        }
    }

    @Test
    void whatIsPutIsThereForEveryoneWhoLooks() {
        Dict<Person> people = people();
        people.put("ann", ANN);
        people.put("bob", BOB);
        assertThat(people().get("ann")).contains(ANN);
        assertThat(people.get("cid")).isEmpty();
        assertThat(people.getOrDefault("cid", BOB)).isEqualTo(BOB);
        assertThat(people.getAll(List.of("cid", "bob", "ann")))
                .containsExactly(Map.entry("bob", BOB), Map.entry("ann", ANN));
        assertThat(people.contains("ann")).isTrue();
        assertThat(people.contains("cid")).isFalse();
        assertThat(people.count()).isEqualTo(2);
        assertThat(db.space("people").text("ann")).contains("{\"name\":\"Ann\",\"age\":41}");
        reopenIfPossible();
        assertThat(list(people().values())).containsExactly(ANN, BOB);
    }

    @Test
    void whatIsChangedIsToldAsItWas() {
        Dict<Person> people = people();
        assertThat(people.putIfAbsent("ann", ANN)).isEmpty();
        assertThat(people.putIfAbsent("ann", BOB)).contains(ANN);
        assertThat(people.get("ann")).contains(ANN);
        assertThat(people.compute("ann", old -> old.map(one -> new Person(one.name(), one.age() + 1))))
                .contains(new Person("Ann", 42));
        assertThat(people.compute("bob", old -> old.isEmpty() ? Optional.of(BOB) : old))
                .contains(BOB);
        assertThat(people.compute("bob", _ -> Optional.empty())).isEmpty();
        assertThat(people.contains("bob")).isFalse();
        assertThat(people.remove("bob")).isFalse();
        assertThat(people.pop("ann")).contains(new Person("Ann", 42));
        assertThat(people.pop("ann")).isEmpty();
        people.put("ann", ANN);
        assertThat(people.remove("ann")).isTrue();
        assertThat(people.count()).isZero();
    }

    @Test
    void comparesByTheStoredFormWhateverTheOrderOfMembers() {
        Dict<Object> any = db.dict("any");
        db.space("any").put("k", "{\"b\": 1, \"a\": 2}");
        assertThat(any.compareAndSet("k", Optional.of(Map.of("a", 2)), Optional.of("x")))
                .isFalse();
        assertThat(any.compareAndSet("k", Optional.of(Map.of("a", 2, "b", 1)), Optional.of("x")))
                .isTrue();
        assertThat(any.get("k")).contains("x");
        assertThat(any.compareAndSet("k", Optional.empty(), Optional.of("y"))).isFalse();
        assertThat(any.compareAndSet("k", Optional.of("x"), Optional.empty())).isTrue();
        assertThat(any.compareAndSet("k", Optional.empty(), Optional.of(1))).isTrue();
        assertThat(any.compareAndSet("k", Optional.of(1.0), Optional.of(2))).isFalse();
        assertThat(any.get("k")).contains(1L);
    }

    @Test
    void keepsUntypedValuesExact() {
        Dict<Object> any = db.dict("any");
        BigInteger big = BigInteger.TEN.pow(30);
        List<Object> values = List.of(1, 1.0, big, new BigDecimal("0.10"), "ä\u0001", true, Map.of("a.b", List.of()));
        any.put("k", values);
        assertThat(db.space("any").text("k")).contains("[1,1.0," + big + ",0.10,\"ä\\u0001\",true,{\"a.b\":[]}]");
        assertThat(any.get("k"))
                .contains(List.of(
                        1L,
                        new BigDecimal("1.0"),
                        big,
                        new BigDecimal("0.10"),
                        "ä\u0001",
                        true,
                        Map.of("a.b", List.of())));
    }

    @Test
    void walksKeysInOrderByPrefixAndRange() {
        Dict<Object> any = db.dict("any");
        List<String> keys = List.of("a", "a:1", "a:2", "a:3", "b", "ä", "€", "\uD83D\uDE00");
        any.batched(batch -> keys.forEach(key -> batch.put(key, key)));
        assertThat(list(any.keys())).isEqualTo(keys);
        assertThat(list(any.keys(Keys.prefix("a:")))).containsExactly("a:1", "a:2", "a:3");
        assertThat(list(any.keys(Keys.prefix("a:").reversed()))).containsExactly("a:3", "a:2", "a:1");
        assertThat(list(any.keys(Keys.prefix("a:").from("a:2")))).containsExactly("a:2", "a:3");
        assertThat(list(any.keys(Keys.prefix("a:").to("a:2")))).containsExactly("a:1");
        assertThat(list(any.keys(Keys.all().from("a:3").to("ä")))).containsExactly("a:3", "b");
        assertThat(list(any.keys(Keys.prefix("b").from("c")))).isEmpty();
        assertThat(list(any.keys(Keys.all().from("c").to("b")))).isEmpty();
        assertThat(list(any.values(Keys.prefix("a:").to("a:3")))).containsExactly("a:1", "a:2");
        assertThat(list(any.entries(Keys.prefix("b")))).containsExactly(new DictEntry<>("b", "b"));
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        Dict<Object> any = db.dict("any");
        any.batched(batch -> IntStream.range(0, 25).forEach(i -> batch.put("k%02d".formatted(i), i)));
        for (Keys which : List.of(Keys.prefix("k"), Keys.prefix("k").reversed())) {
            List<String> seen = new ArrayList<>();
            Optional<Keys> next = Optional.of(which);
            int pages = 0;
            while (next.isPresent()) {
                DictPage<Object> page = any.page(next.get(), 5);
                page.entries().forEach(entry -> seen.add(entry.key()));
                next = page.next();
                pages++;
            }
            assertThat(seen).isEqualTo(list(any.keys(which)));
            assertThat(pages).isEqualTo(5);
        }
        assertThatThrownBy(() -> any.page(Keys.all(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void badInputIsRefusedAndNothingIsWritten() {
        Dict<Object> any = db.dict("any");
        incorrect(ErrorCode.INVALID_KEY, () -> any.put("", 1));
        incorrect(ErrorCode.INVALID_KEY, () -> any.put("k".repeat(4_001), 1));
        incorrect(ErrorCode.INVALID_KEY, () -> any.put("\uD83D", 1));
        incorrect(ErrorCode.VALUE_MISFIT, () -> any.put("k", Double.NaN));
        incorrect(ErrorCode.VALUE_MISFIT, () -> any.put("k", List.of(Map.of("x", Float.POSITIVE_INFINITY))));
        incorrect(ErrorCode.VALUE_MISFIT, () -> any.put("k", new double[] {1, Double.NaN}));
        incorrect(ErrorCode.VALUE_MISFIT, () -> any.put("k", "\uD83D"));
        assertThatThrownBy(() -> any.put("k", 1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> any.put("k", 1, Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.dict("@structures"));
        incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.dict(""));
        incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.dict("n".repeat(241)));
        any.put("k".repeat(4_000), 1, LONG);
        assertThat(any.count()).isOne();
        assertThat(db.structures().all()).hasSize(1);
    }

    @Test
    void whatDoesNotFitTheTypeSaysWhereAndWhatIsStored() {
        db.space("people").put("ann", "{\"name\":\"Ann\"}");
        assertThatThrownBy(() -> people().get("ann"))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContainingAll("key 'ann' of 'people'", "Person", "at 'age'", "{\"name\":\"Ann\"}");
        db.space("people").put("ann", "{\"name\":\"Ann\",\"age\":1,\"size\":2}");
        assertThatThrownBy(() -> people().get("ann"))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining("size");
        db.space("people").put("ann", "no JSON");
        incorrect(ErrorCode.VALUE_MISFIT, () -> people().get("ann"));
    }

    @Test
    void aNameThatStandsForValuesOfAnotherTypeIsRefusedWithWhatItIs() {
        assertThat(db.structures().find("people")).isEmpty();
        people().put("ann", ANN);
        StructureInfo info = new StructureInfo("people", StructureKind.DICT, Person.class.getTypeName());
        assertThat(db.structures().all()).containsExactly(info);
        assertThat(db.structures().find("people")).contains(info);
        assertThatThrownBy(() -> db.dict("people", String.class))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContainingAll(Person.class.getTypeName(), "java.lang.String");
        assertThat(db.dict("people").get("ann")).contains(Map.of("name", "Ann", "age", 41L));
        db.structures().retype("people", new TypeRef<Map<String, Object>>() {});
        incorrect(ErrorCode.OTHER_STRUCTURE, this::people);
        assertThat(db.dict("people", new TypeRef<Map<String, Object>>() {}).get("ann"))
                .contains(Map.of("name", "Ann", "age", 41L));
        notFound(ErrorCode.UNKNOWN_STRUCTURE, () -> db.structures().retype("nobody", TypeRef.untyped()));
    }

    @Test
    void whoeverComesFirstSaysWhatANameStandsFor() {
        Dict<Person> people = people();
        Dict<String> texts = db.dict("people", String.class);
        people.put("ann", ANN);
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> texts.put("bob", "Bob"));
        assertThat(people.count()).isOne();
    }

    @Test
    void structuresAreRenamedAndDroppedAsAWhole() {
        people().put("ann", ANN, LONG);
        db.dict("other").put("k", 1);
        incorrect(ErrorCode.STRUCTURE_EXISTS, () -> db.structures().rename("people", "other"));
        db.structures().rename("people", "staff");
        assertThat(people().count()).isZero();
        assertThat(db.dict("staff", Person.class).expiry("ann")).isPresent();
        assertThat(db.structures().all()).extracting(StructureInfo::name).containsExactly("other", "staff");
        assertThat(db.structures().drop("staff")).isTrue();
        assertThat(db.structures().drop("staff")).isFalse();
        assertThat(db.structures().all()).extracting(StructureInfo::name).containsExactly("other");
        assertThat(db.current().spaces()).containsExactly("@structures", "other");
        notFound(ErrorCode.UNKNOWN_STRUCTURE, () -> db.structures().rename("staff", "people"));
    }

    @Test
    void takesPartInTransactionsThatSpanStructures() {
        people().put("ann", ANN);
        db.transact(transaction -> {
            Dict<Person> people = transaction.dict("people", Person.class);
            people.put("bob", people.pop("ann").orElseThrow());
            transaction.dict("log").put("1", "moved");
            assertThat(people.count()).isOne();
            assertThat(list(people.keys())).containsExactly("bob");
            assertThat(people().contains("ann")).isTrue();
            return true;
        });
        assertThat(list(people().keys())).containsExactly("bob");
        assertThat(db.dict("log").get("1")).contains("moved");
        try (Transaction dropped = db.current().begin()) {
            dropped.dict("people", Person.class).clear();
        }
        assertThat(people().count()).isOne();
        assertThatThrownBy(() -> people().batched(batch -> {
                    batch.put("cid", ANN);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(people().contains("cid")).isFalse();
    }

    @Test
    void forksMergesByFieldAndTravelsInTime() {
        people().put("ann", ANN);
        db.commit("ann");
        Branch draft = db.branch("draft", db.head());
        draft.dict("people", Person.class).put("ann", new Person("Anna", 41));
        draft.dict("extra").put("k", 1);
        draft.commit("renamed");
        people().put("ann", new Person("Ann", 42));
        db.commit("older");
        assertThat(db.merge("draft", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(people().get("ann")).contains(new Person("Anna", 42));
        assertThat(db.dict("extra").get("k")).contains(1L);
        DictView<Person> then = db.at("HEAD~1").dict("people", Person.class);
        assertThat(list(then.entries())).containsExactly(new DictEntry<>("ann", new Person("Ann", 42)));
        Snapshot first = db.at("HEAD~2");
        assertThat(first.dict("people", Person.class).get("ann")).contains(ANN);
        assertThat(first.structures().all()).extracting(StructureInfo::name).containsExactly("people");
        assertThatThrownBy(() -> first.dict("people", String.class)).isInstanceOf(DatabaseException.Incorrect.class);
    }

    private static Optional<Person> ann(StructuredView state) {
        return state.dict("people", Person.class).get("ann");
    }

    @Test
    void whoOnlyReadsNeedNotKnowWhere() {
        people().put("ann", ANN);
        db.commit("ann");
        assertThat(ann(db)).contains(ANN);
        assertThat(ann(db.main())).contains(ANN);
        assertThat(ann(db.at("HEAD"))).contains(ANN);
        assertThat(db.<Optional<Person>>transact(DictContract::ann)).contains(ANN);
    }

    @Test
    void honoursTheTypesOfTheBranch() {
        db.schema()
                .define(TypeDefinition.of(
                        "person", "people", Field.integer("age").check("age >= 18")));
        incorrect(ErrorCode.TYPE_VIOLATED, () -> people().put("kid", new Person("Kid", 7)));
        people().put("ann", ANN);
        assertThat(db.query("people").where("age > 40").rows()).hasSize(1);
    }

    @Test
    void clearRemovesEverythingAndTheNameStays() {
        people().put("ann", ANN, LONG);
        people().put("bob", BOB);
        people().clear();
        assertThat(people().count()).isZero();
        assertThat(people().expiry("ann")).isEmpty();
        assertThat(db.structures().find("people")).isPresent();
    }

    @Test
    void writersOfOneDictDoNotGetInEachOthersWay() throws Exception {
        Dict<Integer> counts = db.dict("counts", Integer.class);
        int writers = 8;
        int rounds = 50;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> all = IntStream.range(0, writers)
                    .<Callable<Integer>>mapToObj(writer -> () -> {
                        int taken = 0;
                        for (int i = 0; i < rounds; i++) {
                            counts.put(writer + ":" + i, i);
                            taken += counts.putIfAbsent("shared:" + i, writer).isEmpty() ? 1 : 0;
                            counts.compute("sum", old -> Optional.of(old.orElse(0) + 1));
                        }
                        return taken;
                    })
                    .toList();
            int taken = 0;
            for (Future<Integer> one : threads.invokeAll(all)) {
                taken += one.get();
            }
            assertThat(taken).isEqualTo(rounds);
        }
        assertThat(counts.get("sum")).contains(writers * rounds);
        assertThat(counts.count()).isEqualTo(writers * rounds + rounds + 1);
    }

    @Test
    void tellsWhatHappensTransactionByTransaction() {
        Dict<Person> people = db.dict("pe*ple", Person.class);
        try (StructureFeed<DictChange<Person>> feed = people.watch(FeedStart.now())) {
            db.dict("people", Person.class).put("ann", ANN);
            assertThat(feed.poll()).isEmpty();
            people.batched(batch -> {
                batch.put("ann", ANN);
                batch.put("bob", BOB);
            });
            people.put("ann", BOB);
            people.remove("bob");
            assertThat(feed.next())
                    .containsExactly(
                            new DictChange.Put<>("ann", Optional.empty(), ANN),
                            new DictChange.Put<>("bob", Optional.empty(), BOB));
            assertThat(feed.next(LONG)).contains(List.of(new DictChange.Put<>("ann", Optional.of(ANN), BOB)));
            assertThat(feed.next()).containsExactly(new DictChange.Removed<>("bob", BOB));
            assertThat(feed.poll()).isEmpty();
            String token = feed.token();
            people.put("cid", ANN);
            try (StructureFeed<DictChange<Person>> later = people.watch(FeedStart.after(token))) {
                assertThat(later.next()).containsExactly(new DictChange.Put<>("cid", Optional.empty(), ANN));
            }
        }
        db.transact(transaction -> {
            incorrect(
                    ErrorCode.NOT_IN_TRANSACTION,
                    () -> transaction.dict("people").watch(FeedStart.now()));
            return true;
        });
    }

    @Test
    void callbacksAreToldAndMayUseTheDatabase() throws Exception {
        BlockingQueue<DictChange<Person>> told = new LinkedBlockingQueue<>();
        Dict<Person> copy = db.dict("copy", Person.class);
        Listening listening = people().on(change -> {
            if (change instanceof DictChange.Put<Person> put) {
                copy.put(put.key(), put.after());
            }
            told.add(change);
        });
        people().put("ann", ANN);
        assertThat(told.take()).isEqualTo(new DictChange.Put<>("ann", Optional.empty(), ANN));
        assertThat(copy.get("ann")).contains(ANN);
        people().remove("ann");
        assertThat(told.take()).isEqualTo(new DictChange.Removed<>("ann", ANN));
        listening.close();
        listening.close();
        people().put("bob", BOB);
        try (StructureFeed<DictChange<Person>> feed = people().watch(FeedStart.beginning())) {
            assertThat(feed.next()).hasSize(1);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void isTheSameAsAMapAfterAnyHistory() {
        SplittableRandom random = new SplittableRandom(5);
        Map<String, Integer> model = new TreeMap<>();
        Dict<Integer> dict = db.dict("numbers", Integer.class);
        for (int step = 0; step < 2_000; step++) {
            String key = "k" + random.nextInt(40);
            int value = random.nextInt(1_000);
            switch (random.nextInt(8)) {
                case 0 -> {
                    dict.put(key, value, LONG);
                    model.put(key, value);
                }
                case 1 ->
                    assertThat(dict.putIfAbsent(key, value))
                            .isEqualTo(Optional.ofNullable(model.putIfAbsent(key, value)));
                case 2 -> assertThat(dict.remove(key)).isEqualTo(model.remove(key) != null);
                case 3 -> assertThat(dict.pop(key)).isEqualTo(Optional.ofNullable(model.remove(key)));
                case 4 -> {
                    Optional<Integer> expected = Optional.ofNullable(model.get(key));
                    assertThat(dict.compareAndSet(key, expected, Optional.of(value)))
                            .isTrue();
                    model.put(key, value);
                }
                case 5 -> dict.compute(key, old -> old.map(one -> one + 1)).ifPresent(now -> model.put(key, now));
                default -> {
                    dict.put(key, value);
                    model.put(key, value);
                }
            }
            if (step % 400 == 399) {
                db.commit("step " + step);
                db.checkpoint();
            }
        }
        assertThat(list(dict.entries()))
                .containsExactlyElementsOf(model.entrySet().stream()
                        .map(one -> new DictEntry<>(one.getKey(), one.getValue()))
                        .toList());
        assertThat(dict.count()).isEqualTo(model.size());
    }
}
