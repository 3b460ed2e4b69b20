package coppice.structure.sequence;

import coppice.structure.ground.Ground;
import coppice.structure.ground.Layout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is the same for all lists.
public final class SequenceLayout implements Layout {
    @Override
    public List<String> spaces(String name) {
        return List.of(name);
    }

    /// Nothing is ever left to be done.
    @Override
    public Optional<Instant> tidy(Ground ground, String name) {
        return Optional.empty();
    }
}
