package violating.schema;

import violating.engine.House;

/// A type that looks into the engine.
public record Mould(House house) {}
