package coppice.engine.query;

import coppice.api.query.QueryPlan;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A part of a plan, and how it is carried out: gives rows, one after another, of those that its inputs give.
/// Begins when it is first asked. Counts what it gives. One thread.
abstract class Step {
    private final String kind;
    private final double estimate;
    private final List<Step> inputs;
    private boolean isTimed;
    private long given;
    private long nanos;

    /// @param kind what is done
    /// @param estimate how many rows it may give
    Step(String kind, double estimate, Step... inputs) {
        this.kind = kind;
        this.estimate = estimate;
        this.inputs = List.of(inputs);
    }

    /// The next row; null when there is none.
    final @Nullable Found next() {
        if (!isTimed) {
            return counted(advance());
        }
        long begun = System.nanoTime();
        Found found = counted(advance());
        nanos += System.nanoTime() - begun;
        return found;
    }

    private @Nullable Found counted(@Nullable Found found) {
        given += found == null ? 0 : 1;
        return found;
    }

    abstract @Nullable Found advance();

    /// What it is done with, for people.
    abstract String of();

    final double estimate() {
        return estimate;
    }

    /// Has it take the time from now on, and its inputs too.
    final void time() {
        isTimed = true;
        inputs.forEach(Step::time);
    }

    /// What it is, for people; with what happened where it was timed.
    final QueryPlan plan() {
        return new QueryPlan(
                kind,
                of(),
                Math.round(estimate),
                isTimed ? OptionalLong.of(given) : OptionalLong.empty(),
                isTimed ? OptionalLong.of(nanos) : OptionalLong.empty(),
                inputs.stream().map(Step::plan).toList(),
                List.of());
    }
}
