package coppice.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionDefinition.Function;
import coppice.api.projection.ProjectionDefinition.OfSpace;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledProjectionTest {
    private static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        ProjectionDefinition.from("s").where("a = "),
                        "the filter (a =): expected a value, found the end"),
                Arguments.of(ProjectionDefinition.from("s").where("a = :n"), "the filter: it has the parameter :n"),
                Arguments.of(
                        ProjectionDefinition.from("s").compute("b", "lenght(a)"),
                        "computed member 'b' (lenght(a)): there is no"),
                Arguments.of(
                        ProjectionDefinition.from("s").compute("b", "a").compute("b", "c"),
                        "computed member 'b': it is there twice"),
                Arguments.of(
                        ProjectionDefinition.from("s").compute("b", "a").where("b.c = 1"),
                        "the filter (b.c = 1): b.c goes on into b,"),
                Arguments.of(
                        ProjectionDefinition.from("s").compute("b", "a").where("b.c IS MISSING"),
                        "b.c goes on into b, which is"),
                Arguments.of(ProjectionDefinition.from("s").compute("\ud800", "1"), "half a character"),
                Arguments.of(ProjectionDefinition.from("s").index(), "the index: it has no columns"),
                Arguments.of(ProjectionDefinition.from("s").index("a", "b +"), "column 2 (b +): expected a value"),
                Arguments.of(
                        ProjectionDefinition.from("s").index("EACH a", "EACH b"), "column 2: another column is EACH"),
                Arguments.of(
                        ProjectionDefinition.from("s").index("a").storing("b", "b"),
                        "stored member 'b': it is there twice"),
                Arguments.of(ProjectionDefinition.from("s").groupBy(), "the groups: they have nothing in common"),
                Arguments.of(ProjectionDefinition.from("s").groupBy("a").count("a"), "member 'a': it is there twice"),
                Arguments.of(
                        ProjectionDefinition.from("s").groupBy("a").sum("n", " "), "measure 'n': SUM is about values"),
                Arguments.of(
                        ProjectionDefinition.from("s").groupBy("a").sum("n", "b b"),
                        "measure 'n' (b b): expected an operator"),
                Arguments.of(
                        ProjectionDefinition.from(""),
                        "its source: the name of a space has 1 to 255 bytes, this one has 0"),
                Arguments.of(ProjectionDefinition.from("é".repeat(128)), "this one has 256"),
                Arguments.of(ProjectionDefinition.from("s").keys(""), "its source: no key fits an empty glob"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatCannotBeUsedIsRefusedWithPlaceAndReason(ProjectionDefinition definition, String message) {
        DatabaseException wrong =
                catchThrowableOfType(DatabaseException.Incorrect.class, () -> CompiledProjection.of("p", definition));
        assertThat(wrong).hasMessageStartingWith("Projection 'p' cannot be used, because of ");
        assertThat(wrong).hasMessageContaining(message);
        assertThat(wrong.code()).isEqualTo(ErrorCode.INVALID_PROJECTION);
        assertThat(wrong.context()).containsEntry("projection", "p").containsKey("place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "é", "a/b"})
    void namesAreFewLettersDigitsAndSigns(String name) {
        assertThatThrownBy(() -> CompiledProjection.of(name, ProjectionDefinition.from("s")))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining("1 to 64 letters");
        assertThatThrownBy(() -> CompiledProjection.of("p", ProjectionDefinition.fromProjection(name)))
                .hasMessageContaining("no name of a projection");
        assertThatThrownBy(() -> CompiledProjection.of("a".repeat(65), ProjectionDefinition.from("s")))
                .hasMessageContaining("1 to 64");
        assertThat(CompiledProjection.of("A-z_0.9" + "a".repeat(57), ProjectionDefinition.from("s"))
                        .source())
                .isEqualTo(new OfSpace("s", "*"));
    }

    /// Each member names the one before it twice: written out, the last would have a billion parts.
    @Test
    void membersThatGrowWithoutBoundAreRefused() {
        ProjectionDefinition definition = ProjectionDefinition.from("s").compute("m0", "a");
        for (int i = 1; i <= 30; i++) {
            definition = definition.compute("m" + i, "m" + (i - 1) + " + m" + (i - 1));
        }
        ProjectionDefinition large = definition;
        assertThatThrownBy(() -> CompiledProjection.of("p", large))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining("computed member 'm13'")
                .hasMessageContaining("more than 10000 parts");
        ProjectionDefinition deep = ProjectionDefinition.from("s")
                .compute("a", "b" + " + 1".repeat(300))
                .compute("c", "a" + " + 1".repeat(190))
                .index("c");
        assertThat(CompiledProjection.of("p", deep).shape()).isInstanceOf(IndexShape.class);
        assertThatThrownBy(() -> CompiledProjection.of("p", deep.compute("d", "-(c" + " + 1".repeat(20) + ")")))
                .hasMessageContaining("computed member 'd'")
                .hasMessageContaining("500 levels");
    }

    @Test
    void groupsKnowWhatTheyHaveInCommonAndWhatIsMeasured() {
        GroupShape groups = (GroupShape) CompiledProjection.of(
                        "p",
                        ProjectionDefinition.from("s")
                                .compute("b", "a * 2")
                                .where("b > 1")
                                .groupBy("b")
                                .count("n")
                                .measure("m", Function.MAX, "b + 1"))
                .shape();
        assertThat(groups.by().getFirst().expression()).hasToString("a * 2");
        assertThat(groups.filter())
                .hasValueSatisfying(filter -> assertThat(filter).hasToString("a * 2 > 1"));
        assertThat(groups.measures().getFirst().expression()).isEmpty();
        assertThat(groups.measures().getLast().expression())
                .hasValueSatisfying(expression -> assertThat(expression).hasToString("a * 2 + 1"));
    }
}
