package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Import;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.api.schema.DefinedType;
import coppice.api.schema.Existing;
import coppice.api.schema.Field;
import coppice.api.schema.FieldType;
import coppice.api.schema.Schema;
import coppice.api.schema.TypeDefinition;
import coppice.api.schema.Validation;
import coppice.api.schema.Violation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Types, and what they refuse.
abstract class SchemaContract extends Contract {
    private static final TypeDefinition USER = TypeDefinition.of(
                    "user",
                    "people",
                    Field.string("email").required().unique(),
                    Field.integer("age").check("age >= 0"),
                    Field.string("role").withDefault("\"member\""),
                    Field.reference("boss", "user"))
            .keys("user:{id}");

    private static final TypeDefinition ORDER = TypeDefinition.of(
            "order", "orders", Field.reference("user", "user").required(), Field.array("with", reference()));

    private static FieldType reference() {
        return new FieldType.Reference("user");
    }

    private void put(String key, String document) {
        db.space("people").put(key, document);
    }

    private static void violated(String rule, String path, ThrowingCallable call) {
        DatabaseException thrown = catchThrowableOfType(DatabaseException.Incorrect.class, call);
        assertThat(thrown).as("violates %s", rule).isNotNull();
        assertThat(thrown.code()).isEqualTo(ErrorCode.TYPE_VIOLATED);
        assertThat(thrown.context()).containsEntry("rule", rule).containsEntry("path", path);
    }

    @Test
    void aDocumentThatIsNotWhatItsTypeSaysIsRefusedWithKeyPathRuleAndValue() {
        assertThat(db.schema().define(USER)).isEqualTo(new Validation(0, 0, List.of(), true));
        DatabaseException thrown = catchThrowableOfType(
                DatabaseException.Incorrect.class, () -> put("user:1", "{\"email\":\"a\",\"age\":\"x\"}"));
        assertThat(thrown)
                .hasMessage("'user:1' in space 'people' is no 'user' at /age, rule TYPE: \"x\" is there, and must be "
                        + "a whole number; nothing was written");
        assertThat(thrown.context()).containsEntry("key", "user:1").containsEntry("value", "\"x\"");
        violated("REQUIRED", "/email", () -> put("user:1", "{}"));
        violated("CHECK", "/age", () -> put("user:1", "{\"email\":\"a\",\"age\":-1}"));
        violated("DOCUMENT", "", () -> put("user:1", "hello"));
        assertThat(db.main().spaces()).containsExactly(Schema.SPACE);
    }

    @Test
    void aCheckSaysWhichFieldBreaksItOrThatTheDocumentDoes() {
        db.schema().define(USER.check("role <> 'admin' OR age >= 18"));
        assertThatThrownBy(() -> put("user:1", "{\"email\":\"a\",\"age\":-1}"))
                .hasMessage("'user:1' in space 'people' is no 'user' at /age, rule CHECK: -1 is there, and must be "
                        + "such that age >= 0; nothing was written");
        assertThatThrownBy(() -> put("user:1", "{\"email\":\"a\",\"age\":3,\"role\":\"admin\"}"))
                .hasMessage("'user:1' in space 'people' is no 'user', rule CHECK: the document must be such that "
                        + "role <> 'admin' OR age >= 18; nothing was written");
    }

    @Test
    void otherKeysAndSpacesStayUntyped() {
        db.schema().define(USER);
        put("note", "hello");
        db.space("other").put("user:1", "hello");
        assertThat(db.space("people").text("note")).contains("hello");
    }

    @Test
    void documentsGetTheDefaultsOfFieldsThatTheyLack() {
        db.schema().define(USER);
        put("user:1", "{\"email\":\"a\"}");
        db.main().run(tx -> {
            tx.space("people").put("user:2", "{\"email\":\"b\"}");
            tx.space("people").put("user:3", "{\"email\":\"c\", \"role\":null}");
        });
        assertThat(rows(db.space("people")))
                .containsExactly(
                        "user:1={\"email\":\"a\",\"role\":\"member\"}",
                        "user:2={\"email\":\"b\",\"role\":\"member\"}",
                        "user:3={\"email\":\"c\", \"role\":null}");
    }

