package coppice.engine.views;

import coppice.engine.projection.Apart;
import coppice.engine.query.OrderedIndex;
import coppice.engine.state.SpaceState;
import java.util.List;

/// The indexes over the rows of a space as one transaction sees them: those that there were when it began. One
/// thread.
public final class OwnIndexes {
    private final List<Indexes.Index> all;
    private final Apart apart;

    OwnIndexes(List<Indexes.Index> all, Apart apart) {
        this.all = all;
        this.apart = apart;
    }

    /// The indexes over rows.
    ///
    /// @param seen as they are in the transaction now
    public List<OrderedIndex> over(SpaceState seen) {
        return all.stream()
                .map(index -> new OrderedIndex(
                        index.traits(),
                        () -> apart.of(index.entries(), seen),
                        most -> apart.lag(index.entries(), seen, most)))
                .toList();
    }
}
