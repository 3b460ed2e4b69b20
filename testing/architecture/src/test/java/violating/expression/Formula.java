package violating.expression;

import violating.engine.House;

/// An expression that looks into the engine.
public record Formula(House house) {}
