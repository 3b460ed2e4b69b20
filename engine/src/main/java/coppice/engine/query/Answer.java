package coppice.engine.query;

import coppice.api.query.QueryPlan;
import coppice.api.query.Row;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// One answer: a plan that is carried out on the rows of one state, row by row. Fails in the terms of the API. One
/// thread.
final class Answer implements AutoCloseable {
    private final Rows rows;
    private final Planner planner;
    private final Step plan;
    private final List<Found> lot = new ArrayList<>();
    private int at;
    private Ahead ahead = new Ahead(1);

    private Answer(Rows rows, Planner planner, Step plan) {
        this.rows = rows;
        this.planner = planner;
        this.plan = plan;
    }

    /// Begins an answer; nothing is read yet but what planning takes. Releases the rows at the end, also when it
    /// fails.
    ///
    /// @param name of the source, for people
    static Answer begin(String name, Question question, Rows rows, Function<Planner, Step> plan) {
        try {
            rows.gate().ensureOpen();
            Planner planner = new Planner(name, question, rows);
            Answer answer = new Answer(rows, planner, plan.apply(planner));
            return question.limit() == Long.MAX_VALUE ? answer : answer.expecting(question.limit());
        } catch (RuntimeException failure) {
            rows.release().run();
            throw rows.gate().explain(failure);
        }
    }

    /// Says about how many rows will be asked for, where that is known: so many documents are read at a time.
    Answer expecting(long count) {
        ahead = new Ahead(count);
        return this;
    }

    /// The next row; null when there is none.
    @Nullable
    Found next() {
        rows.gate().ensureOpen();
        try {
            return plan.next();
        } catch (RuntimeException failure) {
            throw rows.gate().explain(failure);
        }
    }

    /// The next row, with its document; null when there is none. Documents are read several at a time, at first
    /// one unless more are expected.
    @Nullable
    Found read() {
        if (at == lot.size()) {
            fill();
        }
        return at == lot.size() ? null : lot.get(at++);
    }

    private void fill() {
        lot.clear();
        at = 0;
        int most = ahead.next();
        for (Found found = next(); found != null; found = lot.size() < most ? next() : null) {
            lot.add(found);
        }
        rows.gate().reading(() -> {
            Found.read(rows.state(), lot);
            return lot;
        });
    }

    /// How many rows there are.
    long count() {
        Optional<Long> known = rows.gate().reading(planner::knownCount);
        if (known.isPresent()) {
            return known.get();
        }
        long count = 0;
        while (next() != null) {
            count++;
        }
        return count;
    }

    /// The place behind a row.
    Place place(Found found, long given) {
        return rows.gate()
                .reading(
                        () -> new Place(given, planner.ordering().ordered(found).order(), found.key()));
    }

    /// How it is done; with what happened so far where it was timed.
    QueryPlan plan() {
        return plan.plan().noting(planner.notes());
    }

    /// The rows; closes this when it is closed, or read to its end.
    Stream<Row> stream() {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        var all = new Spliterators.AbstractSpliterator<Row>(Long.MAX_VALUE, traits) {
            @Override
            public boolean tryAdvance(Consumer<? super Row> action) {
                Optional<Row> row = row();
                row.ifPresentOrElse(action, Answer.this::close);
                return row.isPresent();
            }
        };
        return StreamSupport.stream(all, false).onClose(this::close);
    }

    /// All rows that are left.
    List<Row> list() {
        List<Row> all = new ArrayList<>();
        expecting(Ahead.MOST);
        for (Found found = read(); found != null; found = read()) {
            all.add(row(found));
        }
        return Collections.unmodifiableList(all);
    }

    /// The next row.
    Optional<Row> row() {
        Found found = read();
        return found == null ? Optional.empty() : Optional.of(row(found));
    }

    /// What is given of a row.
    Row row(Found found) {
        return rows.gate().reading(() -> new PlainRow(found.key(), found.given()));
    }

    /// Gets all rows, throws them away, and says what happened.
    QueryPlan analyze() {
        plan.time();
        while (row().isPresent()) {}
        return plan();
    }

    @Override
    public void close() {
        try {
            rows.release().run();
        } finally {
            Reference.reachabilityFence(rows.holder()); // compiled code may forget what it does not use any more
        }
    }
}
