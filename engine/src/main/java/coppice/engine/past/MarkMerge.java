package coppice.engine.past;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Several sequences of marks, each in order, as one in order with each mark once. Reads each only as far as
/// needed.
final class MarkMerge implements Iterator<Mark> {
    private final PriorityQueue<Source> sources =
            new PriorityQueue<>(Comparator.comparing((Source source) -> source.first));
    private @Nullable Mark last;

    private static final class Source {
        private final Iterator<Mark> marks;
        private Mark first;

        Source(Iterator<Mark> marks) {
            this.marks = marks;
            this.first = marks.next();
        }
    }

    MarkMerge(List<Iterator<Mark>> all) {
        List<Iterator<Mark>> open = new ArrayList<>(all);
        open.removeIf(marks -> !marks.hasNext());
        open.forEach(marks -> sources.add(new Source(marks)));
    }

    @Override
    public boolean hasNext() {
        Mark passed = last;
        while (!sources.isEmpty() && sources.element().first.equals(passed)) {
            advance();
        }
        return !sources.isEmpty();
    }

    @Override
    public Mark next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There are no more marks");
        }
        Mark next = sources.element().first;
        advance();
        last = next;
        return next;
    }

    private void advance() {
        Source source = sources.remove();
        if (source.marks.hasNext()) {
            source.first = source.marks.next();
            sources.add(source);
        }
    }
}
