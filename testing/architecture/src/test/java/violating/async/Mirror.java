package violating.async;

import violating.api.Door;

/// Something that makes twins and looks at what it makes them of.
public record Mirror(Door door) {}
