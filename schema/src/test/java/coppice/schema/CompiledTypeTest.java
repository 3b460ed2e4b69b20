package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.schema.Field;
import coppice.api.schema.FieldType;
import coppice.api.schema.FieldType.Simple;
import coppice.api.schema.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompiledTypeTest {
    private static final TypeDefinition USER = TypeDefinition.of(
                    "user",
                    "people",
                    Field.string("id").required(),
                    Field.string("email").required().unique(),
                    Field.integer("age").check("age BETWEEN 0 AND 150"),
                    Field.string("role").withDefault("\"member\""),
                    Field.array("tags", Simple.STRING),
                    Field.object(
                            "address",
                            Field.string("city").required(),
                            Field.bool("main").withDefault("true")),
                    Field.reference("boss", "user"))
            .keys("user:{id}")
            .check("role <> 'admin' OR age >= 18");

    private static List<String> wrong(TypeDefinition type, String key, String document) {
        List<String> found = new ArrayList<>();
        CompiledType.of(type)
                .check(
                        key.getBytes(UTF_8),
                        document.getBytes(UTF_8),
                        violation -> found.add(violation.path() + " " + violation.rule() + " " + violation.value()
                                + " > " + violation.expected()));
        return found;
    }

    private static List<String> wrong(String document) {
        return wrong(USER, "user:7", document);
    }

    @Test
    void aDocumentThatIsRightHasNoViolation() {
        assertThat(wrong("""
                        {"id":"7","email":"a@b","age":30,"tags":["x"],"address":{"city":"Rome","zip":"1"},
                         "boss":"user:1","other":{"any":1}}""")).isEmpty();
        assertThat(wrong("{\"id\":\"7\",\"email\":\"a@b\",\"age\":null,\"tags\":null}"))
                .isEmpty();
    }

    @Test
    void eachViolationSaysWhereWhichRuleAndWhatIsThere() {
        assertThat(wrong("""
                        {"id":"8","email":null,"age":"x","tags":["a",1],"address":{"main":2},"boss":3}"""))
                .containsExactly(
                        "/email REQUIRED null > text",
                        "/age TYPE \"x\" > a whole number",
                        "/tags/1 TYPE 1 > text",
                        "/address/city REQUIRED  > text",
                        "/address/main TYPE 2 > true or false",
                        "/boss TYPE 3 > the key of a document of type 'user', as text",
                        "/id KEY \"8\" > '7', as the key says");
    }

    @Test
    void checksMayBeUnknownButNotFalse() {
        assertThat(wrong("{\"id\":\"7\",\"email\":\"e\",\"age\":151,\"role\":\"admin\"}"))
                .containsExactly("/age CHECK 151 > such that age BETWEEN 0 AND 150");
        assertThat(wrong("{\"id\":\"7\",\"email\":\"e\",\"age\":17,\"role\":\"admin\"}"))
                .containsExactly(" CHECK  > such that role <> 'admin' OR age >= 18");
        assertThat(wrong("{\"id\":\"7\",\"email\":\"e\",\"role\":\"admin\"}")).isEmpty();
    }

    @Test
    void aCheckIsAboutTheObjectThatHoldsTheField() {
        FieldType line = new FieldType.Nested(
                List.of(Field.integer("count").check("count > 0 AND count < size"), Field.integer("size")), false);
        TypeDefinition order = TypeDefinition.of(
                "order", "orders", Field.of("gift", line), Field.array("lines", new FieldType.Array(line)));
        assertThat(wrong(order, "k", """
                        {"count":-1,"gift":{"count":0,"size":2},
                         "lines":[[{"count":1,"size":2},{"count":2,"size":2}]]}"""))
                .containsExactly(
                        "/gift/count CHECK 0 > such that count > 0 AND count < size",
                        "/lines/0/1/count CHECK 2 > such that count > 0 AND count < size");
        assertThat(wrong(order, "k", "{\"gift\":{\"size\":2},\"lines\":[]}")).isEmpty();
        refused(
                "cannot be read",
                TypeDefinition.of(
                        "t",
                        "s",
                        Field.array(
                                "a",
                                new FieldType.Nested(List.of(Field.string("b").check("b =")), false))));
    }

    @Test
    void aCheckMaySayThatAFieldMustBeThere() {
        TypeDefinition type = TypeDefinition.of("t", "s", Field.string("a").check("a IS NOT NULL OR b"));
        assertThat(wrong(type, "k", "{\"b\":false}")).containsExactly("/a CHECK  > such that a IS NOT NULL OR b");
        assertThat(wrong(type, "k", "{\"b\":true}")).isEmpty();
    }

    @Test
    void whatIsNoObjectIsNoDocument() {
        assertThat(wrong("[1]")).containsExactly(" DOCUMENT [1] > a JSON object");
        assertThat(wrong("not json")).containsExactly(" DOCUMENT \"not json\" > a JSON object");
        assertThat(wrong("x".repeat(500)))
                .singleElement()
                .satisfies(text -> assertThat(text).hasSizeLessThan(200).contains("xxx..."));
    }

    @Test
    void aClosedTypeHasNoOtherMembers() {
        TypeDefinition closed = TypeDefinition.of("t", "s", Field.string("a")).closed();
        assertThat(wrong(closed, "k", "{\"a\":\"1\",\"b/c\":2}"))
                .containsExactly("/b~1c UNKNOWN 2 > no member of this name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INTEGER | 3 | 3.5",
                "INTEGER | 3.0 | \"3\"",
                "INTEGER | 3e2 | 3e-2",
                "INTEGER | 1e999999999 | 1e-999999999",
                "NUMBER | 3.5 | \"3.5\"",
                "BOOLEAN | true | 1",
                "STRING | \"\" | 1",
                "TIMESTAMP | \"2026-11-20T18:30:00Z\" | \"2026-11-20 18:30\"",
                "TIMESTAMP | \"2026-11-20T18:30:00.25+01:00\" | \"2026-02-30T00:00:00Z\"",
                "DATE | \"2028-02-29\" | \"2026-02-29\"",
                "BYTES | \"AAE=\" | \"AAE\"",
                "BYTES | \"\" | \"*\"",
                "UUID | \"123e4567-e89b-12d3-a456-426614174000\" | \"123e4567\""
            })
    void simpleTypesTakeWhatTheySay(Simple type, String right, String wrong) {
        TypeDefinition definition = TypeDefinition.of("t", "s", Field.of("f", type));
        assertThat(wrong(definition, "k", "{\"f\":" + right + "}")).isEmpty();
        assertThat(wrong(definition, "k", "{\"f\":" + wrong + "}")).hasSize(1);
    }

    @Test
    void aDecimalHasSoManyDigitsOrFewer() {
        TypeDefinition definition = TypeDefinition.of("t", "s", Field.decimal("f", 2));
        assertThat(wrong(definition, "k", "{\"f\":12.50}")).isEmpty();
        assertThat(wrong(definition, "k", "{\"f\":12.500}")).isEmpty();
        assertThat(wrong(definition, "k", "{\"f\":12.505}"))
                .containsExactly("/f TYPE 12.505 > a number with at most 2 digits after the point");
    }

    private static String completed(String document) {
        return new String(CompiledType.of(USER).completed(document.getBytes(UTF_8)), UTF_8);
    }

    @Test
    void defaultsComeWhereAFieldIsAbsent() {
        assertThat(completed("{\"id\":\"7\"}")).isEqualTo("{\"id\":\"7\",\"role\":\"member\"}");
        assertThat(completed("{\"role\":null, \"x\":1.0}")).isEqualTo("{\"role\":null, \"x\":1.0}");
        assertThat(completed("{\"role\":\"a\",\"address\":{\"city\":\"B\"}}"))
                .isEqualTo("{\"role\":\"a\",\"address\":{\"city\":\"B\",\"main\":true}}");
        assertThat(completed("[]")).isEqualTo("[]");
    }

    @Test
    void aJsonSchemaSaysWhatIsWrongByKeyword() {
        TypeDefinition type = TypeDefinition.ofSchema("t", "s", """
                {"type":"object","required":["name"],"properties":{"name":{"type":"string","minLength":2},
                 "size":{"$ref":"#/$defs/size"}},"$defs":{"size":{"type":"integer","maximum":10}}}""");
        assertThat(wrong(type, "k", "{\"name\":\"ab\",\"size\":10.0}")).isEmpty();
        assertThat(wrong(type, "k", "{\"name\":\"a\",\"size\":11}"))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).startsWith("/name SCHEMA \"a\" > text of at least 2"),
                        one -> assertThat(one).startsWith("/size SCHEMA 11 > 10 or less"));
        assertThat(wrong(type, "k", "{}"))
                .singleElement()
                .satisfies(one -> assertThat(one).contains("SCHEMA {} > an object with \"name\""));
        assertThat(wrong(type, "k", "no")).containsExactly(" DOCUMENT \"no\" > JSON");
    }

    @Test
    void whatCannotBeATypeIsRefusedWithThePlace() {
        refused("there twice", TypeDefinition.of("t", "s", Field.string("a"), Field.number("a")));
        refused("is no JSON", TypeDefinition.of("t", "s", Field.string("a").withDefault("x")));
        refused("is not text", TypeDefinition.of("t", "s", Field.string("a").withDefault("1")));
        refused("cannot be read", TypeDefinition.of("t", "s", Field.string("a").check("a = ")));
        refused("cannot be read", TypeDefinition.of("t", "s").check("a = :b"));
        refused("cannot be used", TypeDefinition.ofSchema("t", "s", "{\"type\":7}"));
        refused("cannot be used", TypeDefinition.ofSchema("t", "s", "{"));
    }

    private static void refused(String why, TypeDefinition definition) {
        assertThatThrownBy(() -> CompiledType.of(definition))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining(why);
    }

    @Test
    void aSchemaRefersToItsOwnPartsOnly() {
        refused("it refers to http://h/x", TypeDefinition.ofSchema("t", "s", "{\"$ref\":\"http://h/x\"}"));
        TypeDefinition own = TypeDefinition.ofSchema("t", "s", """
                {"$id":"http://h/x","$defs":{"a":{"type":"null"}},"items":{"$ref":"http://h/x#/$defs/a"}}""");
        assertThat(wrong(own, "k", "[null]")).isEmpty();
        assertThat(wrong(own, "k", "[1]")).hasSize(1);
    }

    @Test
    void whatHasToDoWithOthersIsFoundWhereverItIs() {
        TypeDefinition type = TypeDefinition.of(
                "t",
                "s",
                Field.string("u").unique(),
                Field.reference("a", "x"),
                Field.object(
                        "b",
                        Field.array("c", new FieldType.Reference("y")),
                        Field.integer("n/m").unique()));
        List<FieldPath> paths = CompiledType.of(type).paths();
        assertThat(paths.stream().map(path -> path.pointer() + ">" + path.to()))
                .containsExactly("/u>", "/a>x", "/b/c>y", "/b/n~1m>");
        byte[] document = "{\"u\":null,\"a\":\"k\",\"b\":{\"c\":[\"1\",\"2\",\"1\"],\"n/m\":1.0}}".getBytes(UTF_8);
        assertThat(paths.stream().map(path -> path.values(document).toString()))
                .containsExactly("[]", "[\"k\"]", "[\"1\", \"2\"]", "[1]");
        assertThat(FieldPath.reference("k")).isEqualTo("\"k\"");
    }

    @Test
    void aDefinitionIsTheSameAfterWritingAndReading() {
        for (TypeDefinition type : List.of(
                USER,
                USER.closed(),
                TypeDefinition.of("t", "s", Field.decimal("d", 3), Field.array("a", new FieldType.Array(Simple.DATE))),
                TypeDefinition.ofSchema("t", "s", "{\"type\":\"object\"}"))) {
            assertThat(TypeFormat.read(
                            type.name(), TypeFormat.write(type).text().getBytes(UTF_8)))
                    .isEqualTo(type);
        }
    }

    @Test
    void aDefinitionMayBeWrittenShort() {
        assertThat(TypeFormat.read("t", "{\"space\":\"s\",\"fields\":{\"a\":\"integer\"}}".getBytes(UTF_8)))
                .isEqualTo(TypeDefinition.of("t", "s", Field.integer("a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | must be a JSON object",
                "{ | no JSON",
                "{\"fields\":{}} | lacks \"space\"",
                "{\"space\":\"s\"} | lacks \"fields\"",
                "{\"space\":\"s\",\"fields\":{\"a\":\"int\"}} | at /fields/a: 'int' is no type",
                "{\"space\":\"s\",\"fields\":{\"a\":{\"type\":\"array\"}}} | at /fields/a: it lacks \"items\"",
                "{\"space\":\"s\",\"fields\":{\"a\":{\"type\":\"string\",\"uniq\":true}}} | no \"uniq\"",
                "{\"space\":\"s\",\"fields\":{\"a\":{\"type\":\"string\",\"unique\":1}}} | must be true or false",
                "{\"space\":\"s\",\"fields\":{},\"schema\":{}} | a type is one or the other",
                "{\"space\":\"s\",\"fields\":{},\"field\":{}} | no \"field\""
            })
    void whatIsNoDefinitionIsRefusedWithThePlace(String text, String why) {
        assertThatThrownBy(() -> TypeFormat.read("t", text.getBytes(UTF_8)))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining(why);
    }
}
