package coppice.structure.collection;

import coppice.structure.graph.DocumentEdges;
import coppice.structure.ground.Layout;
import java.util.ArrayList;
import java.util.List;

/// What is the same for all collections.
public final class CollectionLayout implements Layout {
    @Override
    public List<String> spaces(String name) {
        List<String> spaces = new ArrayList<>(List.of(name, VectorRows.space(name), VectorRows.staged(name)));
        spaces.addAll(new DocumentEdges(name).spaces());
        return spaces;
    }
}