    @Test
    void aTransactionTakesEffectWholeOrNotAtAll() {
        db.schema().define(USER);
        violated(
                "REQUIRED",
                "/email",
                () -> db.main().run(tx -> {
                    tx.space("people").put("user:1", "{\"email\":\"a\"}");
                    tx.space("other").put("k", "v");
                    tx.space("people").put("user:2", "{}");
                }));
        violated(
                "TYPE",
                "/email",
                () -> db.space("people").apply(new Batch().put(utf8("user:1"), utf8("{\"email\":1}"))));
        assertThat(db.main().spaces()).containsExactly(Schema.SPACE);
        violated(
                "REQUIRED",
                "/email",
                () -> db.main()
                        .commit(CommitMessage.of("c"), tx -> tx.space("people").put("user:1", "{}")));
    }

    @Test
    void aUniqueValueIsThereOnce() {
        db.schema().define(USER);
        put("user:1", "{\"email\":\"a\"}");
        violated("UNIQUE", "/email", () -> put("user:2", "{\"email\":\"a\"}"));
        put("user:1", "{\"email\":\"a\",\"age\":3}");
        put("user:1", "{\"email\":\"b\"}");
        put("user:2", "{\"email\":\"a\"}");
        db.main()
                .run(
                        tx -> { // they change places
                            tx.space("people").put("user:1", "{\"email\":\"a\"}");
                            tx.space("people").put("user:2", "{\"email\":\"b\"}");
                        });
        db.checkpoint();
        violated("UNIQUE", "/email", () -> put("user:3", "{\"email\":\"b\"}"));
        db.space("people").delete("user:2");
        put("user:3", "{\"email\":\"b\"}");
        reopenIfPossible();
        violated("UNIQUE", "/email", () -> put("user:4", "{\"email\":\"b\"}"));
    }

    @Test
    void aReferenceLeadsToADocumentThatIsThere() {
        db.schema().define(USER);
        db.schema().define(ORDER);
        violated("REFERENCE", "/user", () -> db.space("orders").put("1", "{\"user\":\"user:1\"}"));
        put("user:1", "{\"email\":\"a\"}");
        put("other", "{}");
        db.space("orders").put("1", "{\"user\":\"user:1\"}");
        violated("REFERENCE", "/user", () -> db.space("orders").put("2", "{\"user\":\"other\"}"));
        violated(
                "REFERENCE",
                "/with",
                () -> db.space("orders").put("2", "{\"user\":\"user:1\",\"with\":[\"user:1\",\"user:2\"]}"));
        violated("REFERENCE", "/user", () -> db.space("people").delete("user:1"));
        put("user:2", "{\"email\":\"b\",\"boss\":\"user:1\"}");
        db.space("orders").delete("1");
        violated("REFERENCE", "/boss", () -> db.space("people").delete("user:1"));
        db.main().run(tx -> {
            tx.space("people").delete("user:1");
            tx.space("people").put("user:2", "{\"email\":\"b\"}");
        });
        db.main()
                .run(
                        tx -> { // each needs the other
                            tx.space("people").put("user:3", "{\"email\":\"c\",\"boss\":\"user:4\"}");
                            tx.space("people").put("user:4", "{\"email\":\"d\",\"boss\":\"user:3\"}");
                        });
    }

    @Test
    void typesOfTheSameShapeInOtherSpacesAreOthers() {
        db.schema().define(USER);
        for (String space : List.of("orders", "returns")) {
            db.schema()
                    .define(TypeDefinition.of(
                            space, space, Field.string("number").unique(), Field.reference("user", "user")));
        }
        put("user:1", "{\"email\":\"a\"}");
        db.space("returns").put("r", "{\"number\":\"1\",\"user\":\"user:1\"}");
        db.main().run(tx -> {
            tx.space("orders").put("o", "{\"number\":\"1\"}");
            tx.space("returns").put("r", "{\"number\":\"2\",\"user\":\"user:1\"}");
        });
        violated("REFERENCE", "/user", () -> db.space("people").delete("user:1"));
        violated(
                "UNIQUE",
                "/number",
                () -> db.main().run(tx -> {
                    tx.space("orders").put("p", "{\"number\":\"3\"}");
                    tx.space("returns").put("s", "{\"number\":\"2\"}");
                }));
    }

