package coppice.api;

/// How many keys of a space changed between two states.
///
/// @param space the space's name
/// @param added keys that are only in the later state
/// @param removed keys that are only in the earlier state
/// @param modified keys that are in both with different values
public record ChangeCount(String space, long added, long removed, long modified) {
    /// All of them together.
    public long total() {
        return added + removed + modified;
    }
}
