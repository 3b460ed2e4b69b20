package coppice.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.projection.Join;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionDefinition.OfSpace;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinShapeTest {
    private static final byte[] KEY = "k".getBytes(UTF_8);
    private static final Join BUYERS =
            Join.left("people", "user_id", "id").fields("email").field("buyer", "name || '/' || $key");

    private static JoinShape join(Join join) {
        return CompiledProjection.of("p", ProjectionDefinition.from("orders").join(join))
                .joins()
                .getFirst();
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void rowsBelongTogetherWhenTheirValuesAreEqualAndNotNull() {
        JoinShape join = join(BUYERS);
        assertThat(join.source()).isEqualTo(new OfSpace("people", "*"));
        assertThat(join.isLeft()).isTrue();
        byte[] local = join.local(KEY, json("{\"user_id\":1.0}")).orElseThrow();
        assertThat(join.foreign(KEY, json("{\"id\":1}")))
                .hasValueSatisfying(foreign -> assertThat(foreign).isEqualTo(local));
        assertThat(join.foreign(KEY, json("{\"id\":\"1\"}")).orElseThrow()).isNotEqualTo(local);
        assertThat(join.local(KEY, json("{}"))).isEmpty();
        assertThat(join.foreign(KEY, json("{\"id\":null}"))).isEmpty();
        assertThat(join.local().toString() + join.foreign()).isEqualTo("user_idid");
    }

    @Test
    void aJoinedDocumentHasTheFieldsOverItsMembers() {
        assertThat(join(BUYERS).document(json("{\"buyer\": 0, \"n\": 1.50}"), json("p:1"), json("{\"name\":\"Zoë\"}")))
                .hasValueSatisfying(joined -> assertThat(new String(joined, UTF_8))
                        .isEqualTo("{\"buyer\": \"Zoë/p:1\", \"n\": 1.50,\"email\":null}"));
        assertThat(join(BUYERS).document(json("[1]"), KEY, json("{}"))).isEmpty();
    }

    @Test
    void onlyALeftJoinKeepsRowsAlone() {
        byte[] document = json("{\"a\": 1}");
        assertThat(join(BUYERS).alone(document)).containsSame(document);
        assertThat(join(BUYERS).alone(json("[]"))).isEmpty();
        assertThat(join(Join.inner("people", "a", "b").fields("c")).alone(document))
                .isEmpty();
    }

    @Test
    void theShapeIsAboutJoinedRows() {
        CompiledProjection projection = CompiledProjection.of(
                "p", ProjectionDefinition.from("orders").join(BUYERS).compute("x", "buyer || '!'"));
        RowShape rows = (RowShape) projection.shape();
        assertThat(rows.document(KEY, json("{\"buyer\":\"b\"}"))).contains(json("{\"buyer\":\"b\",\"x\":\"b!\"}"));
    }

    @Test
    void joinsThatCannotWorkAreRefused() {
        for (String[] wrong : new String[][] {
            {"1 + 1", "id", "what a row of the join has (1 + 1): it is the same for all rows"},
            {"user_id", "'x'", "what the others of the join have ('x'): it is the same"},
            {"user_id +", "id", "what a row of the join has (user_id +): expected"},
            {"user_id", ":id", "what the others of the join have: it has the parameter :id"}
        }) {
            assertThatThrownBy(
                            () -> join(Join.inner("people", wrong[0], wrong[1]).fields("name")))
                    .isInstanceOf(DatabaseException.Incorrect.class)
                    .hasMessageContaining(wrong[2]);
        }
        assertThatThrownBy(() -> join(Join.inner("people", "a", "b")))
                .hasMessageContaining("the join: its rows get no");
        assertThatThrownBy(() -> join(Join.inner("people", "a", "b").fields("a", "a")))
                .hasMessageContaining("join field 'a': it is there twice");
        assertThatThrownBy(() -> join(Join.inner("", "a", "b").fields("a")))
                .hasMessageContaining("the source of the join: the name of a space");
    }

    private record Pair(byte[] left, byte[] right) {
        JoinedKey key() {
            return new JoinedKey(left, right.length == 0 ? Optional.empty() : Optional.of(right));
        }
    }

    @Test
    void joinedKeysSortByTheLeftKeyAndThenByTheRightAndComeBack() {
        Gen<byte[]> keys =
                Gen.element(0, 1, 2, 0x61, 0xFD, 0xFE, 0xFF).list(1, 4).map(JoinShapeTest::bytes);
        Gen<Pair> pairs = Gen.combine(keys, Gen.oneOf(Gen.constant(new byte[0]), keys), Pair::new);
        Property.forAll(Gen.combine(pairs, pairs, List::of)).runs(20_000).check(two -> {
            Pair one = two.get(0);
            Pair other = two.get(1);
            int order = Arrays.compareUnsigned(one.left(), other.left());
            order = order != 0 ? order : Arrays.compareUnsigned(one.right(), other.right());
            byte[] key = one.key().bytes();
            assertThat(Integer.signum(Arrays.compareUnsigned(key, other.key().bytes())))
                    .isEqualTo(Integer.signum(order));
            JoinedKey read = JoinedKey.read(key).orElseThrow();
            assertThat(read.left()).isEqualTo(one.left());
            assertThat(read.right().orElse(new byte[0])).isEqualTo(one.right());
        });
    }

    private static byte[] bytes(List<Integer> values) {
        byte[] bytes = new byte[values.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = values.get(i).byteValue();
        }
        return bytes;
    }

    @Test
    void joinedKeysThatWouldBeTooLongAreDigestsBehindAllOthers() {
        byte[] left = new byte[2_000];
        byte[] right = "r".repeat(94).getBytes(UTF_8);
        byte[] longest = new JoinedKey(left, Optional.of(right)).bytes();
        assertThat(longest).hasSize(4_096);
        assertThat(JoinedKey.read(longest)).isPresent();
        byte[] longer = new JoinedKey(left, Optional.of("r".repeat(95).getBytes(UTF_8))).bytes();
        assertThat(longer).hasSize(33).startsWith(0xFF);
        assertThat(JoinedKey.read(longer)).isEmpty();
        assertThat(longer)
                .isNotEqualTo(new JoinedKey(left, Optional.of("r".repeat(96).getBytes(UTF_8))).bytes());
    }

    @Test
    void whatIsNoJoinedKeyIsRefused() {
        assertThatThrownBy(() -> JoinedKey.read("ab".getBytes(UTF_8))).hasMessageContaining("has no end");
        assertThatThrownBy(() -> JoinedKey.read(new byte[] {'a', 0})).hasMessageContaining("has no end");
        assertThatThrownBy(() -> JoinedKey.read(new byte[0])).hasMessageContaining("has no end");
    }
}