    @Test
    void aTypeThatIsViolatedAlreadyIsRefusedWithExamplesOrTakenAsNotValid() {
        put("user:1", "{\"email\":\"a\"}");
        put("user:2", "{\"email\":\"a\"}");
        put("user:3", "{}");
        put("note", "hello");
        Validation refused = db.schema().define(USER);
        assertThat(refused.isInForce()).isFalse();
        assertThat(refused.documents()).isEqualTo(3);
        assertThat(refused.violations()).isEqualTo(3);
        assertThat(refused.examples().stream()
                        .map(one -> new String(one.key(), UTF_8) + " " + one.path() + " " + one.rule()))
                .containsExactly("user:1 /email UNIQUE", "user:2 /email UNIQUE", "user:3 /email REQUIRED");
        assertThat(db.schema().types()).isEmpty();
        put("user:4", "hello");
        db.space("people").delete("user:4");

        assertThat(db.schema().define(USER, Existing.NOT_VALID).isInForce()).isTrue();
        assertThat(db.schema().types()).containsExactly(new DefinedType(USER, false));
        violated("DOCUMENT", "", () -> put("user:4", "hello"));
        assertThat(db.schema().validate("user").violations()).isEqualTo(3);
        put("user:2", "{\"email\":\"b\"}");
        db.space("people").delete("user:3");
        assertThat(db.schema().validate("user").isClean()).isTrue();
        reopenIfPossible();
        assertThat(db.schema().find("user")).contains(new DefinedType(USER, true));
    }

    @Test
    void manyViolationsHaveAFewExamples() {
        db.main().run(tx -> {
            for (int i = 0; i < 50; i++) {
                tx.space("people").put("user:" + i, "{}");
            }
        });
        Validation found = db.schema().define(USER);
        assertThat(found.violations()).isEqualTo(50);
        assertThat(found.examples()).hasSize(Validation.EXAMPLES_MAX);
    }

    @Test
    void typesBelongToVersionsAndBranches() {
        db.commit("empty");
        db.schema().define(USER);
        db.commit("typed");
        Branch untyped = db.branch("untyped", "main~1");
        untyped.space("people").put("user:1", "{}");
        assertThat(untyped.schema().types()).isEmpty();
        assertThat(db.at("main").schema().find("user")).contains(new DefinedType(USER, true));
        assertThat(db.at("main~1").schema().types()).isEmpty();
        violated("REQUIRED", "/email", () -> put("user:1", "{}"));
        db.schema().drop("user");
        put("user:1", "{}");
        db.main().discard();
        violated("REQUIRED", "/email", () -> put("user:1", "{}"));
        assertThat(shown(db.diff("main~1", "main")))
                .singleElement()
                .satisfies(one -> assertThat(one)
                        .startsWith(
                                "+@schema/user={\"space\":\"people\",\"keys\":\"user:{id}\",\"fields\":{\"email\":{"));
    }

