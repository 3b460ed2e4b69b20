package coppice.structure.register;

import coppice.api.MergePolicy;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Layout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is the same for all registers.
public final class RegisterLayout implements Layout {
    @Override
    public List<String> spaces(String name) {
        return List.of(name);
    }

    @Override
    public MergePolicy mergePolicy() {
        return MergePolicy.lastWriterWins();
    }

    @Override
    public Optional<Instant> tidy(Ground ground, String name) {
        return Optional.empty();
    }
}
