package coppice.testing.property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A source of values of one type: a function from choices to a value, deterministic in the choices it reads.
///
/// Shrinking needs no code of its own. Write generators so that smaller choices mean simpler values: put the simplest
/// alternative first, and let ranges begin at the plainest value.
///
/// ```java
/// Gen<Point> points = Gen.combine(Gen.ints(0, 9), Gen.ints(0, 9), Point::new);
/// ```
@FunctionalInterface
public interface Gen<T> {
    /// Makes a value out of choices.
    T from(Choices choices);

    /// The values of this generator, each turned into another.
    default <U> Gen<U> map(Function<? super T, ? extends U> change) {
        return choices -> change.apply(from(choices));
    }

    /// A generator that depends on a value of this one.
    default <U> Gen<U> flatMap(Function<? super T, ? extends Gen<? extends U>> next) {
        return choices -> next.apply(from(choices)).from(choices);
    }

    /// The values that pass a test. For tests that most values pass: after 100 misses in a row the run is given up.
    default Gen<T> filter(Predicate<? super T> wanted) {
        return choices -> {
            for (int tries = 0; tries < 100; tries++) {
                T value = from(choices);
                if (wanted.test(value)) {
                    return value;
                }
            }
            throw choices.reject();
        };
    }

    /// Lists of `min` to `max` values of this generator, most of them short.
    default Gen<List<T>> list(int min, int max) {
        return choices -> {
            int target = choices.target(min, max);
            List<T> values = new ArrayList<>();
            while (values.size() < max) {
                int mark = choices.begin();
                boolean more = values.size() < min || choices.more(values.size() < target);
                if (more) {
                    values.add(from(choices));
                }
                choices.end(mark);
                if (!more) {
                    break;
                }
            }
            return values;
        };
    }

    /// Always this value.
    static <T> Gen<T> constant(T value) {
        return choices -> value;
    }

    /// Values of two generators, put together.
    static <A, B, T> Gen<T> combine(Gen<A> first, Gen<B> second, BiFunction<? super A, ? super B, ? extends T> join) {
        return choices -> join.apply(first.from(choices), second.from(choices));
    }

    /// One of these values; earlier ones are simpler.
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read, and before the method returns
    static <T> Gen<T> element(T... values) {
        List<T> all = List.of(values);
        return choices -> all.get((int) choices.upTo(all.size() - 1));
    }

    /// A value of one of these generators; earlier ones are simpler.
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read, and before the method returns
    static <T> Gen<T> oneOf(Gen<? extends T>... alternatives) {
        return element(alternatives).flatMap(alternative -> alternative);
    }

    /// A generator that [#frequency] picks `weight` times as often as one of weight 1.
    record Weighted<T>(int weight, Gen<? extends T> gen) {
        /// Checks that the weight is at least 1.
        public Weighted {
            if (weight < 1) {
                throw new IllegalArgumentException("a weight is at least 1, not " + weight);
            }
        }
    }

    /// This generator with a weight, for [#frequency].
    default Weighted<T> weighing(int weight) {
        return new Weighted<>(weight, this);
    }

    /// A value of one of these generators, in proportion to their weights; earlier ones are simpler.
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read, and before the method returns
    static <T> Gen<T> frequency(Weighted<? extends T>... alternatives) {
        List<Gen<? extends T>> slots = new ArrayList<>();
        Stream.of(alternatives).forEach(alternative -> {
            for (int i = 0; i < alternative.weight(); i++) {
                slots.add(alternative.gen());
            }
        });
        return choices -> slots.get((int) choices.upTo(slots.size() - 1)).from(choices);
    }

    /// False or true.
    static Gen<Boolean> booleans() {
        return element(false, true);
    }

    /// Whole numbers from `min` to `max`, both included; edges are preferred, and the simplest is the nearest to zero.
    static Gen<Long> longs(long min, long max) {
        if (min > max) {
            throw new IllegalArgumentException("no number is at least " + min + " and at most " + max);
        }
        long origin = Math.clamp(0L, min, max);
        return choices -> {
            boolean below = origin > min && (origin == max || choices.upTo(1) == 1);
            return below ? origin - choices.skewed(origin - min) : origin + choices.skewed(max - origin);
        };
    }

    /// As [#longs], for `int`.
    static Gen<Integer> ints(int min, int max) {
        return longs(min, max).map(Long::intValue);
    }

    /// Byte strings of `min` to `max` bytes in the shapes that break stores: arbitrary bytes, one byte repeated,
    /// two-letter alphabets, big-endian counters, and long shared prefixes with a short tail. The simplest is the
    /// shortest one of zeros.
    static Gen<byte[]> bytes(int min, int max) {
        Gen<byte[]> plain = longs(0, 255).list(min, max).map(Bytes::of);
        Gen<byte[]> letters = element((long) 'a', (long) 'b').list(min, max).map(Bytes::of);
        Gen<byte[]> repeated = combine(ints(min, max), longs(0, 255), Bytes::repeated);
        Gen<byte[]> counter = combine(ints(min, max), longs(0, 1_000), Bytes::counter);
        Gen<byte[]> prefixed = combine(ints(min, max), longs(0, 255).list(0, Math.min(max, 3)), Bytes::prefixed);
        return frequency(
                plain.weighing(3),
                letters.weighing(2),
                repeated.weighing(1),
                counter.weighing(1),
                prefixed.weighing(1));
    }

    /// Strings of `min` to `max` code points: mostly letters, some ASCII, some from all of Unicode (no lone
    /// surrogates).
    static Gen<String> strings(int min, int max) {
        Gen<Integer> any = ints(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
        Gen<Integer> points =
                frequency(ints('a', 'z').weighing(6), ints(' ', '~').weighing(2), any.weighing(1));
        return points.list(min, max).map(list -> {
            int[] array = list.stream().mapToInt(Integer::intValue).toArray();
            return new String(array, 0, array.length);
        });
    }

    /// Maps of at most `max` entries, in the order in which the entries came up.
    static <K, V> Gen<Map<K, V>> maps(Gen<K> keys, Gen<V> values, int max) {
        return combine(keys, values, Map::entry).list(0, max).map(entries -> {
            Map<K, V> map = new LinkedHashMap<>();
            entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
            return map;
        });
    }

    /// One of the values of an enum, earlier ones being simpler.
    static <E extends Enum<E>> Gen<E> enums(Class<E> type) {
        List<E> all = Arrays.asList(type.getEnumConstants());
        return choices -> all.get((int) choices.upTo(all.size() - 1));
    }
}
