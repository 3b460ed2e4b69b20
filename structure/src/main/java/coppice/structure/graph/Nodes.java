package coppice.structure.graph;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.api.SpaceView;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/// The nodes of a graph in their order: those where edges begin and those where they end, merged. Each is found
/// behind the one before, whatever edges that has.
final class Nodes implements Iterator<String> {
    private final SpaceView forward;
    private final SpaceView backward;
    private Optional<String> begin;
    private Optional<String> end;

    Nodes(SpaceView forward, SpaceView backward) {
        this.forward = forward;
        this.backward = backward;
        this.begin = first(forward, Range.all());
        this.end = first(backward, Range.all());
    }

    private static Optional<String> first(SpaceView rows, Range range) {
        try (Cursor cursor = rows.scan(range)) {
            return cursor.next() ? Optional.of(GraphKeys.parts(cursor.key()).node()) : Optional.empty();
        }
    }

    @Override
    public boolean hasNext() {
        return begin.isPresent() || end.isPresent();
    }

    @Override
    public String next() {
        String node = Stream.concat(begin.stream(), end.stream())
                .min(GraphKeys.ORDER)
                .orElseThrow(() -> new NoSuchElementException("There are no more nodes"));
        Range rest = Range.from(GraphKeys.behind(node));
        if (begin.filter(node::equals).isPresent()) {
            begin = first(forward, rest);
        }
        if (end.filter(node::equals).isPresent()) {
            end = first(backward, rest);
        }
        return node;
    }
}
