package coppice.structure.graph;

import coppice.structure.ground.Layout;
import java.util.List;

/// What is the same for all graphs.
public final class GraphLayout implements Layout {
    @Override
    public List<String> spaces(String name) {
        return List.of(name, GraphKeys.reverse(name));
    }
}
