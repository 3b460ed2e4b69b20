package violating.structure;

import violating.engine.House;

/// A structure that looks into the engine.
public record Annex(House house) {}
