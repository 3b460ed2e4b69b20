package coppice.engine.projection;

import coppice.engine.state.BranchState;
import coppice.engine.state.SpaceState;
import coppice.kernel.bytes.Hash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What steps make of the rows of a space as somebody sees them alone, who has changed them since a state of the
/// branch: a transaction. Nothing of it is remembered for others. One thread.
///
/// The first time costs what the state of the branch does, and what was changed; each further time, what was
/// changed since the last.
public final class Apart {
    private final Results results;
    private final BranchState start;
    private final SpaceState rows;
    private final Map<Hash, Last> last = new HashMap<>();

    private record Last(SpaceState rows, SpaceState entries) {}

    /// @param start the state before the changes
    /// @param space whose rows are seen
    public Apart(Results results, BranchState start, String space) {
        this.results = results;
        this.start = start;
        this.rows = start.space(space);
    }

    /// The entries of rows.
    ///
    /// @param node makes them of the rows of the space, and of nothing else
    /// @param seen the rows: those of the beginning with changes
    @SuppressWarnings("ReferenceEquality") // the very same rows
    public SpaceState of(Node.Made node, SpaceState seen) {
        if (seen == rows) {
            return results.of(node, start);
        }
        Last before = last.get(node.name());
        Last from = before == null ? new Last(rows, results.of(node, start)) : before;
        if (from.rows() == seen) {
            return from.entries();
        }
        SpaceState entries = LiveAdvance.from(node.step(), List.of(from.rows()), from.entries(), List.of(seen));
        last.put(node.name(), new Last(seen, entries));
        return entries;
    }

    /// About how many rows have to be looked at before [#of] has the entries; [Results#FAR] where those are more
    /// than so many.
    public long lag(Node.Made node, SpaceState seen, long most) {
        Last before = last.get(node.name());
        if (before != null) {
            return seen.distance(before.rows());
        }
        long lag = results.lag(node, start, most);
        return lag == Results.FAR ? lag : lag + seen.distance(rows);
    }
}
