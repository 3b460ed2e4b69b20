package violating.structure.codec;

import violating.structure.dict.Lock;

/// A codec that leans on a structure above it.
public record Key(Lock lock) {}
