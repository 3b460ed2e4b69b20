package violating.structure.dict;

/// What a low room must not know.
public record Lock() {}
