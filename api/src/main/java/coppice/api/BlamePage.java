package coppice.api;

import java.util.List;
import java.util.Optional;

/// Some keys with the commits that they come from, and how to go on.
///
/// @param keys in the order of the range
/// @param next the range of what follows, or nothing when this was the end
public record BlamePage(List<KeyBlame> keys, Optional<Range> next) {
    public BlamePage {
        keys = List.copyOf(keys);
    }
}
