package coppice.api;

import java.util.List;

/// What a fetch did.
///
/// @param refs the refs it looked at, in the order of their names
/// @param traffic what it moved
public record FetchOutcome(List<RefUpdate> refs, Traffic traffic) {
    public FetchOutcome {
        refs = List.copyOf(refs);
    }

    /// Whether no ref changed.
    public boolean isUpToDate() {
        return refs.stream()
                .allMatch(ref -> ref.kind() == RefUpdate.Kind.UNCHANGED || ref.kind() == RefUpdate.Kind.REFUSED);
    }
}
