package coppice.structure.graph;

import coppice.structure.ground.Ground;
import coppice.structure.ground.Layout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is the same for all graphs.
public final class GraphLayout implements Layout {
    @Override
    public List<String> spaces(String name) {
        return List.of(name, GraphKeys.reverse(name));
    }

    /// Nothing is ever left to be done.
    @Override
    public Optional<Instant> tidy(Ground ground, String name) {
        return Optional.empty();
    }
}
