package coppice.testing.contract;

import static coppice.testing.contract.Person.ANN;
import static coppice.testing.contract.Person.BOB;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.ErrorCode;
import coppice.api.Snapshot;
import coppice.api.Space;
import coppice.api.Transaction;
import coppice.api.feed.FeedStart;
import coppice.api.schema.Field;
import coppice.api.schema.TypeDefinition;
import coppice.api.structure.Dict;
import coppice.api.structure.DictChange;
import coppice.api.structure.DictEntry;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Keys;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Secret;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.StructureKind;
import coppice.api.structure.TypeRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Dicts whose values only those can read who have the secret.
abstract class EncryptedDictContract extends Contract {
    static final Secret SECRET = key(1);
    static final Secret OTHER = key(2);
    private static final Duration LONG = Duration.ofDays(1);

    static Secret key(int seed) {
        byte[] key = new byte[Secret.KEY_BYTES];
        Arrays.fill(key, (byte) seed);
        return Secret.key(key);
    }

    private Dict<Person> people() {
        return db.dict("people", Person.class, SECRET);
    }

    private void changesNothing(ErrorCode code, Runnable call) {
        Map<String, List<String>> before = everything(db.current().snapshot());
        incorrect(code, call::run);
        assertThat(everything(db.current().snapshot())).isEqualTo(before);
    }

    @Test
    void whatIsPutIsThereForThoseWhoHaveTheSecret() {
        people().put("ann", ANN);
        people().put("bob", BOB, LONG);
        assertThat(people().get("ann")).contains(ANN);
        assertThat(people().getAll(List.of("cid", "bob"))).containsExactly(Map.entry("bob", BOB));
        assertThat(people().entries()).containsExactly(new DictEntry<>("ann", ANN), new DictEntry<>("bob", BOB));
        assertThat(people().values(Keys.prefix("b"))).containsExactly(BOB);
        assertThat(people().page(Keys.all(), 1).entries()).containsExactly(new DictEntry<>("ann", ANN));
        assertThat(people().keys(Keys.all().reversed())).containsExactly("bob", "ann");
        assertThat(people().expiry("bob")).isPresent();
        assertThat(people().count()).isEqualTo(2);
        assertThat(new String(db.space("people").get(utf8("ann")).orElseThrow(), UTF_8))
                .doesNotContain("Ann", "41", "name");
        db.commit("people");
        assertThat(db.at("HEAD").dict("people", Person.class, SECRET).get("ann"))
                .contains(ANN);
        StructureInfo info = new StructureInfo("people", StructureKind.DICT, Person.class.getTypeName(), true);
        assertThat(db.structures().find("people")).contains(info);
        assertThat(info.toString()).startsWith("the encrypted dict 'people'");
        reopenIfPossible();
        assertThat(db.dict("people", SECRET).get("ann")).contains(Map.of("name", "Ann", "age", 41L));
        assertThat(people().async().get("bob").join()).contains(BOB);
    }

    @Test
    void stepsWorkOnWhatValuesAre() {
        Dict<Object> any = db.dict("any", SECRET);
        assertThat(any.putIfAbsent("k", Map.of("a", 1))).isEmpty();
        assertThat(any.putIfAbsent("k", "x")).contains(Map.of("a", 1L));
        assertThat(any.compareAndSet("k", Optional.of(Map.of("a", 2)), Optional.of("x")))
                .isFalse();
        assertThat(any.compareAndSet("k", Optional.of(Map.of("a", 1)), Optional.of(7)))
                .isTrue();
        assertThat(any.compute("k", old -> old.map(one -> (Long) one + 1))).contains(8L);
        any.batched(batch -> {
            batch.put("l", batch.get("k").orElseThrow());
            batch.put("k", 9);
        });
        assertThat(any.pop("l")).contains(8L);
        assertThat(any.remove("l")).isFalse();
        assertThat(any.remove("k")).isTrue();
        assertThat(any.count()).isZero();
    }

