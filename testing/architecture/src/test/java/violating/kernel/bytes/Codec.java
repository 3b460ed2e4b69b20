package violating.kernel.bytes;

import violating.kernel.tree.TreeHelper;

/// The ground floor, leaning on an upper one.
public record Codec(TreeHelper tree) {}
