package coppice.structure.set;

import coppice.structure.ground.Ground;
import coppice.structure.ground.Layout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is the same for all sets.
public final class SetLayout implements Layout {
    @Override
    public List<String> spaces(String name) {
        return List.of(name);
    }

    @Override
    public Optional<Instant> tidy(Ground ground, String name) {
        return Optional.empty();
    }
}
