package coppice.structure.collection;

import coppice.structure.ground.Layout;
import java.util.List;

/// What is the same for all collections.
public final class CollectionLayout implements Layout {
    @Override
    public List<String> spaces(String name) {
        return List.of(name, VectorRows.space(name));
    }
}
