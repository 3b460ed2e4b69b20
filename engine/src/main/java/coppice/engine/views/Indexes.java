package coppice.engine.views;

import coppice.api.KeyPattern;
import coppice.api.projection.ProjectionDefinition.OfProjection;
import coppice.api.projection.ProjectionDefinition.OfSpace;
import coppice.engine.projection.Node;
import coppice.engine.query.IndexTraits;
import coppice.kernel.bytes.Hash;
import coppice.projection.CompiledProjection;
import coppice.projection.IndexShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The indexes among projections, by the rows that they are over. Immutable.
///
/// @param ofSpaces by the names of spaces
/// @param ofOthers over what other projections give, by the names of nodes
record Indexes(Map<String, List<Index>> ofSpaces, Map<Hash, List<Index>> ofOthers) {
    /// An index, and what makes its entries.
    record Index(IndexTraits traits, Node.Made entries) {}

    static Indexes of(Collection<Defined> all) {
        Map<String, List<Index>> ofSpaces = new HashMap<>();
        Map<Hash, List<Index>> ofOthers = new HashMap<>();
        for (Defined defined : all) {
            CompiledProjection projection = defined.projection();
            if (projection.shape() instanceof IndexShape shape
                    && projection.joins().isEmpty()
                    && defined.result() instanceof Node.Made entries) {
                Index index = new Index(new IndexTraits(defined.name(), keys(projection), shape), entries);
                List<Index> same = switch (defined.rows()) {
                    case Node.OfSpace(String space) -> ofSpaces.computeIfAbsent(space, _ -> new ArrayList<>());
                    case Node.Made made -> ofOthers.computeIfAbsent(made.name(), _ -> new ArrayList<>());
                };
                same.add(index);
            }
        }
        return new Indexes(ofSpaces, ofOthers);
    }

    private static KeyPattern keys(CompiledProjection projection) {
        return switch (projection.source()) {
            case OfSpace(String _, String glob) -> KeyPattern.glob(glob);
            case OfProjection _ -> KeyPattern.all();
        };
    }

    /// Those over rows.
    List<Index> over(Node rows) {
        return switch (rows) {
            case Node.OfSpace(String space) -> ofSpaces.getOrDefault(space, List.of());
            case Node.Made made -> ofOthers.getOrDefault(made.name(), List.of());
        };
    }
}
