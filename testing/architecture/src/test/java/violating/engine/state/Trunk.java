package violating.engine.state;

import violating.engine.House;

/// A room that leans on the faces above all rooms.
public record Trunk(House house) {}
