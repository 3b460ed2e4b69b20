package violating.kernel.attic;

/// In a package that the kernel does not have.
public final class Box {}