    @Test
    void withoutTheSecretNothingIsReadAndNothingIsWritten() {
        people().put("ann", ANN);
        db.commit("ann");
        Snapshot version = db.at("HEAD");
        changesNothing(ErrorCode.SECRET_NEEDED, () -> db.dict("people", Person.class));
        changesNothing(ErrorCode.SECRET_NEEDED, () -> db.dict("people"));
        changesNothing(ErrorCode.SECRET_NEEDED, () -> version.dict("people"));
        changesNothing(ErrorCode.WRONG_SECRET, () -> db.dict("people", Person.class, OTHER));
        changesNothing(ErrorCode.WRONG_SECRET, () -> version.dict("people", OTHER));
        changesNothing(ErrorCode.OTHER_STRUCTURE, () -> db.dict("people", String.class, SECRET));
        changesNothing(ErrorCode.OTHER_STRUCTURE, () -> db.queue("people"));
        changesNothing(ErrorCode.SECRET_NEEDED, () -> db.structures().rename("people", "staff"));
        changesNothing(ErrorCode.WRONG_SECRET, () -> db.structures().rename("people", "staff", OTHER));
    }

    @Test
    void whoOpenedItBeforeItWasMadeIsRefusedAsWell() {
        Dict<Object> plain = db.dict("people");
        Dict<Person> wrong = db.dict("people", Person.class, OTHER);
        people().put("ann", ANN);
        changesNothing(ErrorCode.SECRET_NEEDED, () -> plain.put("bob", "Bob"));
        changesNothing(ErrorCode.SECRET_NEEDED, plain::clear);
        changesNothing(ErrorCode.WRONG_SECRET, () -> wrong.put("bob", BOB));
        changesNothing(ErrorCode.WRONG_SECRET, () -> wrong.remove("ann"));
        changesNothing(ErrorCode.WRONG_SECRET, wrong::clear);
        changesNothing(ErrorCode.WRONG_SECRET, () -> wrong.compute("ann", _ -> Optional.empty()));
        changesNothing(ErrorCode.WRONG_SECRET, () -> wrong.encryption().rotateKey());
        incorrect(ErrorCode.WRONG_SECRET, () -> wrong.get("ann"));
    }

    @Test
    void whatIsNotEncryptedIsNotOpenedWithASecret() {
        Dict<Person> before = people();
        db.dict("people", Person.class).put("ann", ANN);
        changesNothing(ErrorCode.NOT_ENCRYPTED, this::people);
        changesNothing(ErrorCode.NOT_ENCRYPTED, () -> before.put("bob", BOB));
        changesNothing(ErrorCode.NOT_ENCRYPTED, () -> db.structures().rename("people", "staff", SECRET));
        db.space("raw").put("k", "v");
        changesNothing(ErrorCode.NOT_ENCRYPTED, () -> db.dict("raw", SECRET));
        changesNothing(ErrorCode.NOT_ENCRYPTED, () -> db.dict("people").encryption());
    }

    @Test
    void aRowThatIsChangedByAByteIsRefused() {
        people().put("ann", ANN);
        Space rows = db.space("people");
        byte[] stored = rows.get(utf8("ann")).orElseThrow();
        for (int i = 0; i < stored.length; i++) {
            byte[] changed = stored.clone();
            changed[i] ^= 1;
            rows.put(utf8("ann"), changed);
            incorrect(ErrorCode.NOT_AUTHENTIC, () -> people().get("ann"));
        }
        for (int length = 0; length < stored.length; length++) {
            rows.put(utf8("ann"), Arrays.copyOf(stored, length));
            incorrect(ErrorCode.NOT_AUTHENTIC, () -> people().get("ann"));
        }
        rows.put("ann", "{\"name\":\"Eve\",\"age\":1}");
        assertThatThrownBy(() -> people().get("ann")).hasMessageContainingAll("key 'ann' of 'people'", "not encrypted");
        incorrect(ErrorCode.NOT_AUTHENTIC, () -> people().pop("ann"));
        people().put("ann", BOB);
        assertThat(people().get("ann")).as("what is damaged can be replaced").contains(BOB);
        rows.put("ann", "damaged");
        assertThat(people().remove("ann")).as("and removed").isTrue();
    }

    @Test
    void aKeyThatIsChangedByAByteIsToldFromAWrongSecret() {
        people().put("ann", ANN);
        Space keys = db.space("@secrets/people");
        byte[] id = keys.select(0).orElseThrow().key();
        byte[] stored = keys.get(id).orElseThrow();
        for (int i = 0; i < stored.length; i++) {
            byte[] changed = stored.clone();
            changed[i] ^= 1;
            keys.put(id, changed);
            changesNothing(ErrorCode.NOT_AUTHENTIC, this::people);
        }
        keys.put(id, stored);
        assertThat(people().get("ann")).contains(ANN);
        keys.put("junk", "junk");
        changesNothing(ErrorCode.NOT_AUTHENTIC, this::people);
    }

