package coppice.kernel.tree;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {
    private static final int PLACES = 20;

    @ParameterizedTest
    @ValueSource(strings = {"%08d", "a%05d", "%dabc"})
    void decimalNumbersAreFoundWhereTheyAre(String format) {
        for (long before : new long[] {1_000, 1_979, 1_995, 9_899, 4_085}) {
            assertPlaces(before, 0, number -> String.format(format, number + 10_000));
        }
    }

    @Test
    void hexadecimalNumbersAreFoundNearby() { // three digits below ten tell nothing of the base
        for (long before = 4_000; before < 5_000; before += 7) {
            assertPlaces(before, PLACES / 3, number -> String.format("%08x", number));
        }
    }

    @Test
    void namesAreFoundWhereTheyAre() {
        assertPlaces(800, 0, number -> Long.toString(number + 50_000, Character.MAX_RADIX));
    }

    private static void assertPlaces(long before, int error, LongFunction<String> text) {
        long low = word(text.apply(before));
        long high = word(text.apply(before + PLACES));
        for (int place = 0; place < PLACES; place++) {
            long key = word(text.apply(before + 1 + place));
            assertThat(Interpolation.place(low, key, high, PLACES)).isBetween(place - error, place + error);
        }
    }

    @Test
    void whatBytesDoNotTellApartIsInTheMiddle() {
        assertThat(Interpolation.place(7, 7, 7, PLACES)).isEqualTo(PLACES / 2);
    }

    @Test
    void placesAreThoseThereAreWhateverTheWords() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            long mask = -1L >>> random.nextInt(64);
            long[] words = random.longs(3).map(word -> word & mask).toArray();
            int places = 1 + random.nextInt(100);
            assertThat(Interpolation.place(words[0], words[1], words[2], places))
                    .isBetween(0, places - 1);
        }
    }

    private static long word(String text) {
        return ByteBuffer.wrap(Arrays.copyOf(text.getBytes(US_ASCII), Long.BYTES))
                .getLong();
    }
}
