package coppice.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.projection.ProjectionDefinition;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowShapeTest {
    private static Optional<String> row(ProjectionDefinition definition, String document) {
        return ((RowShape) CompiledProjection.of("p", definition).shape())
                .document("k".getBytes(UTF_8), document.getBytes(UTF_8))
                .map(row -> new String(row, UTF_8));
    }

    @Test
    void withoutComputedMembersARowStaysTheVeryArray() {
        RowShape rows = (RowShape)
                CompiledProjection.of("p", ProjectionDefinition.from("s").where("a > 1"))
                        .shape();
        byte[] document = " {\"a\": 2.0} ".getBytes(UTF_8);
        assertThat(rows.document(new byte[] {1}, document)).containsSame(document);
        assertThat(rows.document(new byte[] {1}, "{\"a\":1}".getBytes(UTF_8))).isEmpty();
        assertThat(row(ProjectionDefinition.from("s"), "no JSON")).contains("no JSON");
    }

    @Test
    void computedMembersStandInTheirPlaceOrAtTheEnd() {
        ProjectionDefinition definition = ProjectionDefinition.from("s")
                .compute("b", "a + 1")
                .compute("full", "b || '/' || $key")
                .compute("none", "nothing");
        assertThat(row(definition, "{\"a\": 1.50, \"b\": 0, \"c\": 3e0}"))
                .contains("{\"a\": 1.50, \"b\": 2.5, \"c\": 3e0,\"full\":\"2.5/k\",\"none\":null}");
        assertThat(row(definition, "{}")).contains("{\"b\":null,\"full\":null,\"none\":null}");
    }

    @Test
    void whereMembersAreComputedOnlyObjectsAreRows() {
        ProjectionDefinition definition = ProjectionDefinition.from("s").compute("b", "1");
        assertThat(row(definition, "[1]")).isEmpty();
        assertThat(row(definition, "no JSON")).isEmpty();
    }

    @Test
    void theFilterSeesComputedMembers() {
        ProjectionDefinition definition = ProjectionDefinition.from("s")
                .compute("b", "a + 1")
                .compute("c", "b * 2")
                .where("c = 4 AND b IS NOT MISSING");
        assertThat(row(definition, "{\"a\":1}")).contains("{\"a\":1,\"b\":2,\"c\":4}");
        assertThat(row(definition, "{\"a\":2,\"b\":1,\"c\":4}")).isEmpty();
    }

    @Test
    void onlyWithoutComputedMembersAndFilterEveryRowStays() {
        ProjectionDefinition all = ProjectionDefinition.from("s");
        assertThat(shape(all).isIdentity()).isTrue();
        assertThat(shape(all.where("TRUE")).isIdentity()).isTrue();
        assertThat(shape(all.where("a")).isIdentity()).isFalse();
        assertThat(shape(all.compute("a", "1")).isIdentity()).isFalse();
    }

    private static RowShape shape(ProjectionDefinition definition) {
        return (RowShape) CompiledProjection.of("p", definition).shape();
    }
}