    @Test
    void definitionsMergeFieldByField() {
        db.schema().define(USER);
        db.commit("typed");
        Branch other = db.branch("other", "main");
        other.schema().define(with(Field.string("phone").required()));
        other.commit("phone");
        db.schema().define(with(Field.date("born")));
        db.commit("born");
        assertThat(db.merge("other", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        TypeDefinition.Fields fields = (TypeDefinition.Fields)
                db.schema().find("user").orElseThrow().definition().shape();
        assertThat(fields.fields().stream().map(Field::name))
                .containsExactly("email", "age", "role", "boss", "born", "phone");
        violated("REQUIRED", "/phone", () -> put("user:1", "{\"email\":\"a\"}"));
    }

    private static TypeDefinition with(Field more) {
        TypeDefinition.Fields fields = (TypeDefinition.Fields) USER.shape();
        Field[] all = Stream.concat(fields.fields().stream(), Stream.of(more)).toArray(Field[]::new);
        return TypeDefinition.of("user", "people", all).keys("user:{id}");
    }

    @Test
    void aMergeWhoseResultDoesNotFitIsRefused() {
        db.schema().define(USER);
        db.commit("typed");
        Branch other = db.branch("other", "main");
        other.space("people").put("user:2", "{\"email\":\"a\"}");
        other.commit("two");
        put("user:1", "{\"email\":\"a\"}");
        db.commit("one");
        violated("UNIQUE", "/email", () -> db.merge("other", Merge.into("main")));
        assertThat(db.space("people").contains(utf8("user:2"))).isFalse();
        other.space("people").put("user:2", "{\"email\":\"b\"}");
        other.commit("mended");
        assertThat(db.merge("other", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(db.space("people").count()).isEqualTo(2);
    }

    @Test
    void aMergeBringsATypeToDocumentsThatItDidNotKnow() {
        db.commit("empty");
        Branch other = db.branch("other", "main");
        other.schema().define(USER);
        other.commit("typed");
        put("user:1", "{}");
        db.commit("one");
        violated("REQUIRED", "/email", () -> db.merge("other", Merge.into("main")));
    }

    @Test
    void fieldsThatBothSidesChangedMustFitTogether() {
        TypeDefinition range = TypeDefinition.of("range", "ranges").check("low <= high");
        db.schema().define(range);
        db.space("ranges").put("r", "{\"low\":1,\"high\":9}");
        db.commit("typed");
        Branch other = db.branch("other", "main");
        other.space("ranges").put("r", "{\"low\":8,\"high\":9}");
        other.commit("low");
        db.space("ranges").put("r", "{\"low\":1,\"high\":2}");
        db.commit("high");
        violated("CHECK", "", () -> db.merge("other", Merge.into("main")));
        MergeRule ours = MergeRule.of("ranges", MergePolicy.ours());
        assertThat(db.merge("other", Merge.into("main").rule(ours))).isInstanceOf(MergeOutcome.Merged.class);
    }

    @Test
    void whatIsLoadedOrImportedFits() throws IOException {
        db.schema().define(USER);
        violated(
                "UNIQUE",
                "/email",
                () -> db.main()
                        .load(
                                "people",
                                List.of(
                                                new Entry(utf8("user:1"), utf8("{\"email\":\"a\"}")),
                                                new Entry(utf8("user:2"), utf8("{\"email\":\"a\"}")))
                                        .iterator()));
        String line = "{\"space\":\"people\",\"key\":\"user:1\",\"value\":{\"age\":1}}\n";
        violated(
                "REQUIRED",
                "/email",
                () -> db.main().importLines(new ByteArrayInputStream(utf8(line)), Import.named()));
        assertThat(db.main().spaces()).containsExactly(Schema.SPACE);
        put("user:1", "{\"email\":\"a\"}");
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        db.main().snapshot().exportLines(lines);
        Branch copy = db.branch("copy", db.head());
        copy.importLines(new ByteArrayInputStream(lines.toByteArray()), Import.named());
        assertThat(everything(copy.snapshot())).isEqualTo(everything(db.main().snapshot()));
        violated("REQUIRED", "/email", () -> copy.space("people").put("user:2", "{}"));
    }

    @Test
    void whatIsNoTypeDoesNotBecomeOneByAnImport() {
        for (String value : List.of("7", "{}", "\"text\"")) {
            String line = "{\"space\":\"@schema\",\"key\":\"user\",\"value\":" + value + "}\n";
            incorrect(
                    ErrorCode.INVALID_TYPE,
                    () -> db.main().importLines(new ByteArrayInputStream(utf8(line)), Import.named()));
        }
        String junk = "{\"space\":\"@schema\",\"key\":\"user\",\"text\":\"{\"}\n";
        incorrect(
                ErrorCode.INVALID_TYPE,
                () -> db.main().importLines(new ByteArrayInputStream(utf8(junk)), Import.named()));
        assertThat(db.main().spaces()).isEmpty();
    }

    @Test
    void typesMayBeGivenAsJsonAndAsJsonSchema() {
        Schema schema = db.schema();
        schema.define("note", "{\"space\":\"notes\",\"fields\":{\"text\":\"string\"}}", Existing.REFUSE);
        assertThat(schema.text("note"))
                .isEqualTo("{\"space\":\"notes\",\"keys\":\"{id}\",\"fields\":{\"text\":{\"type\":\"string\"}}}");
        schema.define(TypeDefinition.ofSchema("tag", "tags", "{\"maxLength\":3}"));
        db.space("tags").put("t", "\"abc\"");
        violated("SCHEMA", "", () -> db.space("tags").put("t", "\"abcd\""));
        assertThat(schema.types().stream().map(type -> type.definition().name()))
                .containsExactly("note", "tag");
    }

    @Test
    void whatCannotBeIsRefused() {
        Schema schema = db.schema();
        notFound(ErrorCode.UNKNOWN_TYPE, () -> schema.drop("user"));
        notFound(ErrorCode.UNKNOWN_TYPE, () -> schema.validate("user"));
        notFound(ErrorCode.UNKNOWN_TYPE, () -> schema.text("user"));
        incorrect(ErrorCode.INVALID_TYPE, () -> schema.define(ORDER));
        incorrect(ErrorCode.INVALID_TYPE, () -> schema.define("t", "{}", Existing.REFUSE));
        incorrect(ErrorCode.INVALID_TYPE, () -> schema.define(TypeDefinition.of("a b", "s")));
        incorrect(ErrorCode.INVALID_SPACE_NAME, () -> schema.define(TypeDefinition.of("t", "")));
        incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.space(Schema.SPACE).put("user", "{}"));
        incorrect(
                ErrorCode.INVALID_SPACE_NAME,
                () -> db.main().run(tx -> tx.space(Schema.SPACE).delete("user")));
        schema.define(USER);
        schema.define(ORDER);
        incorrect(ErrorCode.TYPE_NEEDED, () -> schema.drop("user"));
        schema.drop("order");
        schema.drop("user");
        assertThat(db.main().spaces()).isEmpty();
    }

    /// Eight threads write a few values to many documents; whatever wins, no value is there twice.
    @Test
    void uniqueValuesStayUniqueHoweverManyWrite() throws Exception {
        db.schema().define(USER);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = threads.invokeAll(IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(thread -> () -> writes(new SplittableRandom(thread)))
                    .toList());
            int done = 0;
            for (Future<Integer> one : all) {
                done += one.get();
            }
            assertThat(done).isPositive();
        }
        TreeSet<String> values = new TreeSet<>();
        for (String row : rows(db.space("people"))) {
            assertThat(values.add(row.substring(row.indexOf('=')))).as(row).isTrue();
        }
        assertThat(db.schema().validate("user").isClean()).isTrue();
    }

    private int writes(SplittableRandom random) {
        int done = 0;
        for (int i = 0; i < 40; i++) {
            try {
                put("user:" + random.nextInt(20), "{\"email\":\"" + random.nextInt(12) + "\"}");
                done++;
            } catch (DatabaseException.Incorrect taken) {
                assertThat(taken.code()).isEqualTo(ErrorCode.TYPE_VIOLATED);
            }
        }
        return done;
    }

    @Test
    void aTypeThatIsDefinedWhileOthersWriteHoldsForAllThatIsThere() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; i < 300; i++) {
                    try {
                        put("user:" + i % 7, i % 3 == 0 ? "{}" : "{\"email\":\"" + i + "\"}");
                    } catch (DatabaseException.Incorrect refused) {
                        assertThat(refused.code()).isEqualTo(ErrorCode.TYPE_VIOLATED);
                    }
                }
            });
            Validation found = db.schema().define(USER);
            while (!found.isInForce() && !writer.isDone()) {
                found = db.schema().define(USER);
            }
            writer.get();
            if (found.isInForce()) {
                List<Violation> wrong = db.schema().validate("user").examples();
                assertThat(wrong).isEmpty();
            }
        }
    }
}
