package violating.testing;

/// Something that only tests should use.
public record Fixture() {}
