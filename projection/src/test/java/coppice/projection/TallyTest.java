package coppice.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {
    private static final byte[] NOTHING = {};

    private static Gen<Tally> tallies() {
        Gen<BigDecimal> totals = Gen.combine(
                Gen.longs(-1_000_000, 1_000_000),
                Gen.ints(-1_050, 1_050),
                (digits, scale) -> BigDecimal.valueOf(digits, scale));
        Gen<Tally.Sum> sums = Gen.combine(
                Gen.longs(0, 1L << 40), totals, (values, total) -> new Tally.Sum(values, total, values % 3));
        return Gen.combine(Gen.longs(0, 1_000), sums.list(2, 2), (rows, both) -> new Tally(rows, both, NOTHING));
    }

    @Test
    void talliesAddUpInAnyOrderAndCanBeTakenAway() {
        Property.forAll(Gen.combine(
                        tallies(),
                        Gen.combine(tallies(), tallies(), List::of),
                        (first, others) -> List.of(first, others.get(0), others.get(1))))
                .check(three -> {
                    Tally a = three.get(0);
                    Tally b = three.get(1);
                    Tally c = three.get(2);
                    assertThat(a.plus(b).plus(c).encoded())
                            .isEqualTo(c.plus(a).plus(b).encoded());
                    assertThat(a.plus(b).plus(a.negated())).isEqualTo(b);
                    assertThat(a.plus(a.negated()).isNothing()).isTrue();
                    assertThat(a.isNothing()).isEqualTo(a.equals(a.plus(a.negated())));
                    assertThat(Tally.decode(a.encoded())).isEqualTo(a).hasSameHashCodeAs(a);
                });
    }

    @Test
    void aChangeWithinAGroupIsNotNothing() {
        Tally old = new Tally(1, List.of(new Tally.Sum(1, BigDecimal.ONE, 0)), NOTHING);
        Tally now = new Tally(1, List.of(new Tally.Sum(1, BigDecimal.TEN, 0)), NOTHING);
        Tally change = now.plus(old.negated());
        assertThat(change.rows()).isZero();
        assertThat(change.isNothing()).isFalse();
        assertThat(old.plus(change)).isEqualTo(now);
    }

    @Test
    void lessThanNothingCannotBeWritten() {
        Tally one = new Tally(1, List.of(), NOTHING);
        assertThatThrownBy(one.negated()::encoded).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> one.plus(new Tally(1, List.of(Tally.Sum.ZERO), NOTHING)))
                .hasMessageContaining("have no sum");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                "8000",
                "ffffffffffffffffff01",
                "ffffffffffffffffffff01",
                "0101",
                "010101000002",
                "01010100000200",
                "0101010000010a",
                "010101000000",
                "010101000202",
                "0101010002020001"
            })
    void whatNoTallyWritesIsRefused(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> Tally.decode(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No projection has written this");
    }

    @Test
    void anyBytesAreRefusedOrWrittenAgainAlike() {
        Property.forAll(Gen.bytes(0, 24)).runs(20_000).check(bytes -> {
            try {
                assertThat(Tally.decode(bytes).encoded()).isEqualTo(bytes);
            } catch (IllegalArgumentException wrong) {
                assertThat(wrong).hasMessageContaining("No projection has written this");
            }
        });
    }
}
