package violating.engine.attic;

/// In a room that the engine does not have.
public final class Chest {}