    @Test
    void aValueThatIsMovedIsRefused() {
        people().put("ann", ANN);
        people().put("bob", BOB);
        Dict<Person> staff = db.dict("staff", Person.class, SECRET);
        staff.put("ann", ANN);
        byte[] ann = db.space("people").get(utf8("ann")).orElseThrow();
        db.space("people").put(utf8("bob"), ann);
        incorrect(ErrorCode.NOT_AUTHENTIC, () -> people().get("bob"));
        byte[] other = db.space("staff").get(utf8("ann")).orElseThrow();
        db.space("staff").put(utf8("ann"), ann);
        db.space("people").put(utf8("ann"), other);
        incorrect(ErrorCode.NOT_AUTHENTIC, () -> people().get("ann"));
        incorrect(ErrorCode.NOT_AUTHENTIC, () -> staff.get("ann"));
        byte[] id = db.space("@secrets/people").select(0).orElseThrow().key();
        db.space("@secrets/staff").put(id, db.space("@secrets/people").get(id).orElseThrow());
        incorrect(
                ErrorCode.NOT_AUTHENTIC,
                () -> db.dict("staff", Person.class, SECRET).get("ann"));
    }

    @Test
    void toPutWhatIsThereChangesNothing() {
        people().put("ann", ANN, LONG);
        Map<String, List<String>> before = everything(db.current().snapshot());
        people().compute("ann", old -> old);
        assertThat(people().compareAndSet("ann", Optional.of(ANN), Optional.of(ANN)))
                .isTrue();
        assertThat(everything(db.current().snapshot())).isEqualTo(before);
        people().put("ann", ANN);
        assertThat(people().expiry("ann")).isEmpty();
        byte[] first = db.space("people").get(utf8("ann")).orElseThrow();
        people().put("ann", BOB);
        people().put("ann", ANN);
        assertThat(db.space("people").get(utf8("ann")).orElseThrow())
                .as("equal values are told apart by nobody")
                .isNotEqualTo(first);
    }

    @Test
    void takesPartInTransactionsAndIsNotThereWhenTheyAreDropped() {
        try (Transaction dropped = db.current().begin()) {
            dropped.dict("people", Person.class, SECRET).put("ann", ANN);
        }
        assertThat(db.current().spaces()).isEmpty();
        db.transact(transaction -> {
            Dict<Person> people = transaction.dict("people", Person.class, SECRET);
            people.put("ann", ANN);
            people.encryption().rotateKey();
            people.put("bob", BOB);
            assertThat(people.get("ann")).contains(ANN);
            return people.encryption().reencrypt();
        });
        assertThat(people().values()).containsExactly(ANN, BOB);
        db.transact(transaction -> {
            incorrect(ErrorCode.WRONG_SECRET, () -> transaction.dict("people", OTHER));
            incorrect(ErrorCode.SECRET_NEEDED, () -> transaction.dict("people"));
            return true;
        });
    }

    @Test
    void isRenamedWithTheSecretAndDroppedByAnybody() {
        people().put("ann", ANN, LONG);
        people().encryption().rotateKey();
        people().put("bob", BOB);
        db.structures().rename("people", "staff", SECRET);
        Dict<Person> staff = db.dict("staff", Person.class, SECRET);
        assertThat(staff.values()).containsExactly(ANN, BOB);
        assertThat(staff.expiry("ann")).isPresent();
        assertThat(db.structures().find("people")).isEmpty();
        assertThat(db.current().spaces()).doesNotContain("@secrets/people");
        db.structures().retype("staff", TypeRef.untyped());
        assertThat(db.dict("staff", SECRET).get("bob")).contains(Map.of("name", "Bob", "age", 27L));
        incorrect(ErrorCode.SECRET_NEEDED, () -> db.dict("staff"));
        db.structures().drop("staff");
        assertThat(db.current().spaces()).isEmpty();
        db.dict("staff", OTHER).put("k", 1);
        assertThat(db.dict("staff", OTHER).get("k")).contains(1L);
    }

    @Test
    void isDumpedAsItIsAndLoadedEncrypted() throws IOException {
        people().put("ann", ANN, LONG);
        people().put("bob", BOB);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(people().dump(out, DumpFormat.LINES)).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("{\"name\":\"Bob\",\"age\":27}");
        Dict<Person> copy = db.dict("copy", Person.class, OTHER);
        assertThat(copy.load(new ByteArrayInputStream(out.toByteArray()), DumpFormat.LINES, LoadMode.REPLACE))
                .isEqualTo(2);
        assertThat(copy.values()).containsExactly(ANN, BOB);
        assertThat(copy.expiry("ann")).isEqualTo(people().expiry("ann"));
        assertThat(rows(db.space("copy")).toString()).doesNotContain("Bob");
    }

