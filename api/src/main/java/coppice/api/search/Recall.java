package coppice.api.search;

/// How much of what they should find searches do find.
///
/// @param searches how many there were
/// @param wanted how many documents they should have found, all together
/// @param found how many of these they found
public record Recall(int searches, long wanted, long found) {
    /// The part that was found: 1 for all, and where there was nothing to find.
    public double share() {
        return wanted == 0 ? 1 : (double) found / wanted;
    }
}
