package coppice.structure.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.structure.ground.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private final SplittableRandom random = new SplittableRandom(7);

    private Origin origin() {
        return new Origin(random.nextLong());
    }

    private static Place insert(List<Place> places, int at, Origin origin) {
        Optional<Place> before = at == 0 ? Optional.empty() : Optional.of(places.get(at - 1));
        Optional<Place> after = at == places.size() ? Optional.empty() : Optional.of(places.get(at));
        Place place = Place.between(before, after, origin);
        places.add(at, place);
        return place;
    }

    private static void assertOrdered(List<Place> places) {
        for (int i = 1; i < places.size(); i++) {
            assertThat(Arrays.compareUnsigned(
                            places.get(i - 1).key(), places.get(i).key()))
                    .isNegative();
        }
    }

    @Test
    void thereIsAlwaysAPlaceBetweenTwoAndKeysSortAsPlacesDo() {
        for (int round = 0; round < 50; round++) {
            List<Origin> origins = List.of(origin(), origin(), origin());
            List<Place> places = new ArrayList<>();
            for (int step = 0; step < 400; step++) {
                Origin origin = origins.get(random.nextInt(1 + round % 3));
                boolean isGone = !places.isEmpty() && random.nextInt(4) == 0;
                if (isGone) {
                    places.remove(random.nextInt(places.size()));
                } else {
                    int at = random.nextInt(3) == 0 ? places.size() / 2 : random.nextInt(places.size() + 1);
                    Place place = insert(places, at, origin);
                    assertThat(Place.of(place.key())).contains(place);
                }
            }
            assertOrdered(places);
        }
    }

    @Test
    void noPlaceIsMadeTwice() {
        Origin origin = origin();
        List<Place> places = new ArrayList<>();
        List<Place> all = new ArrayList<>();
        for (int step = 0; step < 2_000; step++) {
            if (places.size() > 5) {
                places.remove(random.nextInt(places.size()));
            }
            all.add(insert(places, random.nextInt(places.size() + 1), origin));
        }
        assertThat(all).doesNotHaveDuplicates();
    }

    private int longest(int base, int steps, IntUnaryOperator at) {
        List<Place> places = new ArrayList<>();
        Origin before = origin();
        for (int i = 0; i < base; i++) {
            insert(places, i, before);
        }
        Origin origin = origin();
        int longest = 0;
        for (int step = 0; step < steps; step++) {
            longest = Math.max(
                    longest, insert(places, at.applyAsInt(step), origin).key().length);
        }
        assertOrdered(places);
        return longest;
    }

    @Test
    void placesDoNotGrowForThoseWhoGoOnInOneDirection() {
        assertThat(longest(0, 20_000, step -> step)).isLessThanOrEqualTo(12);
        assertThat(longest(0, 20_000, step -> 0)).isLessThanOrEqualTo(12);
        assertThat(longest(10, 20_000, step -> 5 + step)).isLessThanOrEqualTo(24);
        assertThat(longest(10, 20_000, step -> 5)).isLessThanOrEqualTo(24);
    }

    @Test
    void placesGrowByLessThanHalfAByteForThoseWhoInsertBetweenTheLastTwo() {
        assertThat(longest(0, 2_000, step -> step / 2)).isBetween(100, 1_000);
    }

    @Test
    void numbersSortAsTheirBytesDo() {
        long[] numbers = random.longs(2_000)
                .map(number -> number >> random.nextInt(64))
                .sorted()
                .distinct()
                .toArray();
        byte[] before = null;
        for (long number : numbers) {
            PlaceWriter writer = new PlaceWriter();
            writer.number(number);
            byte[] bytes = writer.bytes();
            assertThat(new PlaceReader(bytes).number()).isEqualTo(number);
            if (before != null) {
                assertThat(Arrays.compareUnsigned(before, bytes)).isNegative();
                assertThat(Arrays.equals(
                                before,
                                0,
                                Math.min(before.length, bytes.length),
                                bytes,
                                0,
                                Math.min(before.length, bytes.length)))
                        .isFalse();
            }
            before = bytes;
        }
    }

    @Test
    void whatIsNoPlaceIsNone() {
        byte[] key = Place.between(Optional.empty(), Optional.empty(), origin()).key();
        assertThat(Place.of(new byte[0])).isEmpty();
        assertThat(Place.of(Arrays.copyOf(key, key.length - 1))).isEmpty();
        assertThat(Place.of(Arrays.copyOf(key, key.length + 1))).isEmpty();
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(30)];
            random.nextBytes(bytes);
            Place.of(bytes).ifPresent(place -> assertThat(place.key()).isEqualTo(bytes));
        }
    }
}