    @Test
    void tellsWhatHappensInTheClear() {
        Dict<Person> people = people();
        try (StructureFeed<DictChange<Person>> feed = people.watch(FeedStart.now())) {
            people.put("ann", ANN);
            people.put("ann", BOB);
            people.encryption().rotateKey();
            people.remove("ann");
            assertThat(feed.next()).containsExactly(new DictChange.Put<>("ann", Optional.empty(), ANN));
            assertThat(feed.next()).containsExactly(new DictChange.Put<>("ann", Optional.of(ANN), BOB));
            assertThat(feed.next()).containsExactly(new DictChange.Removed<>("ann", BOB));
        }
    }

    @Test
    void typesAndQueriesSeeNothingOfTheValues() {
        people().put("ann", ANN);
        assertThat(db.query("people").where("age > 1").rows()).isEmpty();
        db.schema().define(TypeDefinition.of("secret", "secrets", Field.integer("age")));
        assertThatThrownBy(() -> db.dict("secrets", SECRET).put("k", Map.of("age", 1)))
                .hasMessageContainingAll("A type holds for the space 'secrets'", "take another name");
        changesNothing(ErrorCode.TYPE_VIOLATED, () -> db.dict("secrets", SECRET).put("k", Map.of("age", 1)));
    }

    @Test
    void whatDoesNotFitTheTypeIsNotShown() {
        db.dict("any", SECRET).put("k", Map.of("name", "hidden", "age", "also hidden"));
        db.structures().retype("any", TypeRef.of(Person.class));
        assertThatThrownBy(() -> db.dict("any", Person.class, SECRET).get("k"))
                .hasMessageContainingAll("key 'k' of 'any'", "Person", "at 'age'")
                .hasMessageNotContaining("hidden")
                .hasNoCause();
    }

    @Test
    void passphrasesCountAsTheTextTheyAre() {
        Secret composed = Secret.passphrase("caf\u00e9 au lait".toCharArray());
        db.dict("notes", String.class, composed).put("k", "hidden");
        Secret decomposed = Secret.passphrase("cafe\u0301 au lait".toCharArray());
        assertThat(db.dict("notes", String.class, decomposed).get("k")).contains("hidden");
        incorrect(ErrorCode.WRONG_SECRET, () -> db.dict("notes", Secret.passphrase("cafe au lait".toCharArray())));
        assertThat(composed.toString() + SECRET).isEqualTo("a passphrasea key");
        assertThatThrownBy(() -> Secret.passphrase(new char[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Secret.passphrase(new char[] {'a', '\uD83D'}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Secret.key(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isTheSameAsAMapAfterAnyHistory() {
        SplittableRandom random = new SplittableRandom(11);
        Map<String, Integer> model = new TreeMap<>();
        Dict<Integer> dict = db.dict("numbers", Integer.class, SECRET);
        for (int step = 0; step < 1_000; step++) {
            String key = "k" + random.nextInt(40);
            int value = random.nextInt(10);
            switch (random.nextInt(8)) {
                case 0 ->
                    assertThat(dict.putIfAbsent(key, value))
                            .isEqualTo(Optional.ofNullable(model.putIfAbsent(key, value)));
                case 1 -> assertThat(dict.pop(key)).isEqualTo(Optional.ofNullable(model.remove(key)));
                case 2 -> dict.compute(key, old -> old.map(one -> one + 1)).ifPresent(now -> model.put(key, now));
                case 3 -> {
                    switch (random.nextInt(10)) {
                        case 0 -> dict.encryption().rotateKey();
                        case 1 -> dict.encryption().reencrypt();
                        case 2 -> dict.encryption().changeSecret(key(step));
                        default -> dict.remove("nobody");
                    }
                }
                default -> {
                    dict.put(key, value);
                    model.put(key, value);
                }
            }
            if (step % 200 == 199) {
                db.commit("step " + step);
            }
        }
        assertThat(dict.entries())
                .containsExactlyElementsOf(model.entrySet().stream()
                        .map(one -> new DictEntry<>(one.getKey(), one.getValue()))
                        .toList());
    }
}
