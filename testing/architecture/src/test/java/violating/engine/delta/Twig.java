package violating.engine.delta;

import violating.engine.state.Trunk;

/// A low room that leans on one above it.
public record Twig(Trunk trunk) {}
