package coppice.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.schema.Field;
import coppice.api.schema.FieldType;
import coppice.api.schema.FieldType.Simple;
import coppice.api.schema.TypeDefinition;
import coppice.expression.Declared;
import coppice.expression.Expression;
import coppice.expression.ExpressionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredFieldsTest {
    private static final TypeDefinition OPEN = TypeDefinition.of(
            "t",
            "s",
            Field.string("name"),
            Field.integer("age"),
            Field.decimal("price", 2),
            Field.bool("on"),
            Field.timestamp("since"),
            Field.reference("boss", "t"),
            Field.array("tags", Simple.STRING),
            Field.array("lines", new FieldType.Nested(List.of(Field.integer("count")), true)),
            Field.object("address", Field.string("city")));

    private static void parsed(TypeDefinition type, String text) {
        Declared declared = CompiledType.of(type).declared();
        assertThat(Expression.parse(text, declared)).isEqualTo(Expression.parse(text));
    }

    private static void refused(TypeDefinition type, String text, String why) {
        assertThatThrownBy(() -> parsed(type, text))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "age = 'x' | age is a number, 'x' a text",
                "price = '1.50' | compares values of one type",
                "lower(age) = 'x' | lower takes a text",
                "on > 1 | on is a boolean",
                "year(price) = 1 | year takes a text",
                "boss = 7 | boss is a text",
                "tags = 'x' | tags is an array",
                "tags[0] + 1 = 2 | tags[0] is a text",
                "lines[0].count LIKE 'x' | lines[0].count is a number",
                "lines[0].coutn = 1 | did you mean count?",
                "lines.count = 1 | no document can have lines.count",
                "address.city = 1 | address.city is a text",
                "address[0] = 1 | no document can have address[0]",
                "age.years = 1 | no document can have age.years",
                "$value = 1 | $value is an object"
            })
    void whatNeverHoldsIsRefused(String text, String why) {
        refused(OPEN, text, why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "age > 1 AND name LIKE 'a%' AND since < '2026' AND on",
                "agee = 1 AND lower(other) = 'x'",
                "address.zip = 1 AND address.city = 'Rome'",
                "tags CONTAINS 'x' AND length(tags) > 1 AND lines[3].count + 1 = 2",
                "price = 1 OR price IS NULL OR name IS MISSING",
                "$key = 'k' AND $value.age = 1"
            })
    void whatMayHoldIsTaken(String text) {
        parsed(OPEN, text);
    }

    @Test
    void onlyAClosedTypeKnowsAllNames() {
        refused(OPEN.closed(), "agee = 1", "no document can have agee: did you mean age?");
        parsed(OPEN.closed(), "address.zip = 1"); // the object within is open
        parsed(TypeDefinition.ofSchema("t", "s", "{\"additionalProperties\":false}"), "other = 1");
    }

    private static void isNoType(String why, TypeDefinition type) {
        assertThatThrownBy(() -> CompiledType.of(type))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining(why);
        assertThat(CompiledType.stored(type).definition()).isEqualTo(type);
    }

    @Test
    void checksThatNeverHoldAreRefusedWhenATypeIsDefined() {
        isNoType("A check of type 't' cannot be: ", OPEN.check("age = 'x'"));
        isNoType("CHECK takes a boolean, and age is a number", OPEN.check("age"));
        isNoType("did you mean age?", OPEN.closed().check("agee > 1"));
        isNoType("a is a number", TypeDefinition.of("t", "s", Field.integer("a").check("a LIKE 'x'")));
        isNoType(
                "b is a text",
                TypeDefinition.of("t", "s", Field.object("o", Field.string("b").check("b > 1"))));
        isNoType(
                "no document can have age",
                TypeDefinition.of(
                        "t",
                        "s",
                        Field.integer("age"),
                        Field.array(
                                "a",
                                new FieldType.Nested(List.of(Field.string("b").check("b > age")), true))));
    }

    @Test
    void defaultsThatTheirFieldRefusesAreRefusedWhenATypeIsDefined() {
        isNoType(
                "its default 200 breaks its check: age < 150",
                TypeDefinition.of(
                        "t", "s", Field.integer("age").withDefault("200").check("age < 150")));
        isNoType(
                "must be text at /tags/1",
                TypeDefinition.of("t", "s", Field.array("tags", Simple.STRING).withDefault("[\"a\",1]")));
        isNoType(
                "must be text at /o/b",
                TypeDefinition.of(
                        "t",
                        "s",
                        Field.object("o", Field.string("b").required()).withDefault("{}")));
        TypeDefinition others =
                TypeDefinition.of("t", "s", Field.integer("a").withDefault("1").check("b IS NOT NULL OR a > 1"));
        assertThat(CompiledType.of(others).definition()).isEqualTo(others);
    }
}
