package coppice.api.query;

import java.util.List;
import java.util.OptionalLong;

/// How a query is answered: steps, each of which takes what its inputs give.
///
/// @param step what is done: `scan`, `index`, `intersect`, `union`, `filter`, `sort`, `limit`, `select`
/// @param of what it is done with: a space, a projection, a condition, an order
/// @param estimate how many rows it is thought to give. For an index alone this is exact
/// @param actual how many it gave, where the query was answered
/// @param nanos how long that took, inputs included, where it was
/// @param inputs the steps before it
/// @param notes what else there is to say of the whole, such as which indexes are not ready
public record QueryPlan(
        String step,
        String of,
        long estimate,
        OptionalLong actual,
        OptionalLong nanos,
        List<QueryPlan> inputs,
        List<String> notes) {
    public QueryPlan {
        inputs = List.copyOf(inputs);
        notes = List.copyOf(notes);
    }

    /// This plan with other notes.
    public QueryPlan noting(List<String> other) {
        return new QueryPlan(step, of, estimate, actual, nanos, inputs, other);
    }

    /// The plan as lines, inputs below and further in, then the notes.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        print(out, "");
        notes.forEach(note -> out.append(note).append('\n'));
        return out.toString();
    }

    private void print(StringBuilder out, String indent) {
        out.append(indent).append(step);
        if (!of.isEmpty()) {
            out.append(' ').append(of);
        }
        out.append("  (about ").append(estimate).append(estimate == 1 ? " row" : " rows");
        actual.ifPresent(rows -> out.append("; really ").append(rows));
        nanos.ifPresent(time -> out.append(" in ").append(time / 1_000).append(" us"));
        out.append(")\n");
        inputs.forEach(input -> input.print(out, indent + "  "));
    }
}
