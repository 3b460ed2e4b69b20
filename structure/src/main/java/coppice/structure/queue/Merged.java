package coppice.structure.queue;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A long sequence and a short one, each in the order of its keys, as one in that order. The long one is read
/// lazily.
final class Merged<T> implements Iterator<T> {
    private final Iterator<T> many;
    private final Iterator<T> few;
    private final Function<T, byte[]> key;
    private @Nullable T nextOfMany;
    private @Nullable T nextOfFew;

    private Merged(Iterator<T> many, Iterator<T> few, Function<T, byte[]> key) {
        this.many = many;
        this.few = few;
        this.key = key;
        this.nextOfMany = next(many);
        this.nextOfFew = next(few);
    }

    static <T> Stream<T> of(Stream<T> many, List<T> few, Function<T, byte[]> key) {
        if (few.isEmpty()) {
            return many;
        }
        Iterator<T> merged = new Merged<>(many.iterator(), few.iterator(), key);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(merged, 0), false)
                .onClose(many::close);
    }

    private static <T> @Nullable T next(Iterator<T> from) {
        return from.hasNext() ? from.next() : null;
    }

    @Override
    public boolean hasNext() {
        return nextOfMany != null || nextOfFew != null;
    }

    @Override
    public T next() {
        T one = nextOfMany;
        T other = nextOfFew;
        if (one != null && (other == null || Arrays.compareUnsigned(key.apply(one), key.apply(other)) <= 0)) {
            nextOfMany = next(many);
            return one;
        }
        if (other == null) {
            throw new NoSuchElementException();
        }
        nextOfFew = next(few);
        return other;
    }
}
