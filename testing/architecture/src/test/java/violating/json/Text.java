package violating.json;

import violating.engine.House;

/// JSON that knows who uses it.
public record Text(House house) {}
