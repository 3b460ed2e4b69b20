package coppice.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Streams and pages made of cursors.
final class Cursors {
    private Cursors() {}

    static Stream<Entry> stream(Cursor cursor) {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        var entries = new Spliterators.AbstractSpliterator<Entry>(Long.MAX_VALUE, traits) {
            @Override
            public boolean tryAdvance(Consumer<? super Entry> action) {
                if (!cursor.next()) {
                    return false;
                }
                action.accept(cursor.entry());
                return true;
            }
        };
        return StreamSupport.stream(entries, false).onClose(cursor::close);
    }

    static Page page(SpaceView space, Range range, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A page holds at least 1 entry, asked for " + limit);
        }
        List<Entry> entries = new ArrayList<>();
        try (Cursor cursor = space.scan(range)) {
            while (entries.size() < limit && cursor.next()) {
                entries.add(cursor.entry());
            }
            boolean more = entries.size() == limit && cursor.next();
            return new Page(
                    List.copyOf(entries),
                    more ? Optional.of(range.after(entries.getLast().key())) : Optional.empty());
        }
    }
}
