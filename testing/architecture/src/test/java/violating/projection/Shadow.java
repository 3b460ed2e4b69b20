package violating.projection;

import violating.engine.House;

/// A projection that looks into the engine.
public record Shadow(House house) {}
