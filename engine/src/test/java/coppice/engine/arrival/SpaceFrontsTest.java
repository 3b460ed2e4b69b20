package coppice.engine.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.structure.ground.Fronts;
import coppice.structure.ground.Fronts.Front;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpaceFrontsTest {
    private static final byte KIND = 'r';
    private static final byte[] END = {KIND + 1};

    private final SpaceFronts fronts = new SpaceFronts();
    private final NavigableSet<byte[]> rows = new TreeSet<>(Arrays::compareUnsigned);

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    /// Steps look by what is known, take some of the first and put others, while others write, too.
    @ParameterizedTest
    @MethodSource("seeds")
    void noRowIsEverMissed(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int keys = seed % 2 == 0 ? 200 : 20_000;
        for (int step = 0; step < 2_000; step++) {
            Fronts known = fronts.begin();
            write(random, keys);
            NavigableSet<byte[]> seen = new TreeSet<>(rows);
            write(random, keys);
            Front front = known.of(KIND, 1 + random.nextInt(4));
            write(random, keys);
            if (random.nextInt(3) > 0) {
                look(known, front, seen, random);
            }
            write(random, keys);
            if (random.nextInt(300) == 0) {
                rows.clear();
                fronts.forget();
            }
            for (int taken = random.nextInt(3); taken > 0 && !rows.isEmpty(); taken--) {
                fronts.removed(rows.removeFirst());
            }
            assertNothingMissed();
        }
    }

    private static void look(Fronts known, Front front, NavigableSet<byte[]> seen, SplittableRandom random) {
        List<byte[]> found = new ArrayList<>();
        for (byte[] key : seen.tailSet(front.rest())) {
            if (found.size() == random.nextInt(1, 100)) {
                known.found(KIND, front, found, Fronts.behind(found.getLast()));
                return;
            }
            found.add(key);
        }
        known.found(KIND, front, found, END);
    }

    private void write(SplittableRandom random, int keys) {
        for (int i = random.nextInt(random.nextInt(400) == 0 ? 2_000 : 3); i > 0; i--) {
            int number = random.nextInt(keys);
            byte[] key = {KIND, (byte) (number >> 8), (byte) number};
            if (random.nextInt(3) == 0) {
                rows.remove(key);
                fronts.removed(key);
            } else {
                rows.add(key);
                fronts.added(key);
            }
        }
    }

    private void assertNothingMissed() {
        Front front = fronts.of(KIND, Integer.MAX_VALUE);
        NavigableSet<byte[]> known = new TreeSet<>(Arrays::compareUnsigned);
        known.addAll(front.keys());
        assertThat(known).hasSize(front.keys().size());
        assertThat(rows).allMatch(row -> Arrays.compareUnsigned(row, front.rest()) >= 0 || known.contains(row));
        assertThat(known).allMatch(key -> Arrays.compareUnsigned(key, front.rest()) < 0);
        assertThat(known.size()).isLessThanOrEqualTo(SpaceFronts.KNOWN_MAX);
    }

    @Test
    void whatIsKnownOfWhatComesFirstOutlivesWhatComesBefore() {
        put(5);
        Fronts step = fronts.begin();
        step.found(KIND, step.of(KIND, 1), List.of(), END);
        assertThat(fronts.of(KIND, 9).keys())
                .as("a kind that was just heard of")
                .isEmpty();
        step = fronts.begin();
        step.found(KIND, step.of(KIND, 1), List.of(key(5)), Fronts.behind(key(5)));
        put(2);
        put(7);
        fronts.removed(key(2));
        put(3);
        assertThat(fronts.of(KIND, 9).keys()).containsExactly(key(3), key(5));
        assertThat(fronts.of(KIND, 9).rest()).isEqualTo(Fronts.behind(key(5)));
        assertThat(fronts.of(KIND, 1).rest()).isEqualTo(Fronts.behind(key(3)));
        assertThat(fronts.of(KIND, 1).first()).isEqualTo(key(3));
    }

    private void put(int number) {
        fronts.added(key(number));
    }

    private static byte[] key(int number) {
        return new byte[] {KIND, (byte) number};
    }
}
