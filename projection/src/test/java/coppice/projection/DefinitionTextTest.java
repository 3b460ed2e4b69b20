package coppice.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coppice.api.DatabaseException;
import coppice.api.projection.Join;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionDefinition.Function;
import coppice.expression.ExpressionException;
import coppice.testing.property.Choices;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTextTest {
    @Test
    void everyPartIsReadAsTheBuilderMakesIt() {
        assertThat(DefinitionText.read("""
                        from orders keys 'o:*'
                        left join people on user_id = id fields email, name as buyer
                        compute amount*1.25 as gross, upper(buyer) as loud
                        where gross>10 and not paid
                        unique index by each tags desc, gross asc store buyer, address.city as "address.city"
                        """))
                .isEqualTo(ProjectionDefinition.from("orders")
                        .keys("o:*")
                        .join(Join.left("people", "user_id", "id")
                                .fields("email")
                                .field("buyer", "name"))
                        .compute("gross", "amount * 1.25")
                        .compute("loud", "upper(buyer)")
                        .where("gross > 10 AND NOT paid")
                        .index("EACH tags DESC", "gross")
                        .unique()
                        .storing("buyer")
                        .storing("address.city"));
    }

    @Test
    void whatIsStoredAndGroupedByCanBeNamed() {
        assertThat(DefinitionText.read(
                        "FROM s JOIN t ON a = b FIELDS c, d + 1 AS e INDEX BY a STORE b, c || ' AS x' AS \"a \"\"b\""))
                .isEqualTo(ProjectionDefinition.from("s")
                        .join(Join.inner("t", "a", "b").fields("c", "d + 1 AS e"))
                        .index("a")
                        .storing("b", "c || ' AS x' AS \"a \"\"b\""));
        assertThat(DefinitionText.read("FROM s GROUP BY a, CAST(b AS NUMBER) AS n, upper(c) AS big"))
                .isEqualTo(ProjectionDefinition.from("s").groupBy("a", "CAST(b AS NUMBER) as n", "upper(c)  AS big "));
    }

    @Test
    void severalSourcesAreJoinedInTheirOrder() {
        assertThat(DefinitionText.read("FROM s JOIN t ON a = b FIELDS c LEFT JOIN PROJECTION u ON c = d"
                        + " FIELDS e, f + 1 AS g INDEX BY g"))
                .isEqualTo(ProjectionDefinition.from("s")
                        .join(Join.inner("t", "a", "b").fields("c"))
                        .join(Join.left("t", "c", "d").withProjection("u").fields("e", "f + 1 AS g"))
                        .index("g"));
    }

    @Test
    void groupsAreReadAsTheBuilderMakesThem() {
        assertThat(DefinitionText.read("FROM PROJECTION p GROUP BY a MEASURE COUNT(*) AS n, COUNT(b) AS c, "
                        + "COUNT(DISTINCT b) AS d, SUM(b) AS s, AVG(b) AS v, MIN(b) AS l, MAX(b) AS g"))
                .isEqualTo(ProjectionDefinition.fromProjection("p")
                        .groupBy("a")
                        .count("n")
                        .measure("c", Function.COUNT, "b")
                        .countDistinct("d", "b")
                        .sum("s", "b")
                        .average("v", "b")
                        .min("l", "b")
                        .max("g", "b"));
        assertThat(DefinitionText.read("FROM s MEASURE COUNT(*) AS n"))
                .isEqualTo(ProjectionDefinition.from("s").groupBy().count("n"));
        assertThat(DefinitionText.read("FROM s INDEX BY each, EACH each, EACH (a)")
                        .output())
                .isEqualTo(ProjectionDefinition.from("s")
                        .index("each", "EACH each", "EACH a")
                        .output());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '~',
            value = {
                "FROM s WERE a = 1 → 7 → expected the end, or what comes next → did you mean WHERE?",
                "FROM s WHERE a = 1 INDX BY b → 19 → found `INDX` → did you mean INDEX?",
                "FROM s WHERE a COMPUTE b AS c → 15 → found `COMPUTE` → in this order",
                "FROM s WHERE → 12 → expected a value, found the end → expected",
                "FROM WHERE a → 5 → expected the name of a space (if this is it, write \"WHERE\") → WHERE",
                "FROM 'people' → 5 → expected the name of a space (unusual ones in double quotes) → 'people'",
                "people → 0 → expected FROM, found `people` → FROM",
                "FROM s KEYS user → 12 → expected a glob in single quotes → 'user:*'",
                "FROM s WHERE a = :n → 13 → the parameter :n has no value here → write the value",
                "FROM s COMPUTE a || b → 15 → only a member by its own name needs no other → AS",
                "FROM s COMPUTE a.b → 15 → only a member by its own name → AS",
                "FROM s JOIN t ON a FIELDS b → 17 → ON says what is equal → user_id = id",
                "FROM s JOIN t ON a = b AND c = d FIELDS b → 17 → ON says what is equal → user_id = id",
                "FROM s JOIN t ON a = b → 22 → expected FIELDS, found the end → FIELDS",
                "FROM s LEFT t → 12 → expected JOIN → JOIN",
                "FROM s GROUP BY a MEASURE SUMM(b) AS c → 26 → a measure, one of → did you mean SUM?",
                "FROM s GROUP BY a MEASURE SUM(*) AS c → 30 → expected a value, found `*` → value",
                "FROM s GROUP BY a MEASURE SUM(b) → 32 → expected AS, found the end → AS",
                "FROM s INDEX a → 13 → expected BY → BY",
                "FROM s INDEX BY a DESC ASC → 23 → found `ASC` → expected",
                "FROM s INDEX BY a, → 18 → expected a value, found the end → value",
                "FROM s UNIQUE GROUP BY a → 14 → expected INDEX → INDEX",
                "FROM s WHERE lenght(a) = 1 → 13 → there is no function lenght → length",
                "FROM s WHERE a = 'x → 17 → this text has no end → close it"
            })
    void errorsNameThePlaceAndARemedy(String text, int offset, String problem, String remedy) {
        ExpressionException wrong = catchThrowableOfType(ExpressionException.class, () -> DefinitionText.read(text));
        assertThat(wrong).hasMessageContaining(problem).hasMessageContaining(remedy);
        assertThat(wrong.offset()).isEqualTo(offset);
    }

    @Test
    void aProjectionOfTextSaysWhereTheTextIsWrong() {
        DatabaseException wrong = catchThrowableOfType(
                DatabaseException.Incorrect.class,
                () -> CompiledProjection.parse("p", "FROM s\n  WHERE a = INDEX BY b"));
        assertThat(wrong)
                .hasMessageContaining("projection 'p' cannot be read, at line 2, column 19")
                .hasMessageEndingWith("    WHERE a = INDEX BY b\n                    ^");
        assertThat(wrong.context()).containsEntry("line", "2").containsEntry("column", "19");
        assertThat(CompiledProjection.parse("p", "FROM s INDEX BY a").definition())
                .isEqualTo(ProjectionDefinition.from("s").index("a"));
    }

    @Test
    void aDefinitionThatCouldNotBeReadAgainIsRefused() {
        ProjectionDefinition large = ProjectionDefinition.from("s");
        for (int i = 0; i < 700; i++) {
            large = large.compute("m" + i, "'" + "x".repeat(100) + "'");
        }
        ProjectionDefinition definition = large;
        assertThat(catchThrowableOfType(
                        DatabaseException.Incorrect.class, () -> CompiledProjection.of("p", definition)))
                .hasMessageContaining("its text: an expression has at most 65,536 characters");
    }

    @Test
    void definitionsComeBackFromTheirText() {
        Property.forAll(DefinitionSamples.definitions()).runs(5_000).check(definition -> {
            String text = DefinitionText.write(definition);
            ProjectionDefinition read = DefinitionText.read(text);
            assertThat(read).as(text).isEqualTo(DefinitionSamples.canonical(definition));
            assertThat(DefinitionText.write(read)).isEqualTo(text);
        });
    }

    /// Words in any order, and definitions with some characters left out, doubled or exchanged.
    @Test
    void anyTextIsReadOrRefusedWithAPlaceInIt() {
        Gen<String> words = DefinitionSamples.words().list(0, 25).map(all -> String.join(" ", all));
        Gen<String> damaged = Gen.combine(
                DefinitionSamples.definitions().map(DefinitionText::write),
                Gen.combine(Gen.ints(0, 10_000), Gen.ints(0, 12), (at, length) -> new int[] {at, length}),
                (text, cut) -> {
                    int from = cut[0] % text.length();
                    int to = Math.min(text.length(), from + cut[1] / 2);
                    String part = text.substring(from, to);
                    String instead = cut[1] % 2 == 0
                            ? ""
                            : cut[0] % 3 == 0 ? part + part : new StringBuilder(part).reverse() + "'";
                    return text.substring(0, from) + instead + text.substring(to);
                });
        Property.forAll(Gen.oneOf(words, damaged, DefinitionTextTest::noise))
                .runs(20_000)
                .check(text -> {
                    try {
                        ProjectionDefinition read = DefinitionText.read(text);
                        assertThat(DefinitionText.read(DefinitionText.write(read)))
                                .isEqualTo(read);
                    } catch (ExpressionException wrong) {
                        assertThat(wrong.offset()).isBetween(0, text.length());
                        assertThat(wrong.problem()).isNotBlank();
                    }
                });
    }

    private static String noise(Choices choices) {
        StringBuilder text = new StringBuilder("FROM s ");
        for (long left = choices.upTo(20); left > 0; left--) {
            text.appendCodePoint((int) choices.upTo(choices.upTo(3) == 0 ? 0x10FFFF : 127));
        }
        return text.toString();
    }
}
