package coppice.testing.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GenTest {
    private static <T> Stream<T> sample(Gen<T> gen, int size) {
        return IntStream.range(0, size).mapToObj(i -> gen.from(Choices.random(Choices.mix(i))));
    }

    @Test
    void longsStayInTheirRangeAndReachBothEdges() {
        for (long[] range : new long[][] {{0, 0}, {-3, 9}, {5, 7}, {-9, -2}, {Long.MIN_VALUE, Long.MAX_VALUE}}) {
            List<Long> values = sample(Gen.longs(range[0], range[1]), 2_000).toList();
            assertThat(values).allSatisfy(value -> assertThat(value).isBetween(range[0], range[1]));
            assertThat(values).contains(range[0], range[1]);
        }
    }

    @Test
    void anEmptyRangeIsRefused() {
        assertThatThrownBy(() -> Gen.longs(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsHaveEverySizeAllowedAndNoOther() {
        Set<Integer> sizes = new HashSet<>();
        sample(Gen.booleans().list(2, 5), 1_000).forEach(list -> sizes.add(list.size()));
        assertThat(sizes).containsExactlyInAnyOrder(2, 3, 4, 5);
    }

    @Test
    void listsAreSometimesLong() {
        assertThat(sample(Gen.booleans().list(0, 1_000), 1_000))
                .anySatisfy(list -> assertThat(list).hasSizeGreaterThan(900));
    }

    @Test
    void frequencyFollowsTheWeights() {
        Gen<String> gen = Gen.frequency(
                Gen.constant("often").weighing(9), Gen.constant("seldom").weighing(1));
        long often = sample(gen, 1_000).filter("often"::equals).count();
        assertThat(often).isBetween(850L, 950L);
    }

    @Test
    void byteStringsComeInLowEntropyShapes() {
        List<byte[]> values = sample(Gen.bytes(8, 64), 500).toList();
        assertThat(values).allSatisfy(bytes -> assertThat(bytes).hasSizeBetween(8, 64));
        assertThat(values).anySatisfy(bytes -> assertThat(bytes).containsOnly('a', 'b'));
        assertThat(values).anySatisfy(bytes -> assertThat(bytes).startsWith('p', 'p', 'p', 'p', 'p'));
        assertThat(values).anySatisfy(bytes -> {
            assertThat(bytes).startsWith(0, 0, 0, 0, 0, 0);
            assertThat(bytes[bytes.length - 1]).isNotZero();
        });
    }

    @Test
    void stringsHaveNoLoneSurrogates() {
        assertThat(sample(Gen.strings(0, 20), 1_000)).allSatisfy(string -> {
            assertThat(string.codePointCount(0, string.length())).isLessThanOrEqualTo(20);
            assertThat(string.codePoints()
                            .filter(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE))
                    .isEmpty();
        });
    }

    @Test
    void mapsHaveNoMoreEntriesThanAllowed() {
        assertThat(sample(Gen.maps(Gen.ints(0, 99), Gen.booleans(), 5), 200))
                .allSatisfy(map -> assertThat(map).hasSizeLessThanOrEqualTo(5));
        assertThat(sample(Gen.maps(Gen.ints(0, 99), Gen.booleans(), 5), 200).mapToInt(Map::size))
                .contains(5);
    }

    @Test
    void theSameChoicesGiveTheSameValue() {
        Gen<List<String>> gen = Gen.strings(0, 9).list(0, 9);
        for (int seed = 0; seed < 200; seed++) {
            Choices first = Choices.random(seed);
            List<String> value = gen.from(first);
            assertThat(gen.from(Choices.replay(first.sequence()))).isEqualTo(value);
        }
    }

    @Test
    void noChoicesGiveTheSimplestValue() {
        Choices none = Choices.replay(new long[0]);
        assertThat(Gen.longs(-5, 5).from(none)).isZero();
        assertThat(Gen.longs(3, 5).from(none)).isEqualTo(3);
        assertThat(Gen.longs(-5, -3).from(none)).isEqualTo(-3);
        assertThat(Gen.bytes(2, 9).from(none)).containsExactly(0, 0);
        assertThat(Gen.strings(0, 9).from(none)).isEmpty();
        assertThat(Gen.enums(Thread.State.class).from(none)).isEqualTo(Thread.State.NEW);
        assertThat(Gen.oneOf(Gen.constant("first"), Gen.constant("second")).from(none))
                .isEqualTo("first");
    }
}
